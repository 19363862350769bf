import type { Budget } from '../../../shared/contract/usage.ts';
import type { Activity } from '../activity/activity.ts';
import { Conflict } from '../errors.ts';
import { AiFailure, type Ports, type Repositories, type Usage, type UsageRecord } from '../ports/index.ts';
import { budgetState, budgetsOver, tellOfBudget, usedUpWords } from '../usage/budgets.ts';

/** What a call is for, written down before it is made. */
export type Intent = Pick<UsageRecord, 'clientId' | 'postId' | 'provider' | 'model' | 'purpose' | 'intent'> & {
  /** Estimated price in millionths of a US dollar; counts until the true one is known. */
  estimateMicroUsd: number;
};

/** The book of paid calls: each has its row before it is made. */
export interface PaidCalls {
  byIntent(intent: string): Promise<UsageRecord | undefined>;
  /**
   * Writes an intent down, together with the check that the month's budgets have room for it: that of all clients
   * together, and the client's own. Whoever opens another at the same time finds this one counted.
   * @throws {Conflict} `budget`
   */
  open(intent: Intent, monthlyBudgetMicroUsd: number | null): Promise<UsageRecord>;
  /** The service has taken it; from now on its price stays counted whatever happens. */
  taken(call: UsageRecord, remoteId: string): Promise<void>;
  settle(call: UsageRecord, usage: Usage, within?: Repositories): Promise<void>;
  /** Ends a call that gave nothing. One whose outcome is not known stays open. */
  fail(call: UsageRecord, error: unknown): Promise<void>;
}

export function createPaidCalls(deps: Pick<Ports, 'store' | 'clock' | 'random'> & { activity: Activity }): PaidCalls {
  const { store, clock, random } = deps;
  return {
    byIntent: (intent) => store.usage.byIntent(intent),

    open: (intent, limitOfAll) =>
      refusing(deps, async (repositories) => {
        const now = clock.now();
        const budgets = await budgetsOver(repositories, intent.clientId, limitOfAll, now);
        requireRoom(budgets, intent.estimateMicroUsd);
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
        for (const budget of budgets) {
          const spentMicroUsd = budget.spentMicroUsd + intent.estimateMicroUsd;
          const state = budgetState(spentMicroUsd, budget.limitMicroUsd);
          // The last call that fits uses a budget up without stopping anything; only the one after it is told of that.
          if (state !== 'ok') await tellOfBudget(deps, repositories, { ...budget, spentMicroUsd, state: 'near' });
        }
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

class OverBudget extends Error {
  readonly budget: Budget;

  constructor(budget: Budget) {
    super('A paid call does not fit into its budget.');
    this.budget = budget;
  }
}

/** @throws {OverBudget} the first that has no room for `estimate` */
function requireRoom(budgets: readonly Budget[], estimate: number): void {
  const full = budgets.find(({ spentMicroUsd, limitMicroUsd }) => spentMicroUsd + estimate > limitMicroUsd);
  if (full !== undefined) throw new OverBudget(full);
}

/** A transaction; a budget without room is told of in one of its own, as the refused one leaves nothing behind. */
async function refusing<T>(
  deps: Pick<Ports, 'store' | 'clock'> & { activity: Activity },
  work: (repositories: Repositories) => Promise<T>,
): Promise<T> {
  try {
    return await deps.store.transaction(work);
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error;
    const { budget } = error;
    await deps.store.transaction((repositories) => tellOfBudget(deps, repositories, { ...budget, state: 'used_up' }));
    throw new Conflict('budget', usedUpWords(budget));
  }
}
