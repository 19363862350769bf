import type { DraftContent } from '../../../shared/contract/drafts.ts';
import { client as core } from '../../api/client.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { browserShelf } from '../post/edit/shelf.ts';
import { newDraftId } from '../post/edit/use-autosave.ts';

/**
 * Drops a draft, and offers to bring it back as it was.
 * @param draft `isKept`: the app has it, and not this window alone
 * @param onBack what is done once it is back
 */
export function discardDraft(
  { id, isKept, clientId, content }: { id: string; isKept: boolean; clientId: string; content: DraftContent },
  onBack: () => void = () => undefined,
): void {
  browserShelf.drop(id);
  const dropped = isKept ? core.drafts.discard({ id }).catch(notifyError) : Promise.resolve();
  notifyDone(t('composer:drafts.discarded'), () => {
    // Whoever thinks better of it at once must not have it dropped after it came back.
    const bringBack = () => core.drafts.put({ id, clientId, content, revision: 0, writer: newDraftId() });
    void dropped.then(bringBack).then(onBack, notifyError);
  });
}
