import type { Change } from '../../shared/contract/events.ts';
import type { Core } from '../core/core.ts';
import { readStats } from '../core/insights/stats.ts';
import type { Log, Timer, Timers } from '../core/ports/index.ts';
import type { Standing } from './standing.ts';

/** Changes come in crowds. */
const gatherMs = 300;
/** Some of what counts changes without anybody telling: the time of the next post, a full disk. */
const lookEveryMs = 30_000;
const entriesRead = 100;

const telling: readonly Change['type'][] = ['post.changed', 'account.changed', 'control.changed', 'activity.added'];

/**
 * Watches how the app stands, by asking the core: it works without any page.
 * @param deps.onStanding is told whenever it may have changed
 * @param deps.onActivity is given the newest entries of the log, newest first, when there are new ones
 * @returns ends the watch
 */
export function watchCore(
  core: Core,
  deps: {
    timers: Timers;
    log: Log;
    onStanding(standing: Omit<Standing, 'isOnline'>): void;
    onActivity(entries: Awaited<ReturnType<typeof newestOf>>): void;
  },
): () => void {
  let timer: Timer | null = null;
  let isSoon = false;
  let isActivityNew = true;
  let isEnded = false;

  async function look(): Promise<void> {
    const wasActivityNew = isActivityNew;
    isActivityNew = false;
    const standing = await standingOf(core);
    if (isEnded) return;
    deps.onStanding(standing);
    if (!wasActivityNew) return;
    const entries = await newestOf(core);
    if (!isEnded) deps.onActivity(entries);
  }

  function lookIn(delayMs: number): void {
    timer?.cancel();
    timer = deps.timers.after(delayMs, () => {
      isSoon = false;
      look()
        .catch((error: unknown) => deps.log.warn('how the app stands could not be read', { error: String(error) }))
        .finally(() => {
          if (!isEnded && !isSoon) lookIn(lookEveryMs);
        });
    });
  }

  const unsubscribe = core.changes.subscribe(({ type }) => {
    if (!telling.includes(type)) return;
    if (type === 'activity.added') isActivityNew = true;
    if (isSoon) return;
    isSoon = true;
    lookIn(gatherMs);
  });
  lookIn(0);
  return () => {
    isEnded = true;
    timer?.cancel();
    unsubscribe();
  };
}

/** @throws what keeps the store from being read */
async function standingOf(core: Core): Promise<Omit<Standing, 'isOnline'>> {
  const { posts, accountsToReconnect, nextDueAt } = await readStats(core.ports, null);
  // The computer has just slept: that passes by itself within seconds.
  const halt = core.halts.list().find(({ code }) => code !== 'waking');
  return {
    phase: core.options.locked() === null ? 'working' : 'locked',
    isKilled: core.killSwitch.list().some(({ scope, engaged }) => scope === 'global' && engaged),
    halt: halt?.message ?? null,
    publishing: posts.publishing,
    needsYou: posts.held + posts.failed + posts.partly_published + accountsToReconnect,
    toReview: posts.in_review,
    nextDueAt: nextDueAt === null ? null : Date.parse(nextDueAt),
  };
}

async function newestOf({ ports }: Core) {
  return (await ports.store.activity.list({ limit: entriesRead })).items;
}
