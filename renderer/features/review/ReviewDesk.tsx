import { Alert, Group, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PostStatusBadge } from '../../components/status.tsx';
import { DraftEditor } from '../post/edit/DraftEditor.tsx';
import { useDraft } from '../post/edit/use-draft.ts';
import { bannedTermsIn, PostFacts, PostOrigin } from '../post/PostFacts.tsx';
import { PreviewTabs, useShownTarget } from '../post/preview/PreviewTabs.tsx';
import { openShortcutHelp } from '../commands/commands-store.ts';
import { RejectDialog } from '../post/RejectDialog.tsx';
import { TikTokPanels } from '../post/TikTokPanel.tsx';
import { usePostActions } from '../posts/use-post-actions.ts';
import { ReviewBar } from './ReviewBar.tsx';
import classes from './review.module.css';
import { advanceReview, stepReview } from './review-store.ts';
import { useReviewKeys } from './use-review-keys.ts';

/** The post in hand. `waiting` are the ids that still need a decision. */
export function ReviewDesk({ id, waiting }: { id: string; waiting: readonly string[] }) {
  const post = useQuery(orpc.pipeline.get.queryOptions({ input: { id } }));
  if (post.isError) return <Failure error={post.error} retry={() => void post.refetch()} />;
  if (post.data === undefined) return <DeskSkeleton />;
  return <Desk post={post.data} waiting={waiting} />;
}

function Desk({ post, waiting }: { post: Post; waiting: readonly string[] }) {
  const { approve, reject } = usePostActions();
  const editing = useDraft(post);
  const shown = useShownTarget(post.targets);
  const [rejecting, rejectDialog] = useDisclosure(false);
  const open = post.status === 'in_review';
  const free = editing.draft === undefined;
  const advance = () => advanceReview(waiting.filter((id) => id !== post.id));

  const actions = {
    approve: () => {
      if (open && free && !approve.isPending)
        approve.mutate({ id: post.id, contentHash: post.contentHash }, { onSuccess: advance });
    },
    reject: () => open && free && rejectDialog.open(),
    edit: () => free && editing.begin(),
    next: () => free && stepReview(1),
    previous: () => free && stepReview(-1),
  };
  useReviewKeys(actions);

  return (
    <>
      <div className={classes.desk}>
        <div className={classes.preview}>
          <PreviewTabs
            post={editing.draft ?? post}
            shown={shown.target?.accountId}
            onShow={shown.show}
            terms={bannedTermsIn(post)}
          />
        </div>
        <Stack gap="md">
          <Group justify="space-between">
            <PostOrigin post={post} />
            {!open && <PostStatusBadge post={post} />}
          </Group>
          {!open && post.rejectedReason && <Alert color="gray">Rejected: {post.rejectedReason}</Alert>}
          <Panel>
            {free ? (
              <PostFacts post={post} target={shown.target} />
            ) : (
              <DraftEditor clientId={post.clientId} editing={editing} withButtons={false} />
            )}
          </Panel>
          {free && <TikTokPanels post={post} />}
        </Stack>
      </div>
      <ReviewBar
        actions={actions}
        editing={editing}
        canDecide={open}
        isApproving={approve.isPending}
        onHelp={openShortcutHelp}
      />
      <RejectDialog
        opened={rejecting}
        onClose={rejectDialog.close}
        onReject={(reason) => {
          rejectDialog.close();
          reject.mutate({ id: post.id, reason }, { onSuccess: advance });
        }}
      />
    </>
  );
}

function DeskSkeleton() {
  return (
    <div className={classes.desk} aria-busy>
      <Skeleton height={560} maw={420} w="100%" mx="auto" radius="lg" />
      <Stack>
        <Skeleton height={22} width="70%" />
        <Skeleton height={320} radius="lg" />
      </Stack>
    </div>
  );
}
