import type { Core } from '../core.ts';
import type { Implementer } from './router.ts';

/** What people are writing, and the help they can ask for. */
export function writingProcedures(os: Implementer, core: Core) {
  const { drafts, assist } = core;
  return {
    drafts: {
      list: os.drafts.list.handler(async ({ input }) => ({
        items: await drafts.list(input.clientId),
        nextCursor: null,
      })),
      get: os.drafts.get.handler(({ input }) => drafts.get(input.id)),
      put: os.drafts.put.handler(({ input, context }) => drafts.put(input, context.actor)),
      apply: os.drafts.apply.handler(({ input, context }) => drafts.apply(input, context.actor)),
      discard: os.drafts.discard.handler(async ({ input }) => {
        await drafts.discard(input.id);
        return { discarded: true as const };
      }),
    },

    assist: {
      rewrite: os.assist.rewrite.handler(({ input: { id, ...passage } }) => assist.rewrite(id, passage)),
    },
  };
}
