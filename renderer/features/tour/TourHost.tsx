import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { Host } from '../../../shared/contract/events.ts';
import { orpc } from '../../api/client.ts';
import { withWords } from '../../i18n/i18n.ts';
import { offerTour, useTour } from './tour-store.ts';

const Tour = lazy(async () => ({ default: (await withWords(import('./Tour.tsx'))).Tour }));

/** Where the tour stands while it is shown. In the sandbox it begins by itself, once, as soon as a post waits. */
export function TourHost({ profile }: { profile: Host['profile'] }) {
  const isShown = useTour((tour) => tour.isShown);
  const stats = useQuery(orpc.stats.queryOptions());
  const isReady = profile === 'sandbox' && (stats.data?.posts.in_review ?? 0) > 0;
  useEffect(() => {
    if (isReady) offerTour();
  }, [isReady]);
  if (!isShown) return null;
  return (
    <Suspense>
      <Tour />
    </Suspense>
  );
}
