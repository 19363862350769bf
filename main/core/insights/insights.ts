import type {
  AccountInsights,
  BestTimes,
  FigureQuery,
  Overview,
  PostInsights,
  RankedPost,
} from '../../../shared/contract/insights.ts';
import type { Separator } from '../../../shared/domain/csv.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { NotFound } from '../errors.ts';
import { dayOf, isoOf } from '../instants.ts';
import { readBest, readTimes } from './best.ts';
import { exportAccounts, exportName, exportPosts } from './export.ts';
import { readOverview } from './overview.ts';
import type { Report } from '../ports/index.ts';
import type { AgencySettings } from '../settings/settings.ts';
import { readReport } from './report.ts';

const dayMs = 24 * 3_600_000;

/** The figures that were taken of posts and accounts. */
export interface Insights {
  /** One item for each account that the post is live on. @throws {NotFound} */
  ofPost(postId: string): Promise<PostInsights[]>;
  /** Of the client's connected accounts, of the last `days` days. @throws {NotFound} */
  ofClient(clientId: string, days: number): Promise<AccountInsights[]>;
  /** What a period brought, and the one before it. @throws {NotFound} the client */
  overview(query: FigureQuery): Promise<Overview>;
  /** The posts of a period, best first. @throws {NotFound} the client */
  best(query: FigureQuery & { limit: number }): Promise<RankedPost[]>;
  /** At which hours posts did well. @throws {NotFound} the client */
  times(query: FigureQuery): Promise<BestTimes>;
  /** The same figures as a CSV file, line by line. @throws {NotFound} the client */
  file(
    kind: 'posts' | 'accounts',
    query: FigureQuery,
    separator: Separator,
  ): Promise<{ name: string; lines: AsyncGenerator<string> }>;
  /**
   * A client's report of a month, a PDF in the agency's looks and the client's language.
   * @param month `2026-11`; left out: the last one that is over
   * @throws {NotFound} the client @throws {Unprocessable} the month
   */
  report(clientId: string, month?: string): Promise<{ name: string; bytes: Uint8Array }>;
}

export function createInsights(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'files' | 'reports'> & {
    settings: Pick<AgencySettings, 'get' | 'logo'>;
  },
): Insights {
  const { store, clock } = deps;

  async function agencyLooks(): Promise<Report['agency']> {
    const { agencyName, brandColor } = await deps.settings.get();
    return { name: agencyName, color: brandColor, logo: await deps.settings.logo() };
  }

  return {
    async ofPost(postId) {
      if ((await store.posts.get(postId)) === undefined) throw new NotFound('post', postId);
      const live = (await store.targets.listOfPost(postId)).filter(({ status }) => status === 'published');
      return Promise.all(
        live.map(async ({ id, accountId, platform }) => ({
          targetId: id,
          accountId,
          accountName: (await store.accounts.get(accountId))?.displayName ?? phrase`Removed account`,
          platform,
          ...seriesOf(await store.metrics.listOfTarget(id)),
        })),
      );
    },

    async ofClient(clientId, days) {
      await clientOf(store, clientId);
      const since = dayOf(clock.now() - (days - 1) * dayMs);
      return Promise.all(
        (await store.accounts.listOfClient(clientId)).map(async ({ id, displayName, platform }) => ({
          accountId: id,
          accountName: displayName,
          platform,
          ...seriesOf(await store.metrics.listOfAccount(id, since)),
        })),
      );
    },

    async overview(query) {
      if (query.clientId !== undefined) await clientOf(store, query.clientId);
      return readOverview(store.metrics, query);
    },

    async best(query) {
      if (query.clientId !== undefined) await clientOf(store, query.clientId);
      return readBest(store, query);
    },

    async times(query) {
      const client = query.clientId === undefined ? undefined : await clientOf(store, query.clientId);
      return readTimes(store.metrics, query, { now: clock.now(), timezone: client?.timezone ?? null });
    },

    async file(kind, query, separator) {
      if (query.clientId !== undefined) await clientOf(store, query.clientId);
      const lines = (kind === 'posts' ? exportPosts : exportAccounts)(store, query, separator);
      return { name: exportName(kind, query), lines };
    },

    async report(clientId, month) {
      const report = await readReport(deps, clientId, { month, agency: await agencyLooks() });
      return { name: `${report.clientName} ${report.month}.pdf`, bytes: await deps.reports.monthly(report) };
    },
  };
}

/** Days on which the network told nothing are left out. */
function seriesOf<M extends object>(
  records: readonly { day: string; takenAt: number; metrics: M }[],
): { latest: Snapshot<M> | null; series: Snapshot<M>[] } {
  const series = records
    .filter(({ metrics }) => Object.keys(metrics).length > 0)
    .map(({ day, takenAt, metrics }) => ({ day, takenAt: isoOf(takenAt), metrics }));
  return { latest: series.at(-1) ?? null, series };
}

interface Snapshot<M> {
  day: string;
  takenAt: string;
  metrics: M;
}
