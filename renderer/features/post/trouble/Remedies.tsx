import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { editableStatuses } from '../../../../shared/domain/post.ts';
import { orpc } from '../../../api/client.ts';
import { ButtonLink } from '../../../components/links.tsx';
import { needsPerson, type Remedy, type Trouble } from '../../../components/trouble.ts';
import { connectPath } from '../../accounts/connect-path.ts';
import { usePostActions } from '../../posts/use-post-actions.ts';
import { RescheduleDialog } from '../RescheduleDialog.tsx';

/** The buttons that deal with a trouble; the first that makes sense now is the prominent one. */
export function Remedies({
  post,
  trouble,
  targets,
  onEdit,
}: {
  post: Post;
  trouble: Trouble;
  targets: readonly Target[];
  onEdit: () => void;
}) {
  const mended = useMended(post, targets);
  const remedies = trouble.remedies.filter(
    (remedy) => isPossible(remedy, post, targets) && !(remedy === 'reconnect' && mended && trouble.kind !== 'risk'),
  );
  if (remedies.length === 0) return null;
  return (
    <Group gap="xs">
      {remedies.map((remedy, index) => (
        <RemedyButton
          key={remedy}
          remedy={remedy}
          post={post}
          targets={targets}
          onEdit={onEdit}
          variant={index === 0 && needsPerson(trouble) ? 'filled' : 'default'}
        />
      ))}
    </Group>
  );
}

/** All accounts concerned are connected again. */
function useMended(post: Post, targets: readonly Target[]): boolean {
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: post.clientId } }));
  return targets.every(({ accountId }) =>
    accounts.data?.items.some(({ id, status }) => id === accountId && status !== 'reconnect'),
  );
}

function isPossible(remedy: Remedy, post: Post, targets: readonly Target[]): boolean {
  const isPartlyOut = post.targets.some(({ status }) =>
    ['published', 'delivered', 'publishing', 'confirming'].includes(status),
  );
  if (remedy === 'edit') return editableStatuses.includes(post.status) && !isPartlyOut;
  if (remedy === 'reschedule') return !isPartlyOut;
  return remedy !== 'drop' || targets.length > 0;
}

interface RemedyProps {
  post: Post;
  targets: readonly Target[];
  onEdit: () => void;
  variant: 'filled' | 'default';
}

function RemedyButton({ remedy, ...props }: RemedyProps & { remedy: Remedy }): ReactNode {
  const { variant } = props;
  switch (remedy) {
    case 'publish_now':
    case 'retry':
      return <SendNow {...props} remedy={remedy} />;
    case 'reschedule':
      return <Reschedule {...props} />;
    case 'reconnect':
      return <Reconnect {...props} />;
    case 'approve':
      return <ApproveAgain {...props} />;
    case 'edit':
      return (
        <Button size="xs" variant={variant} onClick={props.onEdit}>
          Edit the post
        </Button>
      );
    case 'settings':
      return (
        <ButtonLink to="/settings" search={{ tab: 'connections' }} size="xs" variant={variant}>
          Open settings
        </ButtonLink>
      );
    case 'drop':
      return <Drop {...props} />;
    case 'answer':
      return null;
  }
}

function SendNow({ post, targets, variant, remedy }: RemedyProps & { remedy: 'publish_now' | 'retry' }) {
  const { publishNow, retry } = usePostActions();
  const isFirst = remedy === 'publish_now';
  const send = () =>
    modals.openConfirmModal({
      title: isFirst ? 'Publish it now?' : 'Send it now?',
      children: (
        <Text size="sm">
          It is not live on {names(targets.length > 0 ? targets : post.targets)} so far. It goes out at once, or at its
          time where that is still to come, and cannot be called back from here.
        </Text>
      ),
      labels: { confirm: isFirst ? 'Publish now' : 'Send now', cancel: 'Cancel' },
      onConfirm: () => (isFirst ? publishNow.mutate(post) : retry.mutate({ id: post.id })),
    });
  return (
    <Button size="xs" variant={variant} onClick={send} loading={publishNow.isPending || retry.isPending}>
      {isFirst ? 'Publish now' : sendWords(targets)}
    </Button>
  );
}

function sendWords(targets: readonly Target[]): string {
  if (targets.some(({ status }) => status === 'pending')) return 'Try now';
  return targets.some(({ status }) => status === 'failed') ? 'Try again' : 'Send it now';
}

function Reschedule({ post, variant }: RemedyProps) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant={variant} onClick={dialog.open}>
        Choose another time
      </Button>
      <RescheduleDialog key={post.scheduledFor} post={post} opened={opened} onClose={dialog.close} />
    </>
  );
}

function Reconnect({ post, targets, variant }: RemedyProps) {
  return targets.map(({ id, platform }) => (
    <Button key={id} component="a" href={connectPath(platform, post.clientId)} size="xs" variant={variant}>
      Reconnect {platformNames[platform]}
    </Button>
  ));
}

function ApproveAgain({ post, variant }: RemedyProps) {
  const { approve } = usePostActions();
  return (
    <Button
      size="xs"
      variant={variant}
      loading={approve.isPending}
      onClick={() => approve.mutate({ id: post.id, contentHash: post.contentHash })}
    >
      Approve as it is now
    </Button>
  );
}

function Drop({ post, targets }: RemedyProps) {
  const { resolve } = usePostActions();
  return targets.map((target) => (
    <Button
      key={target.id}
      size="xs"
      variant="subtle"
      color="red"
      disabled={resolve.isPending}
      onClick={() =>
        confirmDrop(target, () => resolve.mutate({ id: post.id, targetId: target.id, resolution: 'drop' }))
      }
    >
      {targets.length === 1 ? 'Drop it' : `Drop ${platformNames[target.platform]}`}
    </Button>
  ));
}

/** Asks in plain words before a target is left out. */
export function confirmDrop(target: Target, onConfirm: () => void): void {
  modals.openConfirmModal({
    title: `Leave out ${platformNames[target.platform]}?`,
    children: (
      <Text size="sm">
        Nothing more is sent to {target.accountName} for this post. What is live already stays live.
      </Text>
    ),
    labels: { confirm: 'Leave it out', cancel: 'Cancel' },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}

function names(targets: readonly Target[]): string {
  return new Intl.ListFormat('en').format(targets.map(({ platform }) => platformNames[platform]));
}
