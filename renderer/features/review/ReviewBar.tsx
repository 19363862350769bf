import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  type Icon,
  IconKeyboard,
  IconPencil,
  IconSparkles,
  IconX,
} from '@tabler/icons-react';
import { KeyHint } from '../../components/KeyHint.tsx';
import { t, type WordKey } from '../../i18n/i18n.ts';
import { EditButtons } from '../post/edit/DraftEditor.tsx';
import type { Editing } from '../post/edit/use-draft.ts';
import { LastDecision } from './LastDecision.tsx';
import classes from './review.module.css';

export interface ReviewActions {
  approve: () => void;
  reject: () => void;
  edit: () => void;
  variants: () => void;
  undo: () => void;
  next: () => void;
  previous: () => void;
}

/** The decisions, always at the same place at the foot of the page. */
export function ReviewBar({
  actions,
  editing,
  canDecide,
  onHelp,
}: {
  actions: ReviewActions;
  editing: Editing;
  canDecide: boolean;
  onHelp: () => void;
}) {
  if (editing.draft !== undefined) {
    return (
      <div className={classes.bar} role="toolbar" aria-label={t('review:bar.editing')} data-bottom-bar>
        <EditButtons editing={editing} size="md" />
      </div>
    );
  }
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('review:bar.label')} data-bottom-bar>
      <LastDecision onUndo={actions.undo} />
      <div className={classes.side}>
        <Small
          icon={IconChevronLeft}
          name="review:bar.previous"
          tip="review:bar.previousKey"
          onClick={actions.previous}
          points
        />
      </div>
      <Button
        size="md"
        variant="light"
        color="red"
        leftSection={<IconX size={18} />}
        rightSection={<KeyHint>{'R'}</KeyHint>}
        disabled={!canDecide}
        onClick={actions.reject}
        aria-keyshortcuts="r"
        data-testid="reject"
      >
        {t('common:action.reject')}
      </Button>
      <Button
        size="md"
        variant="default"
        leftSection={<IconPencil size={18} />}
        rightSection={<KeyHint>{'E'}</KeyHint>}
        onClick={actions.edit}
        aria-keyshortcuts="e"
        data-testid="edit"
      >
        {t('common:action.edit')}
      </Button>
      <Button
        size="md"
        color="teal.7"
        leftSection={<IconCheck size={18} />}
        rightSection={<KeyHint>{'A'}</KeyHint>}
        disabled={!canDecide}
        onClick={actions.approve}
        aria-keyshortcuts="a"
        data-testid="approve"
        miw={150}
      >
        {t('common:action.approve')}
      </Button>
      <div className={classes.side}>
        <Small icon={IconChevronRight} name="review:bar.next" tip="review:bar.nextKey" onClick={actions.next} points />
        <Small icon={IconSparkles} name="review:bar.variants" tip="review:bar.variantsKey" onClick={actions.variants} />
        <Small icon={IconKeyboard} name="review:bar.keyboard" tip="review:bar.keyboardKey" onClick={onHelp} />
      </div>
    </div>
  );
}

function Small({
  icon: Glyph,
  name,
  tip,
  onClick,
  points = false,
}: {
  icon: Icon;
  name: WordKey;
  tip: WordKey;
  onClick: () => void;
  /** Its sign points somewhere, the other way where text runs from the right. */
  points?: boolean;
}) {
  return (
    <Tooltip label={t(tip)}>
      <ActionIcon variant="subtle" color="gray" size="xl" aria-label={t(name)} onClick={onClick}>
        <Glyph size={21} stroke={1.7} className={points ? 'flip-rtl' : undefined} />
      </ActionIcon>
    </Tooltip>
  );
}
