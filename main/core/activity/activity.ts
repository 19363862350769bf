import type { ActivityRecord, Clock, Random, Repositories } from '../ports/index.ts';
import type { Changes } from './changes.ts';

export type Occurrence = Pick<ActivityRecord, 'actor' | 'kind' | 'message'> &
  Partial<Pick<ActivityRecord, 'level' | 'clientId' | 'postId' | 'accountId' | 'detail'>>;

/** Writes what happened into the activity log. */
export interface Activity {
  /** Pass a transaction's repositories to write it together with what it tells of. */
  record(occurrence: Occurrence, within?: Repositories): Promise<void>;
}

export function createActivity(deps: {
  store: Repositories;
  clock: Clock;
  random: Random;
  changes: Changes;
}): Activity {
  return {
    async record(occurrence, within = deps.store) {
      const id = deps.random.id();
      await within.activity.insert({
        id,
        at: deps.clock.now(),
        level: 'info',
        clientId: null,
        postId: null,
        accountId: null,
        detail: null,
        ...occurrence,
      });
      deps.changes.tell('activity.added', id, occurrence.clientId ?? null);
    },
  };
}
