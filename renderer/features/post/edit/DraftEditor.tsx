import { Button, Group, Kbd, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { ProblemList } from '../../../components/Failure.tsx';
import { LeaveGuard } from '../../../components/LeaveGuard.tsx';
import { DraftFields } from './DraftFields.tsx';
import type { Editing } from './use-draft.ts';

/** The fields of a post being edited, with save and cancel. */
export function DraftEditor({ clientId, editing }: { clientId: string; editing: Editing }) {
  useHotkeys(
    [
      ['mod+Enter', editing.save],
      ['mod+S', editing.save],
      ['Escape', () => !editing.isDirty && editing.cancel()],
    ],
    [],
  );
  if (editing.draft === undefined) return null;
  return (
    <Stack gap="lg">
      <DraftFields clientId={clientId} draft={editing.draft} onChange={editing.change} problems={editing.problems} />
      <ProblemList problems={editing.problems} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={editing.cancel} disabled={editing.isSaving}>
          Cancel
        </Button>
        <Button onClick={editing.save} loading={editing.isSaving} rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}>
          Save
        </Button>
      </Group>
      <LeaveGuard dirty={editing.isDirty && !editing.isSaving} />
    </Stack>
  );
}
