import type { Budget, BudgetState } from '../../../shared/contract/usage.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { Activity } from '../activity/activity.ts';
import { monthStartOf } from '../instants.ts';
import type { Ports, Repositories } from '../ports/index.ts';

/** Share of a budget from which on people are warned. */
const nearShare = 0.8;

/** How far a budget is used; pure. Both in millionths of a US dollar. */
export function budgetState(spent: number, limit: number): BudgetState {
  if (spent >= limit) return 'used_up';
  return spent >= limit * nearShare ? 'near' : 'ok';
}

/**
 * The budgets that a client's paid calls must fit into: that of all together and the client's own, as they stand in the
 * calendar month (UTC) of `now`. Intents count with their estimates.
 * @param limitOfAll in millionths of a US dollar; null for none
 */
export async function budgetsOver(
  { usage, clients }: Pick<Repositories, 'usage' | 'clients'>,
  clientId: string | null,
  limitOfAll: number | null,
  now: number,
): Promise<Budget[]> {
  const [from, to] = [monthStartOf(now), now + 1];
  const found: Budget[] = [];
  if (limitOfAll !== null) {
    const { microUsd } = await usage.totals(from, to);
    found.push(budget(null, null, microUsd, limitOfAll));
  }
  const own = clientId === null ? undefined : await usage.budgetOf(clientId);
  if (own !== undefined) {
    const { microUsd } = await usage.totals(from, to, own.clientId);
    const name = (await clients.get(own.clientId))?.name ?? null;
    found.push(budget(own.clientId, name, microUsd, own.microUsd));
  }
  return found;
}

/** Budgets of this month that are nearly or wholly used up: that of all together first, then the clients' by share. */
export async function tightBudgets({ store, clock }: Pick<Ports, 'store' | 'clock'>, limitOfAll: number | null) {
  const now = clock.now();
  const ofAll = await budgetsOver(store, null, limitOfAll, now);
  const ofClients = await budgetsOfClients(store, monthStartOf(now), now + 1);
  return [...ofAll, ...ofClients].filter(({ state }) => state !== 'ok');
}

/** Every client's own budget beside what was spent in [from, to), the fullest first. Deleted clients have none. */
export async function budgetsOfClients(
  { usage, clients }: Pick<Repositories, 'usage' | 'clients'>,
  from: number,
  to: number,
): Promise<Budget[]> {
  const found: Budget[] = [];
  for (const { clientId, microUsd } of await usage.budgets()) {
    const client = await clients.get(clientId);
    if (client === undefined) continue;
    const spent = await usage.totals(from, to, clientId);
    found.push(budget(clientId, client.name, spent.microUsd, microUsd));
  }
  const share = ({ spentMicroUsd, limitMicroUsd }: Budget) => spentMicroUsd / Math.max(limitMicroUsd, 1);
  return found.sort((one, other) => share(other) - share(one));
}

/** Why a call does not fit into a budget, for a person. */
export function usedUpWords({ limitMicroUsd, clientName, clientId }: Budget): string {
  const limit = inDollars(limitMicroUsd);
  return clientId === null
    ? `This month's AI budget of ${limit} is used up. Raise it under Activity → Usage to go on.`
    : `This month's AI budget of ${limit} for ${clientName ?? phrase`this client`} is used up. Raise it under Activity → Usage to go on.`;
}

/** Key of the settings under which it is kept of which budgets people were told. */
const toldKey = 'budgets.told';

/**
 * Writes into the activity log that a budget is nearly or wholly used up: once a month for each limit, however often
 * it is found. Another limit is another thing to tell.
 */
export async function tellOfBudget(
  { clock, activity }: Pick<Ports, 'clock'> & { activity: Activity },
  repositories: Repositories,
  found: Budget,
): Promise<void> {
  const { clientId, limitMicroUsd, state } = found;
  if (state === 'ok') return;
  const now = clock.now();
  const month = monthStartOf(now);
  const told = readTold(await repositories.settings.get(toldKey), month);
  const name = `${clientId ?? ''}/${limitMicroUsd}/${state}`;
  if (told.includes(name)) return;
  await repositories.settings.put(toldKey, { month, told: [...told, name] }, now);
  const message = state === 'near' ? nearWords(found) : spentWords(found);
  await activity.record({ actor: 'app', kind: `budget.${state}`, level: 'warning', message, clientId }, repositories);
}

function nearWords({ limitMicroUsd, clientId, clientName }: Budget): string {
  const limit = inDollars(limitMicroUsd);
  return clientId === null
    ? `This month's AI budget of ${limit} for all clients together is used up to 80 %. At 100 % no more posts are written; publishing goes on.`
    : `This month's AI budget of ${limit} for ${clientName ?? phrase`a client`} is used up to 80 %. At 100 % no more posts are written; publishing goes on.`;
}

function spentWords({ limitMicroUsd, clientId, clientName }: Budget): string {
  const limit = inDollars(limitMicroUsd);
  return clientId === null
    ? `This month's AI budget of ${limit} for all clients together is used up. No more posts are written this month; publishing goes on.`
    : `This month's AI budget of ${limit} for ${clientName ?? phrase`a client`} is used up. No more posts are written for this client this month; publishing goes on.`;
}

function readTold(stored: unknown, month: number): string[] {
  const found = stored as { month?: unknown; told?: unknown } | null | undefined;
  if (found?.month !== month || !Array.isArray(found.told)) return [];
  return found.told.filter((name) => typeof name === 'string');
}

function budget(clientId: string | null, clientName: string | null, spent: number, limit: number): Budget {
  return { clientId, clientName, limitMicroUsd: limit, spentMicroUsd: spent, state: budgetState(spent, limit) };
}

/** `$4.31`, for a text of the core: the dashboard writes it as the person's language does. */
export function inDollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(2)}`;
}
