import type { PublishingDeps } from './context.ts';

/** The calls that make something public, so that all under way can be ended at once. */
interface Calls {
  http: PublishingDeps['http'];
  /** Ends them. What became of them is not known then. */
  abort(): void;
}

export function createCalls(http: PublishingDeps['http']): Calls {
  let awake = new AbortController();
  return {
    http: (request, limits) => http(request, { ...limits, signal: awake.signal }),
    abort() {
      awake.abort(new Error('The computer slept, or its clock was set, while the answer was waited for.'));
      awake = new AbortController();
    },
  };
}
