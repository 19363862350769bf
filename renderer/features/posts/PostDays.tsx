import { Text } from '@mantine/core';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { formatDay } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { wallTimeAt, ownZone } from '../../components/zoned-time.ts';
import { PostCard } from './PostCard.tsx';
import classes from './PostDays.module.css';

/** Posts under the day they are for, by the calendar of `zone` (this computer's by default), in the order given. */
export function PostDays({
  posts,
  withClient = true,
  zone = ownZone,
}: {
  posts: readonly Post[];
  withClient?: boolean;
  zone?: string;
}) {
  const days = Map.groupBy(posts, (post) => wallTimeAt(post.scheduledFor, zone).slice(0, 10));
  return (
    <Panel flush className={classes.days}>
      {[...days.values()].map((ofDay) => (
        <section key={ofDay[0]?.id}>
          <Text component="h2" className={classes.day}>
            {ofDay[0] && formatDay(ofDay[0].scheduledFor, zone)}
          </Text>
          {ofDay.map((post) => (
            <PostCard key={post.id} post={post} withClient={withClient} />
          ))}
        </section>
      ))}
    </Panel>
  );
}
