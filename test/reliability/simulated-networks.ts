import {
  type AccountAccess,
  AlreadyLive,
  type Clock,
  type CommitOutcome,
  GateClosed,
  type Handle,
  type IrrevocableSend,
  type LookUp,
  NetworkFailure,
  type Networks,
  type Publication,
  type RemotePost,
  type RemoteRef,
  type SocialNetwork,
} from '../../main/core/ports/index.ts';
import type { Platform as PlatformName } from '../../shared/domain/platform.ts';
import { type Platform, finalityMs, uploadsPerMinute } from './platform.ts';
import { accountOf } from './platform-records.ts';
import { isContainer, type ScenarioAccount } from './scenario.ts';
import { noInsights } from '../doubles/no-insights.ts';

/** How far a network's clock may be behind the app's, ms. */
const clockSkewMs = 120_000;

/** After this a story is listed wherever it is shown at all, ms. */
const storyListedMs = 30_000;
/** How long after it was sent a story may be taken, ms. */
const storyTakenMs = 120_000;

/** A call that can be repeated is answered after this, ms. */
export const answersAfterMs = 80;

/** Asked before and after each call, so that a fault can strike there. Rejects when the call times out. */
export type Call = <T>(site: string, ask: () => T) => Promise<T>;

/** Adapters to the simulated platform, with the manners of the real ones: what is not proven is unknown. */
export function simulatedNetworks(platform: Platform, clock: Pick<Clock, 'now'>, call: Call): Networks {
  return {
    facebook: new SimulatedNetwork('facebook', platform, clock, call),
    instagram: new SimulatedNetwork('instagram', platform, clock, call),
    tiktok: new SimulatedNetwork('tiktok', platform, clock, call),
    creatorInfo: () => Promise.reject(new Error('No creator is asked here.')),
  };
}

class SimulatedNetwork implements SocialNetwork {
  readonly platform: PlatformName;
  readonly insights = noInsights;
  readonly settleMs: number;
  readonly preparesAhead: boolean;
  readonly startsPerMinute: number | null;
  readonly comments: SocialNetwork['comments'];
  readonly staging: SocialNetwork['staging'];
  readonly #network: Platform;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #call: Call;
  /** Uploads that this run of the app can go on with; their addresses are never stored. */
  readonly #uploads = new Set<string>();

  constructor(name: PlatformName, network: Platform, clock: Pick<Clock, 'now'>, call: Call) {
    this.#clock = clock;
    this.platform = name;
    this.settleMs = name === 'instagram' ? finalityMs.container : finalityMs.text_only;
    this.preparesAhead = name === 'instagram';
    this.startsPerMinute = name === 'tiktok' ? uploadsPerMinute : null;
    this.#network = network;
    this.#call = call;
    this.staging =
      name === 'facebook'
        ? {
            of: ({ id }) => ({ parts: typeof id === 'string' ? [id] : [], spare: [] }),
            remove: (access, id) => this.#ask('networks.remove', access, () => network.remove(id)),
          }
        : null;
    this.comments =
      name === 'tiktok'
        ? null
        : {
            commit: (access, under, text, send) => this.#commit(requestOf('comment', access, { under, text }), send),
            lookUp: (access, under, text, sentAt) => this.#lookUpText('comments.lookUp', access, under, text, sentAt),
          };
  }

  lookUpsFrom(): null {
    return null;
  }

  authorizeUrl: SocialNetwork['authorizeUrl'] = () => Promise.reject(new Error('Nobody logs in here.'));
  exchangeCode: SocialNetwork['exchangeCode'] = () => Promise.reject(new Error('Nobody logs in here.'));
  renew: SocialNetwork['renew'] = () => Promise.reject(new Error('Tokens are renewed by the world.'));
  revoke: SocialNetwork['revoke'] = () => Promise.resolve();
  readiness: SocialNetwork['readiness'] = () => Promise.resolve({ scopes: null, postsLeft: null, creator: null });
  problems: SocialNetwork['problems'] = () => [];

