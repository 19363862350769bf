import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconCalendarTime,
  IconCheck,
  IconDots,
  IconSend,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { ask } from '../../components/ask.ts';
import { formatList } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { usePostActions } from '../posts/use-post-actions.ts';
import { RejectDialog } from './RejectDialog.tsx';
import { RescheduleDialog } from './RescheduleDialog.tsx';

/** What may be done with a post in its present state; the likeliest as a button, the rest in a menu. */
export function PostActions({ post }: { post: Post }) {
  const navigate = useNavigate();
  const actions = usePostActions();
  const [moving, moveDialog] = useDisclosure(false);
  const [rejecting, rejectDialog] = useDisclosure(false);
  const { status } = post;
  const undecided =
    status === 'in_review' ||
    status === 'draft' ||
    (status === 'held' && !post.targets.some((target) => target.status === 'held'));
  const unsent = undecided || status === 'approved' || status === 'rejected';

  const approve = () => actions.approve.mutate({ id: post.id, contentHash: post.contentHash });
  const publishNow = () =>
    ask({
      title: t('post:ask.publishTitle'),
      children: <Text size="sm">{t('post:ask.publish', { places: places(post) })}</Text>,
      labels: { confirm: t('post:action.publishNow'), cancel: t('common:action.cancel') },
      onConfirm: () => actions.publishNow.mutate(post),
    });
  const remove = () =>
    ask({
      title: t('post:ask.deleteTitle'),
      children: <Text size="sm">{t('post:ask.delete')}</Text>,
      labels: { confirm: t('common:action.delete'), cancel: t('common:action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => actions.remove.mutate(post, { onSuccess: () => void navigate({ to: '/pipeline' }) }),
    });

  return (
    <>
      {undecided && (
        <Button
          color="teal.7"
          leftSection={<IconCheck size={17} />}
          onClick={approve}
          loading={actions.approve.isPending}
          data-testid="approve"
        >
          {t('common:action.approve')}
        </Button>
      )}
      {status === 'approved' && (
        <Button leftSection={<IconSend size={17} />} onClick={publishNow} loading={actions.publishNow.isPending}>
          {t('post:action.publishNow')}
        </Button>
      )}
      {status === 'rejected' && (
        <Button
          variant="light"
          color="teal"
          leftSection={<IconCheck size={17} />}
          onClick={approve}
          loading={actions.approve.isPending}
          data-testid="approve"
        >
          {t('post:action.approveAfterAll')}
        </Button>
      )}
      {unsent && (
        <Button variant="default" leftSection={<IconCalendarTime size={17} />} onClick={moveDialog.open}>
          {t('post:action.reschedule')}
        </Button>
      )}
      {status !== 'publishing' && status !== 'published' && status !== 'partly_published' && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('post:action.more')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {undecided && (
              <Menu.Item leftSection={<IconSend size={16} />} onClick={publishNow}>
                {t('post:action.approveAndPublish')}
              </Menu.Item>
            )}
            {(undecided || status === 'approved') && (
              <Menu.Item leftSection={<IconX size={16} />} onClick={rejectDialog.open}>
                {t('common:action.reject')}
              </Menu.Item>
            )}
            {status === 'rejected' && (
              <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => actions.reopen.mutate(post)}>
                {t('post:action.backToReview')}
              </Menu.Item>
            )}
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove}>
              {t('common:action.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <RescheduleDialog key={post.scheduledFor} post={post} opened={moving} onClose={moveDialog.close} />
      <RejectDialog
        opened={rejecting}
        client={post.clientName}
        onClose={rejectDialog.close}
        onReject={(reason) => {
          rejectDialog.close();
          actions.reject.mutate({ id: post.id, reason });
        }}
      />
    </>
  );
}

function places(post: Post): string {
  return formatList(
    post.targets.map(({ platform, accountName }) =>
      t('post:ask.place', { network: platformNames[platform], account: accountName }),
    ),
  );
}
