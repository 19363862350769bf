import { Button, Group, Kbd, type MantineSize, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { ProblemList } from '../../../components/Failure.tsx';
import { LeaveGuard } from '../../../components/LeaveGuard.tsx';
import { DraftFields } from './DraftFields.tsx';
import type { Editing } from './use-draft.ts';

/** The fields of a post being edited, with save and cancel below unless they stand elsewhere. */
export function DraftEditor({
  clientId,
  editing,
  withButtons = true,
}: {
  clientId: string;
  editing: Editing;
  withButtons?: boolean;
}) {
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
      {withButtons && (
        <Group justify="flex-end" gap="sm">
          <EditButtons editing={editing} />
        </Group>
      )}
      <LeaveGuard dirty={editing.isDirty && !editing.isSaving} />
    </Stack>
  );
}

/** Cancel and save, for wherever they stand. */
export function EditButtons({ editing, size }: { editing: Editing; size?: MantineSize }) {
  return (
    <>
      <Button size={size} variant="default" onClick={editing.cancel} disabled={editing.isSaving}>
        Cancel
      </Button>
      <Button size={size} onClick={editing.save} loading={editing.isSaving} rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}>
        Save
      </Button>
    </>
  );
}
