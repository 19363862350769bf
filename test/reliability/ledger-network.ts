import {
  type AccountAccess,
  AlreadyLive,
  type CommitOutcome,
  GateClosed,
  type Handle,
  type IrrevocableSend,
  type LookUp,
  NetworkFailure,
  type Publication,
  type RemotePost,
  type SocialNetwork,
} from '../../main/core/ports/index.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { Chance } from './chance.ts';
import { noInsights } from '../doubles/no-insights.ts';

/** Something that became public. The ledger outlives every run of the app and every state of its data. */
export interface LivePost {
  id: string;
  account: string;
  text: string;
  /** UTC ms. */
  at: number;
  /** The post it stands under; null for posts. */
  under: string | null;
}

/** What the network meets the app in. */
export interface NetworkWorld {
  now(): number;
  chance: Chance;
  ledger: LivePost[];
  /** Things that are prepared and not public, by handle; `live` names the post they became. */
  staged: Map<string, { account: string; text: string; live: string | null }>;
  /** Called at each moment at which app and network meet. */
  step(): Promise<void>;
  /** Share of answers that go wrong. */
  faultRate: number;
}

const overlapMs = 120_000;

/**
 * A network with a ledger. Facebook here has no handle, Instagram and TikTok have one that can be made public once;
 * Facebook and Instagram show their posts, TikTok shows none. Answers get lost, requests get lost, reads fail.
 */
export class LedgerNetwork implements SocialNetwork {
  readonly platform: Platform;
  readonly insights = noInsights;
  readonly settleMs = 60_000;
  readonly preparesAhead = false;
  readonly startsPerMinute = null;
  readonly staging = null;
  readonly comments: SocialNetwork['comments'];
  readonly #world: NetworkWorld;

  constructor(platform: Platform, world: NetworkWorld) {
    this.platform = platform;
    this.#world = world;
    this.comments =
      platform === 'tiktok'
        ? null
        : {
            commit: ({ remoteId }, under, text, send) =>
              this.#send(send, () => ({
                kind: 'published',
                remoteId: this.#publish(remoteId, text, under),
                permalink: null,
              })),
            lookUp: ({ remoteId }, under, text, sentAt) => this.#byText(remoteId, text, under, sentAt),
          };
  }

  lookUpsFrom(): null {
    return null;
  }

  authorizeUrl: SocialNetwork['authorizeUrl'] = () => Promise.reject(new Error('Nobody logs in here.'));
  exchangeCode: SocialNetwork['exchangeCode'] = () => Promise.reject(new Error('Nobody logs in here.'));
  renew: SocialNetwork['renew'] = () => Promise.reject(new Error('Nothing is renewed here.'));
  revoke: SocialNetwork['revoke'] = () => Promise.resolve();
  readiness: SocialNetwork['readiness'] = () => Promise.resolve({ scopes: null, postsLeft: null, creator: null });
  problems: SocialNetwork['problems'] = () => [];

  async prepare(
    { remoteId: account }: AccountAccess,
    { text }: Publication,
    handle: Handle | null,
    keep: (handle: Handle) => Promise<void>,
  ): Promise<Handle> {
    await this.#read();
    if (this.platform === 'facebook') return {};
    const known = typeof handle?.id === 'string' ? this.#world.staged.get(handle.id) : undefined;
    if (known?.live != null) throw new AlreadyLive('It is live already.');
    if (known !== undefined && handle !== null) return handle;
    const made = { id: `staged-${this.#world.staged.size + 1}` };
    this.#world.staged.set(made.id, { account, text, live: null });
    await keep(made);
    return made;
  }

  commit(
    { remoteId }: AccountAccess,
    { text }: Publication,
    { id }: Handle,
    send: IrrevocableSend,
  ): Promise<CommitOutcome> {
    return this.#send(send, () => {
      const staged = typeof id === 'string' ? this.#world.staged.get(id) : undefined;
      const live = staged?.live ?? this.#publish(remoteId, text, null);
      if (staged !== undefined) staged.live = live;
      return { kind: 'published', remoteId: live, permalink: null };
    });
  }

  async lookUp({ remoteId }: AccountAccess, { text }: Publication, { id }: Handle, sentAt: number): Promise<LookUp> {
    const staged = typeof id === 'string' ? this.#world.staged.get(id) : undefined;
    if (staged === undefined) return this.#byText(remoteId, text, null, sentAt);
    await this.#read();
    return staged.live === null ? { kind: 'absent' } : { kind: 'published', remoteId: staged.live, permalink: null };
  }

  permalink: SocialNetwork['permalink'] = () => Promise.resolve(null);

  async recentPosts({ remoteId }: AccountAccess, since: number): Promise<RemotePost[] | null> {
    await this.#read();
    if (this.platform === 'tiktok') return null;
    return this.#world.ledger
      .filter(({ account, under, at }) => account === remoteId && under === null && at >= since)
      .map(({ id, text, at }) => ({ remoteId: id, text, isTextCut: false, at, permalink: null }))
      .reverse();
  }

  async #byText(account: string, text: string, under: string | null, sentAt: number): Promise<LookUp> {
    await this.#read();
    const found = this.#world.ledger.filter(
      (entry) =>
        entry.account === account && entry.text === text && entry.under === under && entry.at >= sentAt - overlapMs,
    );
    const [post] = found;
    if (post === undefined) return { kind: 'absent' };
    if (found.length > 1) return { kind: 'ambiguous', detail: `${found.length} posts have these words.` };
    return { kind: 'published', remoteId: post.id, permalink: null };
  }

  async #send(send: IrrevocableSend, apply: () => CommitOutcome): Promise<CommitOutcome> {
    await this.#world.step();
    try {
      await send(new Request('https://network.example/publish', { method: 'POST' }));
    } catch (error) {
      if (error instanceof GateClosed) throw error;
      return { kind: 'unknown', detail: 'The connection was cut.' };
    }
    const { chance, faultRate } = this.#world;
    const goesWrong = chance.happens(faultRate);
    if (goesWrong && chance.happens(0.4)) return { kind: 'unknown', detail: 'The request was lost.' };
    const outcome = apply();
    await this.#world.step();
    return goesWrong ? { kind: 'unknown', detail: 'The answer was lost.' } : outcome;
  }

  #publish(account: string, text: string, under: string | null): string {
    const id = `${account}_${this.#world.ledger.length + 1}`;
    this.#world.ledger.push({ id, account, text, at: this.#world.now(), under });
    return id;
  }

  async #read(): Promise<void> {
    await this.#world.step();
    if (this.#world.chance.happens(this.#world.faultRate / 2)) {
      throw new NetworkFailure({ class: 'transient', code: '2', message: 'The network stumbled.' });
    }
  }
}
