import type { ClientGlance } from '../../../shared/contract/clients.ts';
import type { ClientStatus } from '../../../shared/domain/client.ts';
import { type Health, type HealthLevel, healthLevels } from './client-health.ts';

export const clientOrders = ['health', 'name', 'next', 'planned', 'review'] as const;
export type ClientOrder = (typeof clientOrders)[number];

/** What the list is asked to show; all parts are in its address. */
export interface ClientQuery {
  /** Words of the name. */
  q?: string;
  health?: HealthLevel;
  status?: ClientStatus;
  sort?: ClientOrder;
}

export interface StandingClient {
  client: ClientGlance;
  health: Health;
}

/** Those that fit, in the order asked for (by default the most pressing first); what is equal stays as it was. */
export function findClients(all: readonly StandingClient[], query: ClientQuery): StandingClient[] {
  const words = plain(query.q ?? '').split(/\s+/);
  const found = all.filter(
    ({ client, health }) =>
      words.every((word) => plain(client.name).includes(word)) &&
      (query.health === undefined || health.level === query.health) &&
      (query.status === undefined || client.status === query.status),
  );
  const rank = ranks[query.sort ?? 'health'];
  return rank === null ? found : found.toSorted((a, b) => rank(a) - rank(b));
}

/** Small is first. The core's own order is by name. */
const ranks: Record<ClientOrder, ((standing: StandingClient) => number) | null> = {
  health: ({ health }) => healthLevels.indexOf(health.level),
  name: null,
  next: ({ client }) => (client.nextPostAt === null ? Number.MAX_VALUE : Date.parse(client.nextPostAt)),
  planned: ({ client }) => (client.wanted === 0 ? 1 : client.planned / client.wanted),
  review: ({ client }) => -client.toReview,
};

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
