import type { Settings } from '../../../shared/contract/admin.ts';
import { type Brand, emptyBrand } from '../../../shared/contract/brand.ts';
import { defaultRules, type Rules } from '../../../shared/contract/rules.ts';
import { Conflict } from '../errors.ts';
import type { AccountRecord, ClientRecord, Ports, PostRecord } from '../ports/index.ts';
import { feedbackOf, lessonsRead } from './feedback.ts';
import type { Brief } from './prompt.ts';
import { type Slot, slotsBetween } from '../rules/slots.ts';

const dayMs = 86_400_000;

/** What one run for one client works with. */
export interface Run {
  client: ClientRecord;
  brand: Brand;
  rules: Rules;
  /** Those that the rules post to. */
  accounts: AccountRecord[];
  settings: Settings;
  days: number;
  actor: string;
  /** A person asked for it, just now. */
  askedFor: boolean;
}

/** @throws {Conflict} when nothing may or can be written for this client */
export async function runFor(
  { store, isStopped }: Pick<Ports, 'store'> & { isStopped(clientId: string, accountId: string): boolean },
  client: ClientRecord,
  settings: Settings,
  days: number,
  actor: string,
  askedFor: boolean,
): Promise<Run> {
  if (client.status === 'paused' || client.status === 'archived') {
    throw new Conflict(
      `client_${client.status}`,
      client.status === 'paused'
        ? `${client.name} is paused. Make the client active to write posts.`
        : `${client.name} is archived. Make the client active to write posts.`,
    );
  }
  const rules = (await store.clients.rules(client.id)) ?? defaultRules;
  const brand = (await store.clients.brand(client.id)) ?? emptyBrand;
  const connected = await store.accounts.listOfClient(client.id);
  const accounts = connected.filter(({ platform }) => rules.platforms.includes(platform));
  if (accounts.length === 0) {
    throw new Conflict(
      'no_account',
      `Connect an account of ${client.name} that the posting rules use before posts are written.`,
    );
  }
  if (!askedFor && accounts.every(({ id }) => isStopped(client.id, id))) {
    throw new Conflict('stopped', `Publishing for ${client.name} is stopped; nothing is written by itself until then.`);
  }
  return { client, brand, rules, accounts, settings, days, actor, askedFor };
}

/**
 * The slots of the run's days that no post fills, and how many there are in all. A person who asks for posts also wants those filled
 * whose post was rejected.
 */
export async function emptySlots({ store, clock }: Pick<Ports, 'store' | 'clock'>, run: Run) {
  const { client, rules, days, askedFor } = run;
  const now = clock.now();
  const slots = slotsBetween(rules, client.timezone, now, now + days * dayMs);
  const nameOf = ({ wallTime }: Slot) => `${client.id}/${wallTime}`;
  const taken = new Set(await store.posts.slotsTaken(client.id, slots.map(nameOf)));
  if (askedFor) for (const { slot } of await rejectedAhead(store, client.id, now)) taken.delete(slot ?? '');
  return { free: slots.filter((slot) => !taken.has(nameOf(slot))), all: slots.length };
}

/** Takes rejected posts out of the slots that are to be filled anew. */
export async function freeRejectedSlots({ store, clock }: Pick<Ports, 'store' | 'clock'>, run: Run): Promise<void> {
  if (!run.askedFor) return;
  for (const { id } of await rejectedAhead(store, run.client.id, clock.now())) {
    await store.posts.update(id, { slot: null });
  }
}

async function rejectedAhead(store: Ports['store'], clientId: string, now: number): Promise<PostRecord[]> {
  const found: PostRecord[] = [];
  let cursor: string | undefined;
  do {
    const filter = { clientIds: [clientId], statuses: ['rejected'] as const, from: now };
    const page = await store.posts.list({ ...filter, limit: 100, cursor });
    found.push(...page.items.filter(({ slot }) => slot !== null));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

/**
 * Posts that an earlier run left while it was making them, and, when a person asks, those that were held
 * because a picture failed.
 */
export async function unfinishedPosts(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  run: Run,
): Promise<PostRecord[]> {
  const statuses = run.askedFor ? (['generating', 'held'] as const) : (['generating'] as const);
  const found: PostRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.posts.list({ clientIds: [run.client.id], statuses, limit: 100, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found.filter(({ status, source, heldReason, scheduledFor }) => {
    if (source !== 'ai') return false;
    return status === 'generating' || (scheduledFor > clock.now() && /No (?:picture|video): /.test(heldReason ?? ''));
  });
}

const recentPosts = 30;

/** What the texts of a run are written from: the client, its brand, what was said lately and what people made of it. */
export async function briefOf({ store }: Pick<Ports, 'store'>, { client, brand }: Run): Promise<Brief> {
  const recent = (await store.posts.recentOfClient(client.id, recentPosts)).map(({ caption }) => caption);
  const feedback = feedbackOf(await store.lessons.listOfClient(client.id, lessonsRead));
  return { client, brand, recent, feedback };
}
