import type { Core } from '../core.ts';
import { lastApproval } from '../pipeline/approvals.ts';
import { historyOf } from '../pipeline/history.ts';
import type { Implementer } from './router.ts';

/** What a person who reviews posts wants to know about one, and what the AI learns from the decisions. */
export function reviewProcedures(os: Implementer, core: Core) {
  const { lessons, variants } = core;
  const { store } = core.ports;
  return {
    review: {
      approval: os.review.approval.handler(async ({ input }) => ({ approval: await lastApproval(store, input.id) })),
      history: os.review.history.handler(async ({ input }) => ({
        items: await historyOf(store, input.id),
        nextCursor: null,
      })),
      variants: os.review.variants.handler(async ({ input }) => ({
        items: await variants.list(input.id),
        nextCursor: null,
      })),
      writeVariants: os.review.writeVariants.handler(({ input, context }) =>
        variants.write(input.id, input.accountId ?? null, context.actor),
      ),
    },

    lessons: {
      list: os.lessons.list.handler(async ({ input }) => ({ items: await lessons.list(input.id), nextCursor: null })),
      forget: os.lessons.forget.handler(async ({ input, context }) => {
        await lessons.forget(input.id, input.lessonId, context.actor);
        return { forgotten: true as const };
      }),
      restore: os.lessons.restore.handler(({ input, context }) =>
        lessons.restore(input.id, input.lessonId, context.actor),
      ),
    },
  };
}
