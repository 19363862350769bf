import { Temporal } from 'temporal-polyfill';
import {
  type Budget,
  type Purpose,
  purposes,
  type UsageEntry,
  type UsageOfMonth,
} from '../../../shared/contract/usage.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { dayOf, isoOf, monthStartOf } from '../instants.ts';
import type { Page, PageRequest, Repositories, UsageRecord, UsageSums } from '../ports/index.ts';
import type { AgencySettings } from '../settings/settings.ts';
import { budgetsOfClients, budgetsOver, inDollars } from './budgets.ts';
import type { NetworkCalls } from './network-calls.ts';

const dayMs = 86_400_000;
const monthsShown = 12;

type ByPurpose = Record<Purpose, number>;

/** What the AI services and the networks were asked for, and what it cost. */
export interface Usage {
  /** @param month in UTC, `2026-11`; this one unless given */
  month(month?: string): Promise<UsageOfMonth>;
  /** Spend of the last twelve months, oldest first. */
  months(clientId?: string): Promise<{ month: string; microUsd: number; byPurpose: ByPurpose }[]>;
  entries(filter: PageRequest & { month?: string; clientId?: string }): Promise<Page<UsageEntry>>;
  /** @param monthlyMicroUsd null: the client has no limit of its own. @throws {NotFound} */
  setBudget(clientId: string, monthlyMicroUsd: number | null, actor: string): Promise<void>;
}

export function createUsage(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'activity' | 'changes'> & {
    settings: Pick<AgencySettings, 'get'>;
    networkCalls: Pick<NetworkCalls, 'flush'>;
  },
): Usage {
  const { store, clock } = deps;

  return {
    async month(name) {
      const now = clock.now();
      const { from, to, month } = monthOf(name ?? isoOf(now).slice(0, 7));
      const isNow = from === monthStartOf(now);
      const limit = isNow ? (await deps.settings.get()).monthlyBudgetMicroUsd : null;
      const rows = await store.usage.byClient({ from, to });
      const total = added(rows);
      const [ofAll = null] = await budgetsOver(store, null, limit, now);
      await deps.networkCalls.flush();
      const networks = await store.usage.networkCalls(dayOf(from), dayOf(to - 1));
      return {
        month,
        total: { ...total, byPurpose: spendByPurpose(rows) },
        clients: await clientsOf(store, rows, isNow ? await budgetsOfClients(store, from, to) : []),
        budget: ofAll,
        expectedMicroUsd: isNow ? await expected(store, total.microUsd, to, now) : null,
        networks,
      };
    },

    async months(clientId) {
      const now = clock.now();
      const last = Temporal.PlainYearMonth.from(isoOf(now).slice(0, 7));
      const names = Array.from({ length: monthsShown }, (_, index) =>
        last.subtract({ months: monthsShown - 1 - index }).toString(),
      );
      const { from } = monthOf(names[0] ?? last.toString());
      const rows = await store.usage.byMonth({ from, to: now + 1, clientId });
      return names.map((month) => {
        const own = rows.filter((row) => row.month === month);
        return { month, microUsd: added(own).microUsd, byPurpose: spendByPurpose(own) };
      });
    },

    async entries({ month, ...filter }) {
      const { from, to } = month === undefined ? { from: 0, to: Number.MAX_SAFE_INTEGER } : monthOf(month);
      const page = await store.usage.list({ ...filter, from, to });
      return { items: page.items.map(entryView), nextCursor: page.nextCursor };
    },

    async setBudget(clientId, monthlyMicroUsd, actor) {
      await store.transaction(async (repositories) => {
        const { name } = await clientOf(repositories, clientId);
        if (monthlyMicroUsd === null) await repositories.usage.removeBudget(clientId);
        else await repositories.usage.putBudget({ clientId, microUsd: monthlyMicroUsd, updatedAt: clock.now() });
        const message =
          monthlyMicroUsd === null
            ? phrase`Took the monthly AI budget of ${name} away`
            : phrase`Set the monthly AI budget of ${name} to ${inDollars(monthlyMicroUsd)}`;
        await deps.activity.record({ actor, kind: 'budget.changed', message, clientId }, repositories);
      });
      deps.changes.tell('settings.changed');
    },
  };
}

/**
 * What a month will have cost at its end if it goes on like the last days; pure. Posts are written a week ahead, so
 * what there is counts for a week at least.
 * @param recent spend of the last `days` days, in millionths of a US dollar
 * @param days since the first call, 30 at most
 */
export function expectedSpend(spent: number, recent: number, days: number, daysLeft: number): number {
  return Math.round(spent + (recent / Math.max(7, days)) * Math.max(0, daysLeft));
}

async function expected({ usage }: Pick<Repositories, 'usage'>, spent: number, to: number, now: number) {
  const firstAt = await usage.firstAt();
  if (firstAt === null) return 0;
  const days = Math.min(30, (now - firstAt) / dayMs);
  const recent = await usage.totals(now - 30 * dayMs, now + 1);
  return expectedSpend(spent, recent.microUsd, days, (to - now) / dayMs);
}

/** Bounds of a calendar month in UTC ms, the end not included. @param name `2026-11` */
function monthOf(name: string): { month: string; from: number; to: number } {
  const month = Temporal.PlainYearMonth.from(name);
  const startOf = (start: Temporal.PlainYearMonth): number =>
    start.toPlainDate({ day: 1 }).toZonedDateTime('UTC').epochMilliseconds;
  return { month: month.toString(), from: startOf(month), to: startOf(month.add({ months: 1 })) };
}

async function clientsOf(
  { clients }: Pick<Repositories, 'clients'>,
  rows: readonly (UsageSums & { clientId: string | null })[],
  budgets: readonly Budget[],
): Promise<UsageOfMonth['clients']> {
  const ids = new Set([...rows.map(({ clientId }) => clientId), ...budgets.map(({ clientId }) => clientId)]);
  const found = await Promise.all(
    [...ids].map(async (clientId) => ({
      clientId,
      clientName: clientId === null ? null : ((await clients.get(clientId))?.name ?? null),
      ...added(rows.filter((row) => row.clientId === clientId)),
      budget: budgets.find((budget) => budget.clientId === clientId) ?? null,
    })),
  );
  return found.sort((one, other) => other.microUsd - one.microUsd);
}

function added(rows: readonly UsageSums[]): UsageSums {
  const sum = (key: keyof UsageSums): number => rows.reduce((total, row) => total + row[key], 0);
  return {
    microUsd: sum('microUsd'),
    calls: sum('calls'),
    tokens: sum('tokens'),
    images: sum('images'),
    videos: sum('videos'),
  };
}

function spendByPurpose(rows: readonly (UsageSums & { purpose: Purpose })[]): ByPurpose {
  const of = (purpose: Purpose): number => added(rows.filter((row) => row.purpose === purpose)).microUsd;
  return Object.fromEntries(purposes.map((purpose) => [purpose, of(purpose)])) as ByPurpose;
}

function entryView(record: UsageRecord): UsageEntry {
  const { id, clientId, postId, provider, model, purpose, state, images, videos, error } = record;
  return {
    id,
    at: isoOf(record.createdAt),
    clientId,
    postId,
    provider,
    model,
    purpose,
    state,
    microUsd: record.costMicroUsd,
    tokens: record.inputTokens + record.outputTokens,
    images,
    videos,
    error,
  };
}
