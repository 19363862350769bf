import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { client as core, orpc } from '../../api/client.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { type BrandValues, withoutBlanks } from './brand-values.ts';

/** Saves what was changed of a brand, and offers to put back what was there before. */
export function useSaveBrand(client: Client, stored: BrandValues, onSaved: () => void) {
  const queries = useQueryClient();
  const { brandVoice: _, ...brand } = stored;
  const store = async ({ brandVoice, ...changed }: Partial<BrandValues>) => {
    if (Object.keys(changed).length > 0) {
      await core.brand.put({ id: client.id, ...withoutBlanks({ ...brand, ...changed }) });
    }
    if (brandVoice !== undefined) await core.clients.update({ id: client.id, brandVoice });
    const input = { id: client.id };
    await Promise.all([
      queries.invalidateQueries({ queryKey: orpc.brand.get.queryKey({ input }) }),
      queries.invalidateQueries({ queryKey: orpc.clients.get.queryKey({ input }) }),
    ]);
  };
  return useMutation({
    mutationFn: store,
    meta: { quiet: true },
    // While it is being saved, what is stored changes.
    onMutate: (changed) =>
      Object.fromEntries(Object.keys(changed).map((key) => [key, stored[key as keyof BrandValues]])),
    onSuccess: (_saved, _changed, before) => {
      onSaved();
      notifyDone(t('brand:saved'), () => void store(before).catch(notifyError));
    },
  });
}
