import { Anchor, Button, Chip, Group, Tabs, Text } from '@mantine/core';
import { IconCalendarPlus, IconFilterOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import type { PostOrder } from '../../../shared/domain/post.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { formatNumber } from '../../components/format.ts';
import { LoadingRows } from '../../components/Loading.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { PostBoard } from './board/PostBoard.tsx';
import { BulkBar, mostAtOnce } from './bulk/BulkBar.tsx';
import { FilterBar } from './filter/FilterBar.tsx';
import { filterOf, isNarrow, type PostFilter, type PostSearch, searchOf } from './filter/post-filter.ts';
import { usePostsView } from './filter/use-posts-view.ts';
import { needKinds } from '../../../shared/domain/need.ts';
import { type PostGroup, postGroupNames, postGroups } from './post-groups.ts';
import { dayFromToday, rangeOf } from './post-range.ts';
import { clearSelection, select } from './selection.ts';
import { PostTable } from './table/PostTable.tsx';
import { useGroupCounts, useNeedCounts, usePosts } from './use-posts.ts';
import { WriteWeekButton } from './WriteWeekButton.tsx';

const UnfinishedDrafts = lazy(async () => ({
  default: (await import('../composer/UnfinishedDrafts.tsx')).UnfinishedDrafts,
}));

const route = getRouteApi('/frame/pipeline');

/** All posts of all clients, found by one filter, as a table or as a board. */
export function PostsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = useCallback((next: PostSearch) => void navigate({ search: next }), [navigate]);
  const { view, setView } = usePostsView(search, go);
  const filter = useMemo(() => filterOf(search), [search]);
  const counts = useGroupCounts(filter);
  const { sort } = search;
  const setFilter = (next: PostFilter) => go({ ...searchOf(next), view: search.view, sort });
  // What is selected is what is seen: another filter or view starts anew.
  useEffect(() => clearSelection, [filter, view]);

  return (
    <Page title={t('posts:page.title')} description={t('posts:page.description')}>
      {view === 'table' && <GroupTabs filter={filter} counts={counts} onChange={setFilter} />}
      <FilterBar
        filter={filter}
        view={view}
        onChange={setFilter}
        onView={setView}
        note={<RangeNote filter={filter} onChange={setFilter} />}
      />
      {view === 'board' ? (
        <Board filter={filter} counts={counts} />
      ) : (
        <Table
          filter={filter}
          order={sort ?? (isOnly(filter, 'published') ? 'latest' : 'time')}
          counts={counts}
          onFilter={setFilter}
          onOrder={(order) => go({ ...search, sort: order })}
        />
      )}
    </Page>
  );
}

type Counts = (group: PostGroup) => number | null;

function Table({
  filter,
  order,
  counts,
  onFilter,
  onOrder,
}: {
  filter: PostFilter;
  order: PostOrder;
  counts: Counts;
  onFilter: (filter: PostFilter) => void;
  onOrder: (order: PostOrder) => void;
}) {
  const { query, posts } = usePosts(filter, order);
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const loadMore = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  const groups = filter.groups.length === 0 ? (['all'] as const) : filter.groups;
  const total = useTotal(filter, groups.map(counts));
  /** Shows all that match, up to a limit, and selects what is shown: nothing is changed unseen. */
  const selectAll = async () => {
    let pages = query.data?.pages ?? [];
    let more: boolean = hasNextPage;
    while (more && pages.reduce((sum, { items }) => sum + items.length, 0) < mostAtOnce) {
      const next = await fetchNextPage();
      pages = next.data?.pages ?? pages;
      more = next.hasNextPage && !next.isError;
    }
    select([...new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)))].slice(0, mostAtOnce));
  };

  return (
    <>
      {isOnly(filter, 'drafts') && (
        <Suspense>
          <UnfinishedDrafts clientId={filter.clients.length === 1 ? filter.clients[0] : undefined} />
        </Suspense>
      )}
      {isOnly(filter, 'attention') && <NeedChips filter={filter} onChange={onFilter} />}
      {query.isPending && (
        <Panel flush>
          <LoadingRows rows={7} height={68} />
        </Panel>
      )}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && posts.length === 0 && !hasNextPage && (
        <Panel>
          {isNarrow(filter) ? (
            <NothingMatches clear={() => onFilter({ groups: filter.groups, clients: [], networks: [], text: '' })} />
          ) : (
            <NothingYet group={groups.length === 1 ? (groups[0] ?? 'all') : 'all'} />
          )}
        </Panel>
      )}
      {(posts.length > 0 || hasNextPage) && (
        <PostTable posts={posts} order={order} onOrder={onOrder} hasMore={hasNextPage} loadMore={loadMore} />
      )}
      {posts.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('posts:table.keys')}
        </Text>
      )}
      <BulkBar posts={posts} total={total} selectAll={selectAll} />
    </>
  );
}

