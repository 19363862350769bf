import { scheduleJob } from 'node-schedule';
import type { Clock, Recurrences, Timers } from '../core/ports/index.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** `setTimeout` fires at once above 2^31-1 ms; a day at a time is far below that. */
const longestDelayMs = 24 * 86_400_000;

export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), longestDelayMs));
    return { cancel: () => clearTimeout(timer) };
  },
};

/**
 * node-schedule behind the port. It goes silent when the wall clock steps back and fires in bursts
 * when it steps forward, so the clock guard arms everything anew after a jump.
 */
export const scheduledRecurrences: Recurrences = {
  every(cron, run) {
    const job = scheduleJob({ rule: cron, tz: 'Etc/UTC' }, () => run());
    return {
      cancel: () => job.cancel(),
      nextAt: () => job.nextInvocation()?.getTime() ?? null,
    };
  },
};
