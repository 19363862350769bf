import { ORPCError } from '@orpc/client';
import { useEffect, useSyncExternalStore } from 'react';
import { client as core } from '../../../api/client.ts';
import { isNotFound } from '../../../api/errors.ts';
import { useConnection } from '../../../api/socket.ts';
import { Autosave, type AutosaveDeps, type Beginning, type SaveState } from './autosave.ts';
import { browserShelf } from './shelf.ts';

/** Names this window among those that may write the same draft. */
const writer = newDraftId();

/** An id that nobody else has; also where the browser gives no `crypto.randomUUID` (a page without TLS). */
export function newDraftId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const deps: AutosaveDeps = {
  put: (input) => core.drafts.put(input),
  get: (id) =>
    core.drafts.get({ id }).catch((error: unknown) => {
      if (isNotFound(error)) return null;
      throw error;
    }),
  refusal: refusalOf,
  shelf: browserShelf,
};

/** Why the app will not keep a draft; null for an error that may pass by itself. */
export function refusalOf(error: unknown): 'changed' | 'gone' | null {
  if (!(error instanceof ORPCError) || error.code !== 'CONFLICT') return null;
  const { reason } = error.data as { reason?: string };
  if (reason === 'draft_gone') return 'gone';
  return reason === 'draft_changed' ? 'changed' : null;
}

/** Drafts that this window has written on. It gives them to the app itself, also when nothing shows them any more. */
const openedHere = new Set<string>();

export function isOpenHere(id: string): boolean {
  return openedHere.has(id);
}

/** Begins to keep what is typed, in the name of this window. */
export function startAutosave(beginning: Omit<Beginning, 'writer'>): Autosave {
  openedHere.add(beginning.id);
  return new Autosave(deps, { ...beginning, writer });
}

/**
 * How an autosave stands, while something shows it. It is hurried when the line is back, when the window is
 * hidden, and when the page is left.
 */
export function useAutosave(autosave: Autosave | undefined): SaveState {
  const state = useSyncExternalStore(autosave?.subscribe ?? never, () => autosave?.state ?? clean);
  useEffect(() => {
    if (autosave === undefined) return undefined;
    const hurry = (): void => void autosave.flush();
    const unsubscribe = useConnection.subscribe(({ state: line }) => line === 'open' && hurry());
    document.addEventListener('visibilitychange', hurry);
    addEventListener('pagehide', hurry);
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', hurry);
      removeEventListener('pagehide', hurry);
      hurry();
    };
  }, [autosave]);
  return state;
}

const clean: SaveState = { kind: 'clean' };
const never = (): (() => void) => () => undefined;
