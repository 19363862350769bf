import { z } from 'zod';
import { draftContentSchema } from '../../../../shared/contract/drafts.ts';
import type { Shelf, Shelved } from './autosave.ts';

const prefix = 'draft/';
const shelvedSchema = z.object({
  clientId: z.string(),
  content: draftContentSchema,
  basedOn: z.string().nullable(),
  revision: z.number(),
  writer: z.string(),
});

/** Keeps in this browser what the app has not kept yet. A browser without room keeps it in the window only. */
export const browserShelf: Shelf = {
  keep(id, entry) {
    try {
      localStorage.setItem(prefix + id, JSON.stringify(entry));
    } catch (error) {
      console.warn('This browser keeps no copy of what is typed.', error);
    }
  },
  drop(id) {
    localStorage.removeItem(prefix + id);
  },
};

/** What a window left on the shelf; undefined when there is nothing that can be read. */
export function shelved(id: string): Shelved | undefined {
  try {
    return shelvedSchema.safeParse(JSON.parse(localStorage.getItem(prefix + id) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

/** All that is on the shelf and can be read, by id. */
export function shelvedById(): Map<string, Shelved> {
  const ids = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  const found = new Map<string, Shelved>();
  for (const id of ids) {
    const entry = shelved(id);
    if (entry !== undefined) found.set(id, entry);
  }
  return found;
}
