import { queryClient } from '../api/query-client.ts';

/** Where there is nothing to wait for, such as before signing in, in ms. */
const atMostMs = 10_000;

/** Resolves once the first page has all it asked for: the time for what is not needed before. */
export const firstPageShown = new Promise<void>((resolve) => {
  const questions = queryClient.getQueryCache();
  const timer = setTimeout(end, atMostMs);
  const unsubscribe = questions.subscribe(() => {
    const isAnswered = questions.getAll().some(({ state }) => state.status === 'success');
    if (isAnswered && queryClient.isFetching() === 0) end();
  });

  function end(): void {
    clearTimeout(timer);
    unsubscribe();
    requestIdleCallback(() => resolve());
  }
});
