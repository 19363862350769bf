import type { Client } from '../../../shared/contract/clients.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { CoreDeps } from '../deps.ts';
import { Conflict, NotFound } from '../errors.ts';
import { isoOf } from '../instants.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { AgencySettings } from '../settings/settings.ts';
import type { ClientRecord, Page, PageRequest, PostRecord, Repositories } from '../ports/index.ts';

type Fields = Pick<ClientRecord, 'name' | 'timezone' | 'language' | 'brandVoice' | 'status'>;

type NewClient = Omit<Fields, 'timezone' | 'language'> & Partial<Pick<Fields, 'timezone' | 'language'>>;

/** The agency's clients. */
export interface Clients {
  list(filter: PageRequest & { status?: ClientRecord['status'] }): Promise<Page<Client>>;
  /** @throws {NotFound} */
  get(id: string): Promise<Client>;
  /** It begins with the posting rules of the settings; zone and language that are left out are the agency's. */
  create(fields: NewClient, actor: string): Promise<Client>;
  /**
   * Another time zone applies to what is planned from then on: posts that exist keep their instant and
   * the zone they were planned in. @throws {NotFound}
   */
  update(id: string, change: Partial<Fields>, actor: string): Promise<Client>;
  /**
   * Removes the client from view, disconnects its accounts and drops what was not published yet.
   * @throws {NotFound} @throws {Conflict} while one of its posts is being published
   */
  delete(id: string, actor: string): Promise<void>;
}

export function createClients(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'random' | 'activity' | 'changes'> & {
    accounts: Pick<Accounts, 'disconnect'>;
    settings: Pick<AgencySettings, 'get'>;
  },
): Clients {
  const { store, clock, activity, changes } = deps;

  return {
    async list(filter) {
      const page = await store.clients.list(filter);
      return { items: page.items.map(clientView), nextCursor: page.nextCursor };
    },

    async get(id) {
      return clientView(await clientOf(store, id));
    },

    async create(fields, actor) {
      const now = clock.now();
      const { agencyTimezone, agencyLanguage, newClientRules } = await deps.settings.get();
      const client: ClientRecord = {
        id: deps.random.id(),
        ...fields,
        timezone: fields.timezone ?? agencyTimezone ?? 'UTC',
        language: fields.language ?? agencyLanguage,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      };
      await store.transaction(async (repositories) => {
        await repositories.clients.insert(client);
        await repositories.clients.putRules(client.id, newClientRules, now);
        await activity.record(
          { actor, kind: 'client.created', message: `Added ${client.name}`, clientId: client.id },
          repositories,
        );
      });
      changes.tell('client.changed', client.id, client.id);
      return clientView(client);
    },

    async update(id, change, actor) {
      const client = await store.transaction(async (repositories) => {
        const before = await clientOf(repositories, id);
        const after = { ...before, ...change, updatedAt: clock.now() };
        await repositories.clients.update(id, { ...change, updatedAt: after.updatedAt });
        await activity.record(
          { actor, kind: 'client.changed', message: describeChange(before, after), clientId: id },
          repositories,
        );
        return after;
      });
      changes.tell('client.changed', id, id);
      return clientView(client);
    },

    async delete(id, actor) {
      const client = await clientOf(store, id);
      assertNothingUnderWay(await unfinishedPosts(store, id));
      for (const account of await store.accounts.listOfClient(id)) {
        await deps.accounts.disconnect(id, account.id, actor);
      }
      await store.transaction(async (repositories) => {
        const unfinished = await unfinishedPosts(repositories, id);
        assertNothingUnderWay(unfinished);
        const now = clock.now();
        for (const { post, targets } of unfinished) {
          if (targets.some(({ status }) => status === 'published' || status === 'delivered')) continue;
          await repositories.posts.update(post.id, { approvedHash: null, deletedAt: now, updatedAt: now });
        }
        await repositories.clients.update(id, { status: 'archived', deletedAt: now, updatedAt: now });
        await activity.record(
          { actor, kind: 'client.deleted', level: 'warning', message: `Removed ${client.name}`, clientId: id },
          repositories,
        );
      });
      changes.tell('client.changed', id, id);
    },
  };
}

/** @throws {NotFound} */
export async function clientOf(repositories: Pick<Repositories, 'clients'>, id: string): Promise<ClientRecord> {
  const client = await repositories.clients.get(id);
  if (client === undefined) throw new NotFound('client', id);
  return client;
}

/** A client as the contract shows it. */
export function clientView(client: ClientRecord): Client {
  const { id, name, status, timezone, language, brandVoice, createdAt } = client;
  return { id, name, status, timezone, language, brandVoice, createdAt: isoOf(createdAt) };
}

type Unfinished = { post: PostRecord; targets: { postId: string; status: string }[] };

async function unfinishedPosts(
  repositories: Pick<Repositories, 'posts' | 'targets'>,
  clientId: string,
): Promise<Unfinished[]> {
  const found: Unfinished[] = [];
  let cursor: string | undefined;
  do {
    const page = await repositories.posts.list({ clientIds: [clientId], limit: 200, cursor });
    const posts = page.items.filter(({ status }) => status !== 'published' && status !== 'partly_published');
    const targets = await repositories.targets.listOfPosts(posts.map(({ id }) => id));
    for (const post of posts) found.push({ post, targets: targets.filter(({ postId }) => postId === post.id) });
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

function assertNothingUnderWay(unfinished: readonly Unfinished[]): void {
  const isUnderWay = unfinished.some(({ targets }) =>
    targets.some(({ status }) => status === 'publishing' || status === 'confirming'),
  );
  if (isUnderWay) {
    throw new Conflict('publishing', 'A post of this client is being published. Try again when it is done.');
  }
}

function describeChange(before: ClientRecord, after: ClientRecord): string {
  if (before.status !== after.status) return statusNews(after);
  if (before.name !== after.name) return phrase`Renamed ${before.name} to ${after.name}`;
  return phrase`Changed ${after.name}`;
}

function statusNews({ name, status }: Pick<ClientRecord, 'name' | 'status'>): string {
  switch (status) {
    case 'onboarding':
      return phrase`${name} is being set up now`;
    case 'active':
      return phrase`${name} is active now`;
    case 'paused':
      return phrase`${name} is paused now`;
    case 'archived':
      return phrase`${name} is archived now`;
  }
}
