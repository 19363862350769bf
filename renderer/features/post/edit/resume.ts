import type { Draft as SavedDraft, DraftContent } from '../../../../shared/contract/drafts.ts';
import type { Media } from '../../../../shared/contract/media.ts';
import { client as core } from '../../../api/client.ts';
import { isNotFound } from '../../../api/errors.ts';
import { shelved } from './shelf.ts';

/** A draft that somebody goes on with. */
export interface Resumed {
  id: string;
  clientId: string;
  content: DraftContent;
  media: readonly Media[];
  basedOn: string | null;
  revision: number;
  /** When it was kept by the app; null when only this browser has it. */
  at: string | null;
  /** This browser has more than the app. */
  isAhead: boolean;
}

/** What was written under this id: by the app's account, or by this browser's where it has more. Null when there is nothing. */
export async function resume(id: string): Promise<Resumed | null> {
  const kept = await core.drafts.get({ id }).catch((error: unknown) => {
    if (isNotFound(error)) return null;
    throw error;
  });
  const entry = shelved(id);
  if (entry === undefined) return kept === null ? null : { ...fromApp(kept), isAhead: false };
  return {
    id,
    clientId: entry.clientId,
    content: entry.content,
    media: await filesOf(entry.content.media, kept?.media ?? []),
    basedOn: entry.basedOn,
    // The same window wrote both: what it left on the shelf is what it wrote last.
    revision: kept?.writer === entry.writer ? kept.revision : entry.revision,
    at: kept?.updatedAt ?? null,
    isAhead: true,
  };
}

/** A draft as the app has it. */
export function fromApp({ id, clientId, content, media, basedOn, revision, updatedAt }: SavedDraft): Resumed {
  return { id, clientId, content, media, basedOn, revision, at: updatedAt, isAhead: false };
}

async function filesOf(ids: readonly string[], known: readonly Media[]): Promise<Media[]> {
  const files = ids.map(async (id) => {
    const found = known.find((item) => item.id === id);
    return (
      found ??
      core.media.get({ id }).catch((error: unknown) => {
        if (isNotFound(error)) return null;
        throw error;
      })
    );
  });
  return (await Promise.all(files)).filter((file) => file !== null);
}
