import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, day, startAgency } from '../../../test/agency.ts';
import { createActivity } from '../activity/activity.ts';
import { createPaidCalls, type Intent, type PaidCalls } from '../generation/paid-calls.ts';
import { budgetState } from './budgets.ts';

const dollar = 1_000_000;

let agency: Agency;
let calls: PaidCalls;
let clientId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId } = await connectedClient(agency));
  calls = createPaidCalls({
    ...agency.ports,
    activity: createActivity({ ...agency.ports, changes: agency.core.changes }),
  });
});

function intent(number: number, microUsd: number, of: string | null = clientId): Intent {
  return {
    clientId: of,
    postId: null,
    provider: 'groq',
    model: 'a/b',
    purpose: 'caption',
    intent: `caption/${number}`,
    estimateMicroUsd: microUsd,
  };
}

const kinds = async () => (await agency.api.logs({ topics: 'budget' })).items.map(({ kind }) => kind);

describe('a budget', () => {
  it('is near from 80 % on, and used up at all of it', () => {
    expect(budgetState(79, 100)).toBe('ok');
    expect(budgetState(80, 100)).toBe('near');
    expect(budgetState(100, 100)).toBe('used_up');
    expect(budgetState(0, 0)).toBe('used_up');
  });

  it('of a client stops its calls, in a sentence that says which and where it is raised', async () => {
    await agency.api.usage.setBudget({ id: clientId, monthlyMicroUsd: 2 * dollar });
    await calls.open(intent(1, 2 * dollar), null);
    await expect(calls.open(intent(2, 1), null)).rejects.toMatchObject({
      reason: 'budget',
      message: "This month's AI budget of $2.00 for Café Uno is used up. Raise it under Activity → Usage to go on.",
    });
    const other = await agency.api.clients.create({ name: 'Other' });
    await calls.open(intent(3, dollar, other.id), null);
  });

  it('of all together holds for each client, whatever its own', async () => {
    await agency.api.usage.setBudget({ id: clientId, monthlyMicroUsd: 9 * dollar });
    await calls.open(intent(1, dollar), dollar);
    await expect(calls.open(intent(2, 1), dollar)).rejects.toMatchObject({ reason: 'budget' });
  });

  it('never pays for more than fits, however many ask at once', async () => {
    await agency.api.usage.setBudget({ id: clientId, monthlyMicroUsd: 5 * dollar });
    const asked = Array.from({ length: 20 }, (_, number) => calls.open(intent(number, dollar), 100 * dollar));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(refused).toHaveLength(15);
    for (const reason of refused) expect(reason).toMatchObject({ name: 'Conflict', reason: 'budget' });
    expect((await agency.api.usage.month({})).total.microUsd).toBe(5 * dollar);
  });

  it('is told of once at 80 % and once when it is used up', async () => {
    await agency.api.usage.setBudget({ id: clientId, monthlyMicroUsd: 10 * dollar });
    await calls.open(intent(1, 7 * dollar), null);
    expect(await kinds()).toEqual(['budget.changed']);
    await calls.open(intent(2, dollar), null);
    await calls.open(intent(3, dollar), null);
    expect(await kinds()).toEqual(['budget.near', 'budget.changed']);
    for (const number of [4, 5]) await calls.open(intent(number, 2 * dollar), null).catch(() => null);
    expect(await kinds()).toEqual(['budget.used_up', 'budget.near', 'budget.changed']);
  });

  it('is told of again when another one is used up, and in the next month', async () => {
    await calls.open(intent(1, dollar), dollar);
    await calls.open(intent(2, dollar), 2 * dollar);
    expect(await kinds()).toEqual(['budget.near', 'budget.near']);
    agency.time.stand(30 * day);
    await calls.open(intent(3, dollar), dollar);
    expect(await kinds()).toHaveLength(3);
  });

  it('is on the first page while it is tight', async () => {
    await agency.api.settings.update({ monthlyBudgetMicroUsd: 10 * dollar });
    expect((await agency.api.stats()).budgets).toEqual([]);
    await agency.api.usage.setBudget({ id: clientId, monthlyMicroUsd: 8 * dollar });
    await calls.open(intent(1, 8 * dollar), 10 * dollar);
    expect((await agency.api.stats()).budgets).toEqual([
      { clientId: null, clientName: null, limitMicroUsd: 10 * dollar, spentMicroUsd: 8 * dollar, state: 'near' },
      { clientId, clientName: 'Café Uno', limitMicroUsd: 8 * dollar, spentMicroUsd: 8 * dollar, state: 'used_up' },
    ]);
  });

  it('can be taken away again', async () => {
    await agency.api.usage.setBudget({ id: clientId, monthlyMicroUsd: 0 });
    await expect(calls.open(intent(1, 1), null)).rejects.toMatchObject({ reason: 'budget' });
    await agency.api.usage.setBudget({ id: clientId, monthlyMicroUsd: null });
    await calls.open(intent(1, 1), null);
    await expect(agency.api.usage.setBudget({ id: 'nobody', monthlyMicroUsd: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
