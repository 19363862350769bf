import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
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
    modals.openConfirmModal({
      title: 'Publish now?',
      children: <Text size="sm">It goes to {places(post)} at once and cannot be called back from here.</Text>,
      labels: { confirm: 'Publish now', cancel: 'Cancel' },
      onConfirm: () => actions.publishNow.mutate(post),
    });
  const remove = () =>
    modals.openConfirmModal({
      title: 'Delete this post?',
      children: <Text size="sm">It disappears from the plan and will not be published.</Text>,
      labels: { confirm: 'Delete', cancel: 'Cancel' },
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
          Approve
        </Button>
      )}
      {status === 'approved' && (
        <Button leftSection={<IconSend size={17} />} onClick={publishNow} loading={actions.publishNow.isPending}>
          Publish now
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
          Approve after all
        </Button>
      )}
      {unsent && (
        <Button variant="default" leftSection={<IconCalendarTime size={17} />} onClick={moveDialog.open}>
          Reschedule
        </Button>
      )}
      {status !== 'publishing' && status !== 'published' && status !== 'partly_published' && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label="More actions">
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {undecided && (
              <Menu.Item leftSection={<IconSend size={16} />} onClick={publishNow}>
                Approve and publish now
              </Menu.Item>
            )}
            {(undecided || status === 'approved') && (
              <Menu.Item leftSection={<IconX size={16} />} onClick={rejectDialog.open}>
                Reject
              </Menu.Item>
            )}
            {status === 'rejected' && (
              <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => actions.reopen.mutate(post)}>
                Back to review
              </Menu.Item>
            )}
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <RescheduleDialog key={post.scheduledFor} post={post} opened={moving} onClose={moveDialog.close} />
      <RejectDialog
        opened={rejecting}
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
  return new Intl.ListFormat('en').format(
    post.targets.map(({ platform, accountName }) => `${platformNames[platform]} (${accountName})`),
  );
}
