import { VisuallyHidden } from '@mantine/core';
import { IconCircleDashed } from '@tabler/icons-react';
import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { isStory } from '../../../shared/domain/story.ts';
import { formatList } from '../../components/format.ts';
import { postStatusLooks } from '../../components/status.tsx';
import { showSameTime, wallTimeAt, zoneCity } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './calendar.module.css';
import { timeOf } from './calendar-view.ts';
import type { Entry } from './entries.ts';

/** What stands in one entry of a calendar whose clock is that of `zone`, and the rest of it for screen readers. */
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
  if (entry.kind === 'more' && entry.isAll) {
    return (
      <span className={classes.body}>
        <span className={classes.time}>{timeOf(entry.wall)}</span>
        <span className={classes.words}>{t('calendar:entry.together', { count: entry.count })}</span>
        <VisuallyHidden>{t('calendar:entry.showDay')}</VisuallyHidden>
      </span>
    );
  }
  if (entry.kind === 'more') {
    return (
      <>
        {t('calendar:entry.more', { count: entry.count })}
        <VisuallyHidden>{t('calendar:entry.showDay')}</VisuallyHidden>
      </>
    );
  }
  const there = timeThere(entry, zone);
  const isThereSeen = there !== null && !oneLine;
  const what = whatOf(entry, withClient);
  return (
    <span className={classes.body} data-one-line={oneLine || undefined}>
      {what.icon}
      <span className={classes.time}>{timeOf(entry.wall)}</span>
      {isThereSeen && <span className={classes.there}>{there}</span>}
      <span className={classes.words}>{what.words}</span>
      <VisuallyHidden>
        {there !== null && !isThereSeen && `, ${there}`}
        {what.unseen}
      </VisuallyHidden>
    </span>
  );
}

function whatOf(entry: Exclude<Entry, { kind: 'more' }>, withClient: boolean) {
  if (entry.kind === 'gap') {
    return {
      icon: null,
      words: withClient ? t('calendar:entry.gapOf', { client: entry.gap.clientName }) : t('calendar:entry.gap'),
      unseen: t('calendar:entry.gapHint'),
    };
  }
  const { post } = entry;
  const { icon: Icon, label: labelKey } = postStatusLooks[post.status];
  const label = t(labelKey);
  const networks = post.targets.map(({ platform, options }) =>
    isStory(options) ? t('composer:story.on', { network: platformNames[platform] }) : platformNames[platform],
  );
  const isOnlyStory = post.targets.length > 0 && post.targets.every(({ options }) => isStory(options));
  return {
    icon: (
      <>
        <Icon size={13} />
        {isOnlyStory && <IconCircleDashed size={13} />}
      </>
    ),
    words: withClient
      ? t('calendar:entry.post', { client: post.clientName, caption: captionOf(post) })
      : captionOf(post),
    unseen: t('calendar:entry.facts', { facts: formatList([label, ...networks]) }),
  };
}

/** `03:00 in New York` for what has a clock of its own that shows another time than the calendar's. */
export function timeThere(entry: Exclude<Entry, { kind: 'more' }>, zone: string): string | null {
  const [at, own] =
    entry.kind === 'post' ? [entry.post.scheduledFor, entry.post.timezone] : [entry.gap.at, entry.gap.timezone];
  if (showSameTime(at, own, zone)) return null;
  return t('calendar:entry.elsewhere', { time: timeOf(wallTimeAt(at, own)), city: zoneCity(own) });
}

function captionOf({ caption }: CalendarPost): string {
  return caption.trim() === '' ? t('common:noCaption') : caption;
}
