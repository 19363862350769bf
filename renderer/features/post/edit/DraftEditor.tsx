import { Alert, Button, Group, type MantineSize, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPencilPause } from '@tabler/icons-react';
import { useEffect } from 'react';
import { ProblemList } from '../../../components/Failure.tsx';
import { formatDayTime } from '../../../components/format.ts';
import { LeaveGuard } from '../../../components/LeaveGuard.tsx';
import { t } from '../../../i18n/i18n.ts';
import { actorName } from '../../activity/actor-name.ts';
import { keyFor } from '../../commands/bindings.ts';
import { useBindings } from '../../commands/bindings-store.ts';
import { ShortcutHint } from '../../commands/Caps.tsx';
import { keyOf } from '../../commands/keys.ts';
import { BothVersions } from './BothVersions.tsx';
import { DraftFields } from './DraftFields.tsx';
import { SaveStatus } from './SaveStatus.tsx';
import type { Editing } from './use-draft.ts';

/** The fields of a post being edited, with apply and cancel below unless they stand elsewhere. */
export function DraftEditor({
  clientId,
  editing,
  withButtons = true,
  onShow,
}: {
  clientId: string;
  editing: Editing;
  withButtons?: boolean;
  /** Which account's preview goes with what is being written. */
  onShow?: (accountId: string) => void;
}) {
  useSaveKey(editing.save);
  useHotkeys(
    [
      ['mod+S', editing.save],
      ['Escape', () => !editing.isDirty && editing.cancel()],
    ],
    [],
  );
  const { draft, state, theirs } = editing;
  if (draft === undefined) return null;
  return (
    <Stack gap="lg">
      {theirs !== null && <BothVersions mine={draft} theirs={theirs} onDecide={editing.decide} />}
      <DraftFields
        clientId={clientId}
        draft={draft}
        onChange={editing.change}
        problems={editing.problems}
        onShow={onShow}
      />
      <ProblemList problems={editing.problems} />
      <Group justify="space-between" gap="sm">
        <SaveStatus state={state} />
        {withButtons && (
          <Group gap="sm">
            <EditButtons editing={editing} />
          </Group>
        )}
      </Group>
      <LeaveGuard dirty={state.kind === 'failed' || state.kind === 'conflict'} />
    </Stack>
  );
}

/** The key that a person has chosen for it, while they type too. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (keyOf(event) !== keyFor(useBindings.getState().bindings, 'save')) return;
      event.preventDefault();
      save();
    };
    document.documentElement.addEventListener('keydown', press);
    return () => document.documentElement.removeEventListener('keydown', press);
  }, [save]);
}

/** Cancel and apply, for wherever they stand. */
export function EditButtons({ editing, size }: { editing: Editing; size?: MantineSize }) {
  return (
    <>
      <Button size={size} variant="default" onClick={editing.cancel} disabled={editing.isSaving}>
        {editing.isDirty ? t('common:leave.discard') : t('common:action.cancel')}
      </Button>
      {editing.isDirty && (
        <Button size={size} variant="subtle" onClick={editing.later} disabled={editing.isSaving}>
          {t('composer:edit.later')}
        </Button>
      )}
      <Button size={size} onClick={editing.save} loading={editing.isSaving} rightSection={<ShortcutHint of="save" />}>
        {t('composer:edit.apply')}
      </Button>
    </>
  );
}

/** Says that changes wait which were begun and not applied, and offers to go on with them. */
export function WaitingChanges({ editing }: { editing: Editing }) {
  if (editing.waiting === undefined) return null;
  const { updatedBy, updatedAt } = editing.waiting;
  return (
    <Alert color="iris" icon={<IconPencilPause />} mb="md" data-testid="waiting-changes">
      <Group justify="space-between" gap="sm">
        <span>{t('composer:edit.waiting', { who: actorName(updatedBy), when: formatDayTime(updatedAt) })}</span>
        <Button size="xs" variant="light" onClick={editing.begin}>
          {t('composer:edit.continue')}
        </Button>
      </Group>
    </Alert>
  );
}
