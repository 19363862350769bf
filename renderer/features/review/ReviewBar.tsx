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
import { t, type WordKey } from '../../i18n/i18n.ts';
import { useShortcut } from '../commands/bindings-store.ts';
import { ShortcutHint } from '../commands/Caps.tsx';
import type { ShortcutId } from '../commands/shortcuts.ts';
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
  const approve = useShortcut('approve');
  const reject = useShortcut('reject');
  const edit = useShortcut('edit');
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
          of="previous"
          onClick={actions.previous}
          points
        />
      </div>
      <Button
        size="md"
        variant="light"
        color="red"
        leftSection={<IconX size={18} />}
        rightSection={<ShortcutHint of="reject" />}
        disabled={!canDecide}
        onClick={actions.reject}
        aria-keyshortcuts={reject.aria}
        data-testid="reject"
      >
        {t('common:action.reject')}
      </Button>
      <Button
        size="md"
        variant="default"
        leftSection={<IconPencil size={18} />}
        rightSection={<ShortcutHint of="edit" />}
        onClick={actions.edit}
        aria-keyshortcuts={edit.aria}
        data-testid="edit"
      >
        {t('common:action.edit')}
      </Button>
      <Button
        size="md"
        color="teal.7"
        leftSection={<IconCheck size={18} />}
        rightSection={<ShortcutHint of="approve" />}
        disabled={!canDecide}
        onClick={actions.approve}
        aria-keyshortcuts={approve.aria}
        data-testid="approve"
        miw={150}
      >
        {t('common:action.approve')}
      </Button>
      <div className={classes.side}>
        <Small
          icon={IconChevronRight}
          name="review:bar.next"
          tip="review:bar.nextKey"
          of="next"
          onClick={actions.next}
          points
        />
        <Small
          icon={IconSparkles}
          name="review:bar.variants"
          tip="review:bar.variantsKey"
          of="variants"
          onClick={actions.variants}
        />
        <Small icon={IconKeyboard} name="review:bar.keyboard" tip="review:bar.keyboardKey" of="help" onClick={onHelp} />
      </div>
    </div>
  );
}

function Small({
  icon: Glyph,
  name,
  tip,
  of,
  onClick,
  points = false,
}: {
  icon: Icon;
  name: WordKey;
  /** Tells the key too. */
  tip: `review:bar.${'previous' | 'next' | 'variants' | 'keyboard'}Key`;
  of: ShortcutId;
  onClick: () => void;
  /** Its sign points somewhere, the other way where text runs from the right. */
  points?: boolean;
}) {
  const { caps, aria } = useShortcut(of);
  return (
    <Tooltip label={t(tip, { keys: caps.join(' ') })}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="xl"
        aria-label={t(name)}
        aria-keyshortcuts={aria}
        onClick={onClick}
      >
        <Glyph size={21} stroke={1.7} className={points ? 'flip-rtl' : undefined} />
      </ActionIcon>
    </Tooltip>
  );
}
