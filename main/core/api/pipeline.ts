import type { Platform } from '../../../shared/domain/platform.ts';
import type { PostStatus } from '../../../shared/domain/post.ts';
import type { Core } from '../core.ts';
import type { PostWish } from '../pipeline/pipeline.ts';
import type { Implementer } from './router.ts';

/** Posts on their way. */
export function pipelineProcedures(os: Implementer, core: Core) {
  const { pipeline, generation } = core;
  const procedures = os.pipeline;
  return {
    pipeline: {
      list: procedures.list.handler(({ input: { cursor, limit, order, ...conditions } }) =>
        pipeline.list({ cursor, limit, order, ...wishOf(conditions) }),
      ),
      counts: procedures.counts.handler(async ({ input }) => ({ counts: await pipeline.counts(wishOf(input)) })),
      needs: procedures.needs.handler(async ({ input }) => ({ needs: await pipeline.needs(wishOf(input)) })),
      calendar: procedures.calendar.handler(async ({ input }) => ({ items: await pipeline.calendar(input) })),
      bulk: procedures.bulk.handler(async ({ input, context }) => ({
        results: await pipeline.bulk(input, context.actor),
      })),
      get: procedures.get.handler(({ input }) => pipeline.get(input.id)),
      create: procedures.create.handler(({ input, context }) => pipeline.create(input, context.actor)),
      update: procedures.update.handler(({ input: { id, ...change }, context }) =>
        pipeline.update(id, change, context.actor),
      ),
      delete: procedures.delete.handler(async ({ input, context }) => {
        await pipeline.delete(input.id, context.actor);
        return { deleted: true as const };
      }),
      approve: procedures.approve.handler(({ input, context }) =>
        pipeline.approve(input.id, input.contentHash, context.actor),
      ),
      restore: procedures.restore.handler(({ input, context }) => pipeline.restore(input.id, context.actor)),
      reopen: procedures.reopen.handler(({ input, context }) => pipeline.reopen(input.id, context.actor)),
      reject: procedures.reject.handler(({ input, context }) => pipeline.reject(input.id, input.reason, context.actor)),
      reschedule: procedures.reschedule.handler(({ input, context }) =>
        pipeline.reschedule(input.id, input.scheduledFor, context.actor),
      ),
      publishNow: procedures.publishNow.handler(({ input, context }) => pipeline.publishNow(input.id, context.actor)),
      retry: procedures.retry.handler(({ input, context }) => pipeline.retry(input.id, context.actor)),
      resolve: procedures.resolve.handler(({ input: { id, ...answer }, context }) =>
        pipeline.resolve({ postId: id, ...answer }, context.actor),
      ),
      logs: procedures.logs.handler(async ({ input }) => ({ items: await pipeline.logs(input.id), nextCursor: null })),
      estimate: procedures.estimate.handler(({ input }) => generation.estimate(input.clientId, input.days)),
      write: procedures.write.handler(async ({ input, context }) => ({
        items: await generation.write(input.clientIds, input.days, context.actor),
      })),
      progress: procedures.progress.handler(() => ({ items: generation.progress() })),
      stopWriting: procedures.stopWriting.handler(({ input }) => ({ items: generation.stop(input.clientId) })),
      generate: procedures.generate.handler(({ input, context }) =>
        generation.generateForClient(input.clientId, input.days, context.actor),
      ),
    },
  };
}

interface Conditions extends Pick<PostWish, 'from' | 'to' | 'search' | 'need'> {
  clientId?: string | string[];
  status?: PostStatus | PostStatus[];
  network?: Platform | Platform[];
}

function wishOf({ clientId, status, network, ...rest }: Conditions): PostWish {
  return { ...rest, clientIds: listOf(clientId), statuses: listOf(status), platforms: listOf(network) };
}

function listOf<T extends string>(given: T | T[] | undefined): T[] | undefined {
  return typeof given === 'string' ? [given] : given;
}
