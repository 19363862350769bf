import { ActionIcon, Button, Kbd, Tooltip } from '@mantine/core';
import { IconCheck, IconChevronLeft, IconChevronRight, IconKeyboard, IconPencil, IconX } from '@tabler/icons-react';
import { EditButtons } from '../post/edit/DraftEditor.tsx';
import type { Editing } from '../post/edit/use-draft.ts';
import classes from './review.module.css';

export interface ReviewActions {
  approve: () => void;
  reject: () => void;
  edit: () => void;
  next: () => void;
  previous: () => void;
}

/** The decisions, always at the same place at the foot of the page. */
export function ReviewBar({
  actions,
  editing,
  canDecide,
  isApproving,
  onHelp,
}: {
  actions: ReviewActions;
  editing: Editing;
  canDecide: boolean;
  isApproving: boolean;
  onHelp: () => void;
}) {
  if (editing.draft !== undefined) {
    return (
      <div className={classes.bar} role="toolbar" aria-label="Editing" data-bottom-bar>
        <EditButtons editing={editing} size="md" />
      </div>
    );
  }
  return (
    <div className={classes.bar} role="toolbar" aria-label="Review" data-bottom-bar>
      <Tooltip label="Previous (K)">
        <ActionIcon variant="subtle" color="gray" size="xl" aria-label="Previous post" onClick={actions.previous}>
          <IconChevronLeft />
        </ActionIcon>
      </Tooltip>
      <Button
        size="md"
        variant="light"
        color="red"
        leftSection={<IconX size={18} />}
        rightSection={<Kbd size="xs">R</Kbd>}
        disabled={!canDecide}
        onClick={actions.reject}
        data-testid="reject"
      >
        Reject
      </Button>
      <Button
        size="md"
        variant="default"
        leftSection={<IconPencil size={18} />}
        rightSection={<Kbd size="xs">E</Kbd>}
        onClick={actions.edit}
        data-testid="edit"
      >
        Edit
      </Button>
      <Button
        size="md"
        color="teal.7"
        leftSection={<IconCheck size={18} />}
        rightSection={<Kbd size="xs">A</Kbd>}
        disabled={!canDecide}
        loading={isApproving}
        onClick={actions.approve}
        data-testid="approve"
        miw={150}
      >
        Approve
      </Button>
      <Tooltip label="Next (J)">
        <ActionIcon variant="subtle" color="gray" size="xl" aria-label="Next post" onClick={actions.next}>
          <IconChevronRight />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keyboard (?)">
        <ActionIcon variant="subtle" color="gray" size="xl" aria-label="Keyboard shortcuts" onClick={onHelp}>
          <IconKeyboard size={21} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
