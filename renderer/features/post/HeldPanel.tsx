import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { ButtonLink } from '../../components/links.tsx';
import { usePostActions } from '../posts/use-post-actions.ts';
import { UnclearAnswers } from './UnclearAnswers.tsx';

/** Why the post waits for a person, and the answers that person can give per account. */
export function HeldPanel({ post }: { post: Post }) {
  const held = post.targets.filter((target) => target.status === 'held');
  if (post.status !== 'held' && held.length === 0) return null;
  const unclear = held.filter((target) => target.error === null || target.error.code === 'unclear');
  const waiting = held.filter((target) => !unclear.includes(target));
  return (
    <Alert color="orange" icon={<IconAlertTriangle />} title="This post needs you" data-testid="held">
      <Stack gap="md">
        <Text size="sm">{post.heldReason ?? 'A person must decide how to go on.'}</Text>
        {unclear.map((target) => (
          <UnclearAnswers key={target.id} post={post} target={target} />
        ))}
        {waiting.length > 0 && <WaitingAnswers post={post} waiting={waiting} />}
        {held.length === 0 && (
          <Text size="sm" c="dimmed">
            Change what is wrong, then approve it; or delete it.
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

/** Nothing was sent for these: they go on, or are left out. */
function WaitingAnswers({ post, waiting }: { post: Post; waiting: readonly Target[] }) {
  const { retry, resolve } = usePostActions();
  const send = () =>
    modals.openConfirmModal({
      title: 'Send it now?',
      children: (
        <Text size="sm">It was not sent to {names(waiting)} so far, and goes out at once if its time has come.</Text>
      ),
      labels: { confirm: 'Send', cancel: 'Cancel' },
      onConfirm: () => retry.mutate({ id: post.id }),
    });
  return (
    <Group gap="xs">
      <Button size="xs" leftSection={<IconRefresh size={15} />} onClick={send} loading={retry.isPending}>
        Send it now
      </Button>
      <ButtonLink
        to="/clients/$id"
        params={{ id: post.clientId }}
        search={{ tab: 'accounts' }}
        size="xs"
        variant="default"
      >
        See accounts
      </ButtonLink>
      {waiting.map((target) => (
        <Button
          key={target.id}
          size="xs"
          variant="subtle"
          color="red"
          disabled={resolve.isPending}
          onClick={() => resolve.mutate({ id: post.id, targetId: target.id, resolution: 'drop' })}
        >
          Drop {platformNames[target.platform]}
        </Button>
      ))}
    </Group>
  );
}

function names(targets: readonly Target[]): string {
  return new Intl.ListFormat('en').format(targets.map(({ platform }) => platformNames[platform]));
}
