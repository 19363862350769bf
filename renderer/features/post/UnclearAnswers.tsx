import { Button, Group, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { usePostActions } from '../posts/use-post-actions.ts';

/** It could not be told whether the post went live on this account: a person looks and says. */
export function UnclearAnswers({ post, target }: { post: Post; target: Target }) {
  const { resolve } = usePostActions();
  const [isLive, setIsLive] = useState(false);
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
        <RemoteId
          busy={resolve.isPending}
          onBack={() => setIsLive(false)}
          onConfirm={(remoteId) => resolve.mutate({ ...ids, resolution: 'published', remoteId })}
        />
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

function RemoteId({
  busy,
  onBack,
  onConfirm,
}: {
  busy: boolean;
  onBack: () => void;
  onConfirm: (remoteId: string | undefined) => void;
}) {
  const [remoteId, setRemoteId] = useState('');
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        flex={1}
        label="Post id on the network"
        description="Optional; it links this post to the one there."
        value={remoteId}
        maxLength={200}
        onChange={(event) => setRemoteId(event.currentTarget.value)}
      />
      <Button variant="default" onClick={onBack}>
        Back
      </Button>
      <Button color="teal.7" loading={busy} onClick={() => onConfirm(remoteId.trim() || undefined)}>
        Mark as live
      </Button>
    </Group>
  );
}
