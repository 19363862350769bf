import { modals } from '@mantine/modals';

const wanted = Promise.withResolvers<void>();
const ready = Promise.withResolvers<void>();

/** Resolves with the first question: what shows it must not wait any longer to be loaded. */
export const questionsWanted = wanted.promise;

/** Told by what shows questions, once it listens. */
export const questionsReady = ready.resolve;

/** Asks for a yes or no in a dialog. Asked before the dialogs are loaded, it is asked as soon as they are. */
export function ask(question: Parameters<typeof modals.openConfirmModal>[0]): void {
  wanted.resolve();
  void ready.promise.then(() => modals.openConfirmModal(question));
}