  async prepare(
    access: AccountAccess,
    publication: Publication,
    handle: Handle | null,
    keep: (handle: Handle) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Handle> {
    signal.throwIfAborted();
    const account = accountOf(access);
    if (account.kind === 'text_only') return {};
    const known = typeof handle?.id === 'string' ? handle.id : null;
    if (known !== null && this.#canGoOn(account, known)) return { id: known };
    const id = await this.#ask('networks.prepare', access, () => {
      this.#assertWelcome(account);
      return this.#network.stage(account, shownBy(account, publication));
    });
    if (account.kind === 'upload') this.#uploads.add(id);
    await keep({ id });
    signal.throwIfAborted();
    return { id };
  }

  #assertWelcome(account: ScenarioAccount): void {
    const { limits } = this.#network;
    const now = this.#clock.now();
    limits.asked(account, now);
    if (!limits.isDrawn(this.#network.faultRate)) return;
    const { retryAt, isAppWide } = limits.refuse(account, now + answersAfterMs);
    throw new NetworkFailure({ class: 'rate', code: 'rate', message: 'Slow down.', retryAt, appWide: isAppWide });
  }

  #canGoOn(account: ScenarioAccount, id: string): boolean {
    if (account.kind === 'upload') return this.#uploads.has(id);
    const { kind } = this.#network.status(id);
    if (kind === 'live' && isContainer(account)) throw new AlreadyLive('The container is live already.');
    return kind !== 'expired';
  }

  commit(
    access: AccountAccess,
    publication: Publication,
    handle: Handle,
    send: IrrevocableSend,
  ): Promise<CommitOutcome> {
    const id: Record<string, string> = typeof handle.id === 'string' ? { handle: handle.id } : {};
    const text = shownBy(accountOf(access), publication);
    return this.#commit(requestOf('publish', access, { ...id, text }), send);
  }

