import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { editableStatuses } from '../../../../shared/domain/post.ts';
import { orpc } from '../../../api/client.ts';
import { ask } from '../../../components/ask.ts';
import { formatList } from '../../../components/format.ts';
import { ButtonLink } from '../../../components/links.tsx';
import { needsPerson, type Remedy, type Trouble } from '../../../components/trouble.ts';
import { t } from '../../../i18n/i18n.ts';
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
          {t('post:trouble.edit')}
        </Button>
      );
    case 'settings':
      return (
        <ButtonLink to="/settings" search={{ tab: 'connections' }} size="xs" variant={variant}>
          {t('post:trouble.settings')}
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
    ask({
      title: t(isFirst ? 'post:trouble.publishTitle' : 'post:trouble.sendTitle'),
      children: (
        <Text size="sm">
          {t('post:trouble.send', { networks: names(targets.length > 0 ? targets : post.targets) })}
        </Text>
      ),
      labels: {
        confirm: t(isFirst ? 'post:trouble.publishNow' : 'post:trouble.sendNow'),
        cancel: t('common:action.cancel'),
      },
      onConfirm: () => (isFirst ? publishNow.mutate(post) : retry.mutate({ id: post.id })),
    });
  return (
    <Button size="xs" variant={variant} onClick={send} loading={publishNow.isPending || retry.isPending}>
      {isFirst ? t('post:trouble.publishNow') : sendWords(targets)}
    </Button>
  );
}

function sendWords(targets: readonly Target[]): string {
  if (targets.some(({ status }) => status === 'pending')) return t('post:trouble.tryNow');
  return t(targets.some(({ status }) => status === 'failed') ? 'common:action.retry' : 'post:trouble.sendIt');
}

function Reschedule({ post, variant }: RemedyProps) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant={variant} onClick={dialog.open}>
        {t('post:trouble.anotherTime')}
      </Button>
      <RescheduleDialog key={post.scheduledFor} post={post} opened={opened} onClose={dialog.close} />
    </>
  );
}

function Reconnect({ post, targets, variant }: RemedyProps) {
  return targets.map(({ id, platform }) => (
    <Button key={id} component="a" href={connectPath(platform, post.clientId)} size="xs" variant={variant}>
      {t('post:trouble.reconnect', { network: platformNames[platform] })}
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
      {t('post:trouble.approveAgain')}
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
      {targets.length === 1
        ? t('post:trouble.drop')
        : t('post:trouble.dropNetwork', { network: platformNames[target.platform] })}
    </Button>
  ));
}

/** Asks in plain words before a target is left out. */
export function confirmDrop(target: Target, onConfirm: () => void): void {
  ask({
    title: t('post:trouble.dropTitle', { network: platformNames[target.platform] }),
    children: <Text size="sm">{t('post:trouble.dropText', { account: target.accountName })}</Text>,
    labels: { confirm: t('post:trouble.dropConfirm'), cancel: t('common:action.cancel') },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}

function names(targets: readonly Target[]): string {
  return formatList(targets.map(({ platform }) => platformNames[platform]));
}
