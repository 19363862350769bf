import { Conflict } from '../errors.ts';
import { monthStartOf } from '../instants.ts';
import { AiFailure, type Ports, type Repositories, type Usage, type UsageRecord } from '../ports/index.ts';

/** What a call is for, written down before it is made. */
export type Intent = Pick<UsageRecord, 'clientId' | 'postId' | 'provider' | 'model' | 'purpose' | 'intent'> & {
  /** Estimated price in millionths of a US dollar; counts until the true one is known. */
  estimateMicroUsd: number;
};

/** The book of paid calls: each has its row before it is made. */
export interface PaidCalls {
  byIntent(intent: string): Promise<UsageRecord | undefined>;
  /**
   * Writes an intent down, together with the check that the month's budget has room for it.
   * @throws {Conflict} `budget`
   */
  open(intent: Intent, monthlyBudgetMicroUsd: number | null): Promise<UsageRecord>;
  /** The service has taken it; from now on its price stays counted whatever happens. */
  taken(call: UsageRecord, remoteId: string): Promise<void>;
  settle(call: UsageRecord, usage: Usage, within?: Repositories): Promise<void>;
  /** Ends a call that gave nothing. One whose outcome is not known stays open. */
  fail(call: UsageRecord, error: unknown): Promise<void>;
}

export function createPaidCalls({ store, clock, random }: Pick<Ports, 'store' | 'clock' | 'random'>): PaidCalls {
  return {
    byIntent: (intent) => store.usage.byIntent(intent),

    open: (intent, budget) =>
      store.transaction(async (repositories) => {
        const now = clock.now();
        if (budget !== null) await requireRoom(repositories, now, intent.estimateMicroUsd, budget);
        const { estimateMicroUsd, ...rest } = intent;
        const call: UsageRecord = {
          id: random.id(),
          ...rest,
          state: 'intent',
          remoteId: null,
          inputTokens: 0,
          outputTokens: 0,
          images: 0,
          videos: 0,
          costMicroUsd: estimateMicroUsd,
          latencyMs: null,
          error: null,
          createdAt: now,
          settledAt: null,
        };
        await repositories.usage.insert(call);
        return call;
      }),

    taken: (call, remoteId) => store.usage.update(call.id, { remoteId }),

    async settle(call, { inputTokens, outputTokens, images, videos, costMicroUsd, latencyMs, model }, within = store) {
      await within.usage.update(call.id, {
        state: 'settled',
        model,
        inputTokens,
        outputTokens,
        images,
        videos,
        costMicroUsd,
        latencyMs,
        error: null,
        settledAt: clock.now(),
      });
    },

    async fail(call, error) {
      const message = error instanceof AiFailure ? error.message : 'The call ended with an error of our own.';
      if (error instanceof AiFailure && error.kind === 'unknown') {
        await store.usage.update(call.id, { state: 'unknown', error: message });
        return;
      }
      const before = await store.usage.byIntent(call.intent);
      const wasTaken = (before?.remoteId ?? null) !== null;
      await store.usage.update(call.id, {
        state: 'failed',
        error: message,
        settledAt: clock.now(),
        ...(wasTaken ? {} : { costMicroUsd: 0 }),
      });
    },
  };
}

async function requireRoom({ usage }: Repositories, now: number, estimate: number, budget: number): Promise<void> {
  const { microUsd } = await usage.totals(monthStartOf(now), now + 1);
  if (microUsd + estimate <= budget) return;
  const limit = `$${(budget / 1_000_000).toFixed(2)}`;
  throw new Conflict('budget', `This month's AI budget of ${limit} is used up. Raise it in Settings to go on.`);
}