  async #commit(request: Request, send: IrrevocableSend): Promise<CommitOutcome> {
    let response: Response;
    try {
      response = await send(request);
    } catch (error) {
      if (error instanceof GateClosed) throw error;
      if (error instanceof Unreachable) {
        return { kind: 'refused', failure: { class: 'transient', code: 'unreachable', message: error.message } };
      }
      return { kind: 'unknown', detail: error instanceof Error ? error.message : 'no answer' };
    }
    return judge(response);
  }

  async lookUp(access: AccountAccess, publication: Publication, handle: Handle, sentAt: number): Promise<LookUp> {
    const account = accountOf(access);
    const { id } = handle;
    if (account.kind === 'text_only' || typeof id !== 'string') {
      return this.#lookUpText('networks.lookUp', access, null, publication.text, sentAt);
    }
    const status = await this.#ask('networks.lookUp', access, () => this.#network.status(id));
    switch (status.kind) {
      case 'live':
        if (account.kind === 'story') return this.#findStory(account, sentAt);
        if (status.id !== null) return { kind: 'published', remoteId: status.id, permalink: null };
        return this.#findMedia(account, publication.text, sentAt);
      case 'processing':
        return { kind: 'processing' };
      case 'ready':
        return { kind: 'absent' };
      case 'expired':
        return { kind: 'refused', failure: { class: 'transient', code: 'expired', message: 'The container expired.' } };
      case 'refused':
        return {
          kind: 'refused',
          failure: { class: 'content', code: 'moderation', message: 'The video was refused.' },
        };
    }
  }

  /** Of a container that is live: one of those with its words. */
  #findMedia(account: ScenarioAccount, text: string, sentAt: number): LookUp {
    const alike = this.#network.withText(account, null, text, sentAt - clockSkewMs);
    return { kind: 'published', remoteId: null, permalink: null, oneOf: alike.map(refOf) };
  }

  permalink(access: AccountAccess, remoteId: string): Promise<string | null> {
    return this.#ask('networks.permalink', access, () => `https://network.example/${remoteId}`);
  }

  /** Nothing tells a story from others that appeared at the time. */
  #findStory(account: ScenarioAccount, sentAt: number): LookUp {
    const listed = this.#clock.now() - sentAt >= storyListedMs;
    const shown = listed ? this.#network.recent(account, sentAt - clockSkewMs) : [];
    const oneOf = shown.filter(({ at }) => at <= sentAt + storyTakenMs + clockSkewMs).map(refOf);
    return { kind: 'published', remoteId: null, permalink: null, oneOf };
  }

  recentPosts(access: AccountAccess, since: number): Promise<RemotePost[]> {
    const account = accountOf(access);
    // Stories are in a list of their own.
    if (account.kind === 'story') return this.#ask('networks.recentPosts', access, () => []);
    return this.#ask('networks.recentPosts', access, () =>
      this.#network
        .recent(account, since)
        .map(({ id, text, at }) => ({ remoteId: id, text, isTextCut: false, at, permalink: null })),
    );
  }

  async #lookUpText(
    site: string,
    access: AccountAccess,
    under: string | null,
    text: string,
    sentAt: number,
  ): Promise<LookUp> {
    const account = accountOf(access);
    const found = await this.#ask(site, access, () =>
      this.#network.withText(account, under, text, sentAt - clockSkewMs),
    );
    const [entry] = found;
    if (entry === undefined) return { kind: 'absent' };
    if (found.length > 1) {
      const oneOf = under === null ? found.map(refOf) : [];
      return { kind: 'ambiguous', detail: `${found.length} entries have this text.`, oneOf };
    }
    return { kind: 'published', remoteId: entry.id, permalink: null };
  }

  /** A call that can be repeated without harm. @throws {NetworkFailure} */
  #ask<T>(site: string, access: AccountAccess, ask: () => T): Promise<T> {
    return this.#call(site, () => {
      const stumble = this.#network.stumbles();
      if (stumble !== null)
        throw new NetworkFailure({ class: 'transient', code: stumble, message: 'The network stumbled.' });
      if (!this.#network.tokens.accepts(accountOf(access), access.token.reveal())) {
        throw new NetworkFailure({ class: 'token', code: '190', message: 'The token is no longer good.' });
      }
      return ask();
    });
  }
}

function refOf({ id }: { id: string }): RemoteRef {
  return { remoteId: id, permalink: null };
}

/** The request was never sent. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** What tells a post from others: its words, of a story what is in its picture. */
function shownBy({ kind }: ScenarioAccount, { text, media }: Publication): string {
  return kind === 'story' ? new TextDecoder().decode(media[0]?.bytes) : text;
}

function requestOf(what: 'publish' | 'comment', access: AccountAccess, parameters: Record<string, string>): Request {
  const query = new URLSearchParams(parameters);
  return new Request(`https://network.example/${access.remoteId}/${what}?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access.token.reveal()}` },
  });
}

/** The allow-list: only these answers prove that nothing was published. */
function judge({ status, headers }: Response): CommitOutcome {
  const code = headers.get('x-code');
  const id = headers.get('x-id');
  if (status === 202) return { kind: 'accepted' };
  if (status === 200 && id !== null) return { kind: 'published', remoteId: id, permalink: null };
  if (status === 401) {
    return { kind: 'refused', failure: { class: 'token', code: '190', message: 'The token is no longer good.' } };
  }
  if (status === 429) {
    const retryAt = headers.get('x-retry-at');
    const failure = { class: 'rate' as const, code: 'rate', message: 'Slow down.', appWide: headers.has('x-app-wide') };
    return { kind: 'refused', failure: retryAt === null ? failure : { ...failure, retryAt: Number(retryAt) } };
  }
  if (status === 400 && code === 'expired') {
    return { kind: 'refused', failure: { class: 'transient', code, message: 'The container expired.' } };
  }
  return { kind: 'unknown', detail: `answered ${status}` };
}
