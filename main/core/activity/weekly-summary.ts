import { Temporal } from 'temporal-polyfill';
import type { PostStatus } from '../../../shared/domain/post.ts';
import type { Activity } from './activity.ts';
import type { Ports } from '../ports/index.ts';
import type { AgencySettings } from '../settings/settings.ts';
import { inDollars } from '../usage/budgets.ts';

/** Tells once a week, in one entry of the log, how the week before went. */
export interface WeeklySummary {
  /** From Monday at eight on by the agency's clock, or as soon after as the app runs; not in the week of its first start. */
  tellWhenDue(): Promise<void>;
  /** Tells it now. */
  tell(): Promise<void>;
}

const toldKey = 'summary.toldIn';
const tellsFrom = 8;

export function createWeeklySummary(
  deps: Pick<Ports, 'store' | 'clock'> & { activity: Activity; settings: Pick<AgencySettings, 'get'> },
): WeeklySummary {
  const { store, clock } = deps;

  async function here(): Promise<{ now: Temporal.ZonedDateTime; monday: Temporal.ZonedDateTime }> {
    const zone = (await deps.settings.get()).agencyTimezone ?? 'UTC';
    const now = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(zone);
    return { now, monday: now.startOfDay().subtract({ days: now.dayOfWeek - 1 }) };
  }

  async function tell(): Promise<void> {
    const { monday } = await here();
    const message = summaryOf(await figuresOf(store, monday));
    await store.transaction(async (repositories) => {
      await repositories.settings.put(toldKey, monday.toPlainDate().toString(), clock.now());
      await deps.activity.record({ actor: 'job:weekly-summary', kind: 'summary.weekly', message }, repositories);
    });
  }

  return {
    tell,
    async tellWhenDue() {
      const { now, monday } = await here();
      const week = monday.toPlainDate().toString();
      const toldIn = await store.settings.get(toldKey);
      if (toldIn === undefined) await store.settings.put(toldKey, week, clock.now());
      if (
        toldIn === undefined ||
        toldIn === week ||
        now.epochMilliseconds < monday.add({ hours: tellsFrom }).epochMilliseconds
      )
        return;
      await tell();
    },
  };
}

interface Figures {
  wentOut: number;
  failed: number;
  /** Of posts that are still to come. */
  toReview: number;
  /** Millionths of a US dollar. */
  spent: number;
}

/** The summary for a person; pure. */
export function summaryOf({ wentOut, failed, toReview, spent }: Figures): string {
  const sentences = [
    wentOut === 1 ? '1 post went out last week.' : `${wentOut} posts went out last week.`,
    ...(failed === 0 ? [] : [failed === 1 ? '1 post failed.' : `${failed} posts failed.`]),
    reviewWords(toReview),
    `AI cost ${inDollars(spent)}.`,
  ];
  return sentences.join(' ');
}

function reviewWords(posts: number): string {
  if (posts === 0) return 'Nothing waits for your review.';
  return posts === 1 ? '1 post waits for your review.' : `${posts} posts wait for your review.`;
}

/** @param monday the beginning of this week */
async function figuresOf({ posts, usage }: Ports['store'], monday: Temporal.ZonedDateTime): Promise<Figures> {
  const [from, to] = [monday.subtract({ weeks: 1 }).epochMilliseconds, monday.epochMilliseconds];
  async function count(statuses: readonly PostStatus[]): Promise<number> {
    let found = 0;
    let cursor: string | undefined;
    do {
      const page = await posts.list({ statuses, from, to, limit: 200, cursor });
      found += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }
  return {
    wentOut: await count(['published', 'partly_published']),
    failed: await count(['failed']),
    toReview: (await posts.countByStatus()).in_review ?? 0,
    spent: (await usage.totals(from, to)).microUsd,
  };
}
