import { client as core } from '../../api/client.ts';
import { browserShelf, shelved, shelvedIds } from '../post/edit/shelf.ts';

/**
 * Gives the app what windows of this browser could not give it before they were closed. What it does not take,
 * because somebody else went on meanwhile, stays on the shelf until its draft is opened.
 */
export async function sendLeftovers(except?: string): Promise<void> {
  for (const id of shelvedIds()) {
    const entry = shelved(id);
    if (id === except || entry === undefined || entry.basedOn !== null) continue;
    try {
      await core.drafts.put({ id, ...entry });
      browserShelf.drop(id);
    } catch (error) {
      console.warn('A draft waits in this browser.', error);
    }
  }
}
