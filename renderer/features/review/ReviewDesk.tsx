import { Alert, Group, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PostStatusBadge } from '../../components/status.tsx';
import { openShortcutHelp } from '../commands/commands-store.ts';
import { ChangesPanel } from '../post/changes/ChangesPanel.tsx';
import { DraftEditor } from '../post/edit/DraftEditor.tsx';
import { useDraft } from '../post/edit/use-draft.ts';
import { bannedTermsIn, PostFacts, PostOrigin } from '../post/PostFacts.tsx';
import { PreviewTabs, useShownTarget } from '../post/preview/PreviewTabs.tsx';
import { RejectDialog } from '../post/RejectDialog.tsx';
import { TikTokPanels } from '../post/TikTokPanel.tsx';
import { VariantsDialog } from '../post/variants/VariantsDialog.tsx';
import { ReviewBar } from './ReviewBar.tsx';
import classes from './review.module.css';
import { holdReview, stepReview } from './review-store.ts';
import { type Decisions, decidedWords } from './use-decisions.ts';
import { useReviewKeys } from './use-review-keys.ts';

/** The post in hand. */
export function ReviewDesk({ id, decisions }: { id: string; decisions: Decisions }) {
  const post = useQuery(orpc.pipeline.get.queryOptions({ input: { id } }));
  if (post.isError) return <Failure error={post.error} retry={() => void post.refetch()} />;
  if (post.data === undefined) return <DeskSkeleton />;
  return <Desk post={post.data} decisions={decisions} />;
}

function Desk({ post, decisions }: { post: Post; decisions: Decisions }) {
  const editing = useDraft(post);
  const shown = useShownTarget(post.targets);
  const [rejecting, rejectDialog] = useDisclosure(false);
  const [varying, variantsDialog] = useDisclosure(false);
  const open = post.status === 'in_review';
  const free = editing.draft === undefined;
  useHold(!free || varying);

  const actions = {
    approve: () => open && free && decisions.approve(post),
    reject: () => open && free && rejectDialog.open(),
    edit: () => free && editing.begin(),
    variants: () => free && variantsDialog.open(),
    undo: () => free && void decisions.undo(),
    next: () => free && stepReview(1),
    previous: () => free && stepReview(-1),
  };
  const { undo: _, ...byKey } = actions;
  useReviewKeys(byKey);

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
          {!open && (
            <Alert color={post.status === 'rejected' ? 'gray' : 'teal'}>
              {decidedWords(post, post.status === 'rejected' ? 'rejected' : 'approved')}
            </Alert>
          )}
          {free && <ChangesPanel post={post} />}
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
      <ReviewBar actions={actions} editing={editing} canDecide={open} onHelp={openShortcutHelp} />
      <RejectDialog
        opened={rejecting}
        client={post.clientName}
        onClose={rejectDialog.close}
        onReject={(reason) => {
          rejectDialog.close();
          decisions.reject(post, reason);
        }}
      />
      <VariantsDialog post={post} target={shown.target} opened={varying} onClose={variantsDialog.close} />
    </>
  );
}

/** While a post is being changed, nothing else takes its place. */
function useHold(isHeld: boolean): void {
  useEffect(() => {
    holdReview(isHeld);
    return () => holdReview(false);
  }, [isHeld]);
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
