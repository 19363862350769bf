import type { ClientGlance } from '../../../shared/contract/clients.ts';
import { defaultRules, type Rules } from '../../../shared/contract/rules.ts';
import type { Ports } from '../ports/index.ts';
import { isoOrNull } from '../instants.ts';
import { clientView } from './clients.ts';

const weekMs = 7 * 24 * 3_600_000;

/** Every client by name, with what tells how it stands: its accounts, what waits for a person, the week ahead. */
export async function readGlance({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<ClientGlance[]> {
  const now = clock.now();
  const [glances, accounts] = await Promise.all([store.clients.glance(now, now + weekMs), store.accounts.listAll()]);
  const accountsOf = Map.groupBy(accounts, ({ clientId }) => clientId);
  return glances.map(({ client, brand, rules, nextPostAt, toReview, needsYou, atRisk, planned }) => ({
    ...clientView(client),
    color: brand?.colors[0] ?? null,
    accounts: (accountsOf.get(client.id) ?? []).map(({ id, platform, displayName, status }) => ({
      id,
      platform,
      displayName,
      status,
    })),
    nextPostAt: isoOrNull(nextPostAt),
    toReview,
    needsYou,
    atRisk,
    planned,
    wanted: postsAWeek(rules ?? defaultRules),
  }));
}

/** There is at most one post a slot, however many a week are wished for. */
function postsAWeek({ postsPerWeek, days, times }: Rules): number {
  return Math.min(postsPerWeek, days.length * times.length);
}
