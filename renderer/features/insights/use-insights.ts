import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Period } from '../../../shared/contract/insights.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { type InsightsSearch, periodOf, todayUtc } from './insights-search.ts';

/** What insights are asked for. */
export interface Asked extends Period {
  clientId?: string;
  platform?: Platform;
}

/** The figures of before stay while new ones are read. */
export function useInsights(asked: Asked) {
  const { overview, best, times } = questionsOf(asked);
  return {
    overview: useQuery({ ...overview, placeholderData: keepPreviousData }),
    best: useQuery({ ...best, placeholderData: keepPreviousData }),
    times: useQuery({ ...times, placeholderData: keepPreviousData }),
  };
}

/** Asks ahead, while the page itself is on its way. */
export function prefetchInsights(asked: Asked): void {
  const { overview, best, times } = questionsOf(asked);
  void queryClient.prefetchQuery(overview);
  void queryClient.prefetchQuery(best);
  void queryClient.prefetchQuery(times);
}

/** What an address asks for. @param clientId undefined for all clients */
export function askedBy(search: InsightsSearch, clientId: string | undefined): Asked {
  return {
    ...periodOf(search, todayUtc()),
    ...(clientId !== undefined && { clientId }),
    ...(search.network && { platform: search.network }),
  };
}

function questionsOf(asked: Asked) {
  return {
    overview: orpc.insights.overview.queryOptions({ input: asked }),
    best: orpc.insights.best.queryOptions({ input: { ...asked, limit: 12 } }),
    times: orpc.insights.times.queryOptions({ input: asked }),
  };
}
