import { ORPCError } from '@orpc/client';
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { notifyError } from '../components/notify.tsx';

declare module '@tanstack/react-query' {
  interface Register {
    /** `quiet`: the form shows the error itself, beside its fields. */
    mutationMeta: { quiet?: boolean };
  }
}

/** Everything the dashboard knows from the core. Kept true by pushed changes, so it does not grow stale by itself. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _input, _context, mutation) => {
      if (mutation.meta?.quiet !== true) notifyError(error);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !(error instanceof ORPCError) && failures < 3,
      retryDelay: 300,
    },
    mutations: { networkMode: 'always' },
  },
});
