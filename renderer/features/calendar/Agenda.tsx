import { Button, Center, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { postStatuses } from '../../../shared/domain/post.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDay } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { instantAt } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { PostCard } from '../posts/PostCard.tsx';
import dayClasses from '../posts/PostDays.module.css';
import classes from './calendar.module.css';
import { timeOf } from './calendar-view.ts';
import type { Entry, Gap } from './entries.ts';
import { timeThere } from './EntryBody.tsx';
import type { Asked } from './use-calendar-posts.ts';

/** Rows shown before somebody asks for more: each of them is a lot to draw. */
const pageRows = 100;
const shownStatuses = postStatuses.filter((status) => status !== 'rejected');

/** The days one below the other, with their posts and free slots. */
export function Agenda({
  asked,
  entries,
  zone,
  withClient,
  onWrite,
}: {
  /** What the entries were asked for with. */
  asked: Asked & { network?: Platform };
  entries: readonly Entry[];
  zone: string;
  withClient: boolean;
  onWrite: (gap: Gap) => void;
}) {
  const [rows, setRows] = useState(pageRows);
  const whole = useWholePosts(asked);
  const days = Map.groupBy(entries.slice(0, rows), ({ wall }) => wall.slice(0, 10));
  return (
    <>
      {whole.error !== null && <Failure error={whole.error} retry={whole.more} />}
      <Panel flush className={dayClasses.days}>
        {[...days].map(([day, ofDay]) => (
          <section key={day}>
            <Text component="h2" className={dayClasses.day}>
              {formatDay(instantAt(`${day}T12:00`, zone), zone)}
            </Text>
            {ofDay.map((entry) => (
              <Row
                key={entry.id}
                {...{ entry, zone, withClient, onWrite }}
                post={entry.kind === 'post' ? whole.posts.get(entry.post.id) : undefined}
              />
            ))}
          </section>
        ))}
      </Panel>
      {entries.length > rows && (
        <Center mt="md">
          <Button
            variant="default"
            onClick={() => {
              setRows(rows + pageRows);
              whole.more();
            }}
          >
            {t('common:action.showMore')}
          </Button>
        </Center>
      )}
    </>
  );
}

/** The posts as their rows show them, by id: those of as many rows as are shown. A row may be a free slot, so there are enough. */
function useWholePosts(asked: Asked & { network?: Platform }) {
  const query = useInfiniteQuery(
    orpc.pipeline.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...asked, status: shownStatuses, cursor, limit: pageRows }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (before) => before,
    }),
  );
  const posts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return {
    posts: new Map(posts.map((post) => [post.id, post])),
    error: query.error,
    more: () => void query.fetchNextPage(),
  };
}

function Row({
  entry,
  post,
  zone,
  withClient,
  onWrite,
}: {
  entry: Entry;
  /** The whole of the entry's post; undefined until it is there. */
  post: Post | undefined;
  zone: string;
  withClient: boolean;
  onWrite: (gap: Gap) => void;
}) {
  if (entry.kind === 'post') {
    return post === undefined ? (
      <Skeleton height={56} m="md" w="auto" />
    ) : (
      <PostCard post={post} withClient={withClient} />
    );
  }
  if (entry.kind === 'more') return null;
  const { gap } = entry;
  const there = timeThere(entry, zone);
  return (
    <div className={classes.gapRow}>
      <span className={classes.gapWords}>
        <b className="tabular">{timeOf(entry.wall)}</b>
        <span>{withClient ? t('calendar:agenda.gapOf', { client: gap.clientName }) : t('calendar:agenda.gap')}</span>
        {there !== null && <span>{there}</span>}
      </span>
      <Button size="compact-sm" variant="subtle" onClick={() => onWrite(gap)}>
        {t('calendar:agenda.write')}
      </Button>
    </div>
  );
}
