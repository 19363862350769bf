import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { usePostActions } from '../posts/use-post-actions.ts';

/** Why the post waits for a person, and the answers that person can give per account. */
export function HeldPanel({ post }: { post: Post }) {
  const held = post.targets.filter((target) => target.status === 'held');
  if (post.status !== 'held' && held.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle />} title="This post needs you" data-testid="held">
      <Stack gap="md">
        <Text size="sm">{post.heldReason ?? 'A person must decide how to go on.'}</Text>
        {held.map((target) => (
          <Answers key={target.id} post={post} target={target} />
        ))}
        {held.length === 0 && (
          <Text size="sm" c="dimmed">
            Change what is wrong, then approve it; or delete it.
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

function Answers({ post, target }: { post: Post; target: Target }) {
  const { resolve } = usePostActions();
  const [isLive, setIsLive] = useState(false);
  const [remoteId, setRemoteId] = useState('');
  const ids = { id: post.id, targetId: target.id };
  const network = platformNames[target.platform];

  const sendAgain = () =>
    modals.openConfirmModal({
      title: 'Send it again?',
      children: (
        <Text size="sm">
          Only if you looked at {target.accountName} on {network} and the post is not there. Otherwise followers would
          see it twice.
        </Text>
      ),
      labels: { confirm: 'It is not there, send again', cancel: 'Cancel' },
      onConfirm: () => resolve.mutate({ ...ids, resolution: 'send_again' }),
    });
  const drop = () =>
    modals.openConfirmModal({
      title: `Leave out ${network}?`,
      children: <Text size="sm">The post is not sent to {target.accountName} any more.</Text>,
      labels: { confirm: 'Drop', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => resolve.mutate({ ...ids, resolution: 'drop' }),
    });

  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {network}, {target.accountName}: is the post live?
      </Text>
      {isLive ? (
        <Group align="flex-end" gap="xs">
          <TextInput
            flex={1}
            label="Post id on the network"
            description="Optional; it links this post to the one there."
            value={remoteId}
            maxLength={200}
            onChange={(event) => setRemoteId(event.currentTarget.value)}
          />
          <Button variant="default" onClick={() => setIsLive(false)}>
            Back
          </Button>
          <Button
            color="teal.7"
            loading={resolve.isPending}
            onClick={() =>
              resolve.mutate({
                ...ids,
                resolution: 'published',
                ...(remoteId.trim() === '' ? {} : { remoteId: remoteId.trim() }),
              })
            }
          >
            Mark as live
          </Button>
        </Group>
      ) : (
        <Group gap="xs">
          <Button size="xs" color="teal.7" onClick={() => setIsLive(true)}>
            It is live
          </Button>
          <Button size="xs" variant="default" onClick={sendAgain} loading={resolve.isPending}>
            Not live, send again
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={drop} disabled={resolve.isPending}>
            Drop
          </Button>
        </Group>
      )}
    </div>
  );
}
