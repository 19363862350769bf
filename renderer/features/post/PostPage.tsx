import { Alert, Box, Button, Group, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconPencil, IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { editableStatuses } from '../../../shared/domain/post.ts';
import { orpc } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { NotFoundPage } from '../../app/NotFoundPage.tsx';
import { Failure } from '../../components/Failure.tsx';
import { t } from '../../i18n/i18n.ts';
import { Words } from '../../components/Words.tsx';
import { TextLink } from '../../components/links.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PostStatusBadge } from '../../components/status.tsx';
import { DraftEditor, WaitingChanges } from './edit/DraftEditor.tsx';
import { PostInsightsPanel } from '../insights/PostInsightsPanel.tsx';
import { type Editing, useDraft } from './edit/use-draft.ts';
import { ChangesPanel } from './changes/ChangesPanel.tsx';
import { HistoryPanel } from './history/HistoryPanel.tsx';
import { PostActions } from './PostActions.tsx';
import { bannedTermsIn, PostFacts, PostOrigin } from './PostFacts.tsx';
import { PreviewTabs, useShownTarget } from './preview/PreviewTabs.tsx';
import { TargetsPanel } from './TargetsPanel.tsx';
import { TikTokPanels } from './TikTokPanel.tsx';
import { VariantsDialog } from './variants/VariantsDialog.tsx';
import { TroublePanel } from './trouble/TroublePanel.tsx';

const route = getRouteApi('/frame/posts/$id');

export function PostPage() {
  const { id } = route.useParams();
  const post = useQuery(orpc.pipeline.get.queryOptions({ input: { id } }));
  // What was changed since the approval stands above the rest, so the rest would jump if it came later.
  const approval = useQuery(orpc.review.approval.queryOptions({ input: { id } }));
  if (post.isError) {
    if (isNotFound(post.error)) return <NotFoundPage />;
    return (
      <Page title={t('post:page.title')}>
        <Failure error={post.error} retry={() => void post.refetch()} />
      </Page>
    );
  }
  if (post.data === undefined || approval.isPending) return <PostSkeleton />;
  return <PostView key={post.data.id} post={post.data} />;
}

function PostView({ post }: { post: Post }) {
  const editing = useDraft(post);
  const shown = useShownTarget(post.targets);
  const router = useRouter();
  return (
    <Page
      title={t('post:page.titleFor', { client: post.clientName })}
      heading={
        <Stack gap={6}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            ms={-8}
            w="fit-content"
            leftSection={<IconArrowLeft size={16} className="flip-rtl" />}
            onClick={() => router.history.back()}
          >
            {t('common:action.back')}
          </Button>
          <Group gap="sm">
            <Title order={1}>
              <Words
                of="post:page.heading"
                values={{ client: post.clientName }}
                parts={{ client: <TextLink to="/clients/$id" params={{ id: post.clientId }} inherit c="inherit" /> }}
              />
            </Title>
            <PostStatusBadge post={post} />
          </Group>
          <PostOrigin post={post} withClient={false} />
        </Stack>
      }
      actions={<PostActions post={post} />}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
        <Box>
          <PreviewTabs
            post={editing.draft ?? post}
            shown={shown.target?.accountId}
            onShow={shown.show}
            terms={bannedTermsIn(post)}
          />
        </Box>
        <Stack gap="lg">
          {editing.draft === undefined && <TroublePanel post={post} onEdit={editing.begin} />}
          {post.status === 'rejected' && (
            <Alert color="gray" title={t('post:page.rejected')}>
              {post.rejectedReason ?? t('post:page.noReason')}
            </Alert>
          )}
          {editing.draft === undefined && <ChangesPanel post={post} />}
          <TargetsPanel post={post} />
          <PostInsightsPanel post={post} />
          <Content post={post} editing={editing} target={shown.target} onShow={shown.show} />
          {editing.draft === undefined && <TikTokPanels post={post} />}
          <HistoryPanel post={post} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

function Content({
  post,
  editing,
  target,
  onShow,
}: {
  post: Post;
  editing: Editing;
  target: Target | undefined;
  onShow: (accountId: string) => void;
}) {
  const canEdit = editableStatuses.includes(post.status) && editing.draft === undefined;
  const [varying, variantsDialog] = useDisclosure(false);
  return (
    <Panel
      title={t('post:page.content')}
      actions={
        canEdit && (
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              leftSection={<IconSparkles size={15} />}
              onClick={variantsDialog.open}
            >
              {t('post:action.variants')}
            </Button>
            <Button
              variant="light"
              size="xs"
              leftSection={<IconPencil size={15} />}
              onClick={editing.begin}
              data-testid="edit"
            >
              {t('common:action.edit')}
            </Button>
          </Group>
        )
      }
    >
      {editing.draft === undefined ? (
        <>
          {canEdit && <WaitingChanges editing={editing} />}
          <PostFacts post={post} target={target} />
        </>
      ) : (
        <>
          {post.status === 'approved' && (
            <Text size="sm" c="dimmed" mb="md">
              {t('post:page.approvedNote')}
            </Text>
          )}
          <DraftEditor clientId={post.clientId} editing={editing} onShow={onShow} />
        </>
      )}
      <VariantsDialog post={post} target={target} opened={varying} onClose={variantsDialog.close} />
    </Panel>
  );
}

function PostSkeleton() {
  return (
    <Page title={t('post:page.title')} heading={<Skeleton height={64} width={320} />}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" aria-busy>
        <Skeleton height={580} maw={420} mx="auto" w="100%" radius="lg" />
        <Stack>
          <Skeleton height={120} radius="lg" />
          <Skeleton height={300} radius="lg" />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}
