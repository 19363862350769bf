import type { Core } from '../core.ts';
import type { Implementer } from './router.ts';

/** Figures of posts and accounts. */
export function insightsProcedures(os: Implementer, { insights }: Core) {
  return {
    insights: {
      ofPost: os.insights.ofPost.handler(async ({ input }) => ({
        items: await insights.ofPost(input.id),
        nextCursor: null,
      })),
      ofClient: os.insights.ofClient.handler(async ({ input }) => ({
        items: await insights.ofClient(input.id, input.days),
        nextCursor: null,
      })),
      overview: os.insights.overview.handler(({ input }) => insights.overview(input)),
      best: os.insights.best.handler(async ({ input }) => ({ items: await insights.best(input), nextCursor: null })),
      times: os.insights.times.handler(({ input }) => insights.times(input)),
    },
  };
}
