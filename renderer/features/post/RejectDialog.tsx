import { Button, Chip, Group, Modal, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';

const usual = ['Not our tone', 'Facts are wrong', 'Too similar to another', 'Picture does not fit'];

/** Asks why before a post is rejected; the reason is optional. */
export function RejectDialog({
  opened,
  onClose,
  onReject,
}: {
  opened: boolean;
  onClose: () => void;
  onReject: (reason: string | undefined) => void;
}) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReject(reason.trim() || undefined);
    setReason('');
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Reject this post">
      <form onSubmit={submit}>
        <Stack>
          <Group gap={6}>
            {usual.map((text) => (
              <Chip key={text} size="xs" checked={reason === text} onChange={() => setReason(text)}>
                {text}
              </Chip>
            ))}
          </Group>
          <Textarea
            label="Reason"
            description="Optional. It stays with the post."
            minRows={2}
            maxLength={1_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red">
              Reject
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