/** How many posts match; null while that is not known. @param ofGroups how many each group of the filter has */
function useTotal(filter: PostFilter, ofGroups: readonly (number | null)[]): number | null {
  const needs = useNeedCounts(filter);
  if (filter.need !== undefined) return needs?.[filter.need] ?? null;
  return ofGroups.some((count) => count === null)
    ? null
    : ofGroups.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function Board({ filter, counts }: { filter: PostFilter; counts: Counts }) {
  const [columns, setColumns] = useState<ReadonlyMap<string, readonly Post[]>>(new Map());
  const onLoaded = useCallback((column: string, posts: readonly Post[]) => {
    setColumns((before) => {
      const known = before.get(column) ?? [];
      const isSame = known.length === posts.length && known.every((post, index) => post === posts[index]);
      return isSame ? before : new Map([...before, [column, posts]]);
    });
  }, []);
  return (
    <>
      <PostBoard filter={filter} countOf={counts} onLoaded={onLoaded} />
      <BulkBar posts={[...columns.values()].flat()} total={null} />
    </>
  );
}

function GroupTabs({
  filter,
  counts,
  onChange,
}: {
  filter: PostFilter;
  counts: Counts;
  onChange: (filter: PostFilter) => void;
}) {
  const { groups } = filter;
  return (
    <Tabs
      value={groups.length > 1 ? null : (groups[0] ?? 'all')}
      onChange={(name) =>
        onChange({ ...filter, need: undefined, groups: name === null || name === 'all' ? [] : [name as PostGroup] })
      }
    >
      <Tabs.List>
        {postGroupNames.map((name) => (
          <Tabs.Tab key={name} value={name} rightSection={<Count value={counts(name)} />}>
            {t(postGroups[name].label)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

/** What is left out without anybody having said so, and the way to it. */
function RangeNote({ filter, onChange }: { filter: PostFilter; onChange: (filter: PostFilter) => void }) {
  const isUsual = filter.from === undefined && rangeOf(filter).from !== undefined;
  if (!isUsual) return null;
  const isPublished = filter.groups.includes('published');
  return (
    <Text size="sm" c="dimmed">
      {t(isPublished ? 'posts:range.lastMonth' : 'posts:range.sinceYesterday')}
      {' · '}
      <Anchor
        component="button"
        type="button"
        size="sm"
        onClick={() => onChange({ ...filter, from: dayFromToday(-365) })}
      >
        {t('posts:range.earlier')}
      </Anchor>
    </Text>
  );
}

/** The kinds of decision that wait, with how many posts wait for each; click to see only those. */
function NeedChips({ filter, onChange }: { filter: PostFilter; onChange: (filter: PostFilter) => void }) {
  const counts = useNeedCounts(filter);
  const present = needKinds.filter((kind) => (counts?.[kind] ?? 0) > 0 || kind === filter.need);
  if (present.length === 0) return null;
  return (
    <Group gap={8} role="group" aria-label={t('posts:need.which')}>
      {present.map((kind) => (
        <Chip
          key={kind}
          size="xs"
          variant="outline"
          checked={kind === filter.need}
          onChange={(checked) => onChange({ ...filter, need: checked ? kind : undefined })}
        >
          {t('posts:need.chip', { label: t(`posts:need.${kind}.label`), count: counts?.[kind] ?? 0 })}
        </Chip>
      ))}
    </Group>
  );
}

function Count({ value }: { value: number | null }) {
  return value ? (
    <Text size="xs" c="dimmed" className="tabular">
      {formatNumber(value)}
    </Text>
  ) : null;
}

function NothingMatches({ clear }: { clear: () => void }) {
  return (
    <Empty
      icon={IconFilterOff}
      title={t('posts:empty.noMatch')}
      action={
        <Button variant="light" onClick={clear}>
          {t('posts:filter.clear')}
        </Button>
      }
    >
      {t('posts:empty.noMatchText')}
    </Empty>
  );
}

function NothingYet({ group }: { group: PostGroup }) {
  return (
    <Empty
      icon={IconCalendarPlus}
      title={t(group === 'all' ? 'posts:empty.none' : 'posts:empty.noneHere')}
      action={
        <Group justify="center">
          <WriteWeekButton />
          <ButtonLink to="/posts/new" variant="default">
            {t('posts:empty.newPost')}
          </ButtonLink>
        </Group>
      }
    >
      {t(`posts:empty.${group}`)}
    </Empty>
  );
}

function isOnly({ groups }: PostFilter, group: PostGroup): boolean {
  return groups.length === 1 && groups[0] === group;
}
