import { Button, Center, Chip, Group, Tabs, Text } from '@mantine/core';
import { IconCalendarPlus, IconFilterOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import { type NeedKind, needKinds, needLooks, needOf } from './needs.ts';
import { PostDays } from './PostDays.tsx';
import { PostFilters } from './PostFilters.tsx';
import { countOf, type PostGroup, postGroupNames, postGroups } from './post-groups.ts';
import { rangeOf } from './post-range.ts';
import { WriteWeekButton } from './WriteWeekButton.tsx';
import { ButtonLink } from '../../components/links.tsx';

const UnfinishedDrafts = lazy(async () => ({
  default: (await import('../composer/UnfinishedDrafts.tsx')).UnfinishedDrafts,
}));

const route = getRouteApi('/frame/pipeline');

export function PostsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const group: PostGroup = filter.show ?? 'all';
  const stats = useQuery(orpc.stats.queryOptions());
  const statuses = postGroups[group].statuses;
  const range = rangeOf(filter, group);
  const posts = useInfiniteQuery(
    orpc.pipeline.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(statuses === null ? {} : { status: [...statuses] }),
        ...(filter.client === undefined ? {} : { clientId: filter.client }),
        ...range,
        cursor,
        limit: 100,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (before) => before,
    }),
  );
  const loaded = posts.data?.pages.flatMap(({ items }) => items) ?? [];
  const now = useNow();
  const need = group === 'attention' ? filter.need : undefined;
  const ofNetwork =
    filter.network === undefined
      ? loaded
      : loaded.filter((post) => post.targets.some(({ platform }) => platform === filter.network));
  const shown = need === undefined ? [...ofNetwork] : ofNetwork.filter((post) => needOf(post, now) === need);
  if (group === 'published') shown.reverse();
  const filtered =
    filter.client !== undefined || filter.network !== undefined || filter.from !== undefined || filter.to !== undefined;

  return (
    <Page title="Posts" description="Everything planned, waiting and published, for all clients.">
      <Tabs
        value={group}
        onChange={(show) =>
          void navigate({
            search: (before) => ({
              ...before,
              need: undefined,
              show: show === 'all' ? undefined : (show as PostGroup),
            }),
          })
        }
      >
        <Tabs.List>
          {postGroupNames.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              rightSection={filtered ? null : <Count value={stats.data && countOf(name, stats.data.posts)} />}
            >
              {postGroups[name].label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Group justify="space-between">
        <PostFilters
          filter={filter}
          onChange={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
        />
        <Text size="sm" c="dimmed">
          {range.from && filter.from === undefined
            ? group === 'published'
              ? 'The last 30 days'
              : 'From yesterday on'
            : ''}
        </Text>
      </Group>
      {group === 'attention' && (
        <NeedChips
          posts={ofNetwork}
          now={now}
          value={need}
          onChange={(chosen) => void navigate({ search: (before) => ({ ...before, need: chosen }) })}
        />
      )}
      {group === 'drafts' && (
        <Suspense>
          <UnfinishedDrafts clientId={filter.client} />
        </Suspense>
      )}
      {posts.isPending && (
        <Panel flush>
          <LoadingRows rows={6} height={76} />
        </Panel>
      )}
      {posts.isError && <Failure error={posts.error} retry={() => void posts.refetch()} />}
      {posts.isSuccess && shown.length === 0 && (
        <Panel>
          {filtered || need !== undefined ? (
            <NothingMatches clear={() => void navigate({ search: { show: filter.show } })} />
          ) : (
            <NothingYet group={group} />
          )}
        </Panel>
      )}
      {shown.length > 0 && <PostDays posts={shown} />}
      {posts.hasNextPage && (
        <Center>
          <Button variant="default" loading={posts.isFetchingNextPage} onClick={() => void posts.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </Page>
  );
}

/** The kinds of decision that wait, with how many posts wait for each; click to see only those. */
function NeedChips({
  posts,
  now,
  value,
  onChange,
}: {
  posts: readonly Post[];
  now: number;
  value: NeedKind | undefined;
  onChange: (need: NeedKind | undefined) => void;
}) {
  const kinds = Map.groupBy(posts, (post) => needOf(post, now));
  const present = needKinds.filter((kind) => kinds.has(kind) || kind === value);
  if (present.length === 0) return null;
  return (
    <Group gap={8} role="group" aria-label="Why they need you">
      {present.map((kind) => (
        <Chip
          key={kind}
          size="xs"
          variant="outline"
          checked={kind === value}
          onChange={(checked) => onChange(checked ? kind : undefined)}
        >
          {needLooks[kind].label} {kinds.get(kind)?.length ?? 0}
        </Chip>
      ))}
    </Group>
  );
}

function Count({ value }: { value: number | null | undefined }) {
  return value ? (
    <Text size="xs" c="dimmed" className="tabular">
      {value}
    </Text>
  ) : null;
}

function NothingMatches({ clear }: { clear: () => void }) {
  return (
    <Empty
      icon={IconFilterOff}
      title="No post matches"
      action={
        <Button variant="light" onClick={clear}>
          Clear filters
        </Button>
      }
    >
      Nothing here for this client, network and time.
    </Empty>
  );
}

function NothingYet({ group }: { group: PostGroup }) {
  const texts: Record<PostGroup, string> = {
    all: 'Let the AI write the coming week from a client’s brand and rules, or write a post yourself.',
    review: 'Nothing waits for review. Posts that the AI writes come here first.',
    scheduled: 'Nothing is scheduled. Approved posts come here until their time.',
    attention: 'Nothing needs you. Posts that failed or that only a person can decide come here.',
    published: 'Nothing was published in this time.',
    drafts: 'No drafts.',
    rejected: 'Nothing was rejected.',
  };
  return (
    <Empty
      icon={IconCalendarPlus}
      title={group === 'all' ? 'No posts yet' : 'Nothing here'}
      action={
        <Group justify="center">
          <WriteWeekButton />
          <ButtonLink to="/posts/new" variant="default">
            New post
          </ButtonLink>
        </Group>
      }
    >
      {texts[group]}
    </Empty>
  );
}
