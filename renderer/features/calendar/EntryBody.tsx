import type { Post } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { count, formatTime } from '../../components/format.ts';
import { postStatusLooks } from '../../components/status.tsx';
import { showSameTime, zoneCity } from '../../components/zoned-time.ts';
import classes from './calendar.module.css';
import type { Entry } from './entries.ts';

/** What stands in one entry of a calendar whose clock is that of `zone`. */
export function EntryBody({
  entry,
  zone,
  oneLine,
  withClient,
}: {
  entry: Entry;
  zone: string;
  oneLine: boolean;
  withClient: boolean;
}) {
  if (entry.kind === 'more') return <>+{entry.count} more</>;
  const time = <span className={classes.time}>{entry.wall.slice(11)}</span>;
  const there = timeThere(entry, zone);
  if (entry.kind === 'gap') {
    return (
      <span className={classes.body} data-one-line={oneLine || undefined}>
        {time}
        {there !== null && !oneLine && <span>{there}</span>}
        <span className={classes.words}>{withClient ? `${entry.gap.clientName}: free` : 'Free slot'}</span>
      </span>
    );
  }
  const { post } = entry;
  const Icon = postStatusLooks[post.status].icon;
  return (
    <span className={classes.body} data-one-line={oneLine || undefined}>
      <Icon size={13} />
      {time}
      {there !== null && !oneLine && <span>{there}</span>}
      <span className={classes.words}>{withClient ? `${post.clientName} · ${captionOf(post)}` : captionOf(post)}</span>
    </span>
  );
}

/** The entry as a sentence, for screen readers. */
export function entryWords(entry: Entry, zone: string): string {
  if (entry.kind === 'more') return `${count(entry.count, 'more entry', 'more entries')}: show the day`;
  const there = timeThere(entry, zone);
  const time = there === null ? entry.wall.slice(11) : `${entry.wall.slice(11)} (${there})`;
  if (entry.kind === 'gap') return `${time}, free slot of ${entry.gap.clientName}: write a post`;
  const { post } = entry;
  const networks = post.targets.map(({ platform }) => platformNames[platform]).join(', ');
  return [
    time,
    post.clientName,
    postStatusLooks[post.status].label,
    ...(networks === '' ? [] : [networks]),
    captionOf(post),
  ].join(', ');
}

/** `03:00 in New York` for what has a clock of its own that shows another time than the calendar's. */
export function timeThere(entry: Exclude<Entry, { kind: 'more' }>, zone: string): string | null {
  const [at, own] =
    entry.kind === 'post' ? [entry.post.scheduledFor, entry.post.timezone] : [entry.gap.at, entry.gap.timezone];
  return showSameTime(at, own, zone) ? null : `${formatTime(at, own)} in ${zoneCity(own)}`;
}

function captionOf({ caption }: Post): string {
  return caption.trim() === '' ? 'No caption yet' : caption;
}
