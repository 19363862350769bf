import { useConnection } from '../api/socket.ts';
import { client as core } from '../api/client.ts';
import { notifyTodo } from '../components/notify.tsx';
import { ownersMs, sendLeftovers } from '../features/post/edit/leftovers.ts';
import { browserShelf, shelvedById } from '../features/post/edit/shelf.ts';
import { isOpenHere, refusalOf } from '../features/post/edit/use-autosave.ts';
import { t } from '../i18n/i18n.ts';
import { router } from './router.tsx';

/**
 * Whenever the line to the core is there (again), gives it what was typed without one and not given since, and tells of
 * changes to posts: they wait for a person. @returns ends it
 */
export function watchLeftovers(): () => void {
  if (useConnection.getState().state === 'open') void giveAndTell();
  return useConnection.subscribe(({ state }, before) => {
    if (state === 'open' && before.state !== 'open') void giveAndTell();
  });
}

async function giveAndTell(): Promise<void> {
  const found = await sendLeftovers({
    shelf: shelvedById,
    drop: (id) => browserShelf.drop(id),
    isOpenHere,
    put: (input) => core.drafts.put(input),
    isRefused: (error) => refusalOf(error) !== null,
    ownersTurn: () => new Promise((resolve) => setTimeout(resolve, ownersMs)),
  });
  for (const { postId, isKept } of found) {
    notifyTodo(t(isKept ? 'app:leftover.kept' : 'app:leftover.refused'), {
      label: t('app:leftover.review'),
      act: () => void router.navigate({ to: '/posts/$id', params: { id: postId } }),
    });
  }
}
