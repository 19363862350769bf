import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Period } from '../../../shared/contract/insights.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';

/** What insights are asked for. */
export interface Asked extends Period {
  clientId?: string;
  platform?: Platform;
}

/** The figures of before stay while new ones are read. */
export function useInsights(asked: Asked) {
  const kept = { placeholderData: keepPreviousData };
  return {
    overview: useQuery(orpc.insights.overview.queryOptions({ input: asked, ...kept })),
    best: useQuery(orpc.insights.best.queryOptions({ input: { ...asked, limit: 12 }, ...kept })),
    times: useQuery(orpc.insights.times.queryOptions({ input: asked, ...kept })),
  };
}
