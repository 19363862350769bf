import { Text } from '@mantine/core';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { formatDay } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { wallTimeAt, ownZone } from '../../components/zoned-time.ts';
import { PostCard } from './PostCard.tsx';
import classes from './PostDays.module.css';

/** Posts under the day they are for, by this computer's calendar, in the order given. */
export function PostDays({ posts, withClient = true }: { posts: readonly Post[]; withClient?: boolean }) {
  const days = Map.groupBy(posts, (post) => wallTimeAt(post.scheduledFor, ownZone).slice(0, 10));
  return (
    <Panel flush className={classes.days}>
      {[...days.values()].map((ofDay) => (
        <section key={ofDay[0]?.id}>
          <Text component="h3" className={classes.day}>
            {ofDay[0] && formatDay(ofDay[0].scheduledFor)}
          </Text>
          {ofDay.map((post) => (
            <PostCard key={post.id} post={post} withClient={withClient} />
          ))}
        </section>
      ))}
    </Panel>
  );
}
