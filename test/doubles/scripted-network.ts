import type {
  AccountAccess,
  CommitOutcome,
  Handle,
  IrrevocableSend,
  LookUp,
  Publication,
  RemotePost,
  SocialNetwork,
} from '../../main/core/ports/index.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { noInsights } from './no-insights.ts';

type Answer = 'ok' | 'lost' | 'lost-before' | CommitOutcome;

/**
 * A network with a ledger of its own that answers as told: the judge of what really became public.
 * `lost` publishes and loses the answer; `lost-before` loses the request.
 */
export class ScriptedNetwork implements SocialNetwork {
  readonly platform: Platform;
  readonly settleMs = 60_000;
  preparesAhead = false;
  startsPerMinute: number | null = null;
  /** UTC ms; see the port. */
  lookUpsAgainAt: number | null = null;
  /** What became public, in order. */
  readonly live: { handle: string; text: string; account: string }[] = [];
  readonly commented: { postRemoteId: string; text: string }[] = [];
  prepared = 0;
  answers: Answer[] = [];
  lookUps: (LookUp | 'fail')[] = [];
  commentAnswers: Answer[] = [];
  /** Called inside the irrevocable call, before the request is sent. */
  beforeSend: () => Promise<void> = () => Promise.resolve();
  prepareFails: unknown[] = [];

  constructor(platform: Platform) {
    this.platform = platform;
  }

  lookUpsFrom(): number | null {
    return this.lookUpsAgainAt;
  }

  authorizeUrl: SocialNetwork['authorizeUrl'] = () => Promise.resolve('https://example.com/login');
  exchangeCode: SocialNetwork['exchangeCode'] = () => Promise.reject(new Error('no login here'));
  renew: SocialNetwork['renew'] = () => Promise.reject(new Error('no renewal here'));
  revoke: SocialNetwork['revoke'] = () => Promise.resolve();
  readiness: SocialNetwork['readiness'] = () => Promise.resolve({ scopes: null, postsLeft: null, creator: null });
  problems: SocialNetwork['problems'] = () => [];

  async prepare(
    _: AccountAccess,
    __: Publication,
    handle: Handle | null,
    keep: (handle: Handle) => Promise<void>,
    _signal?: AbortSignal,
  ): Promise<Handle> {
    const failure = this.prepareFails.shift();
    if (failure !== undefined) throw failure;
    if (handle !== null) return handle;
    this.prepared += 1;
    const made = { container: `container-${this.prepared}` };
    await keep(made);
    return made;
  }

  async commit(
    account: AccountAccess,
    publication: Publication,
    handle: Handle,
    send: IrrevocableSend,
  ): Promise<CommitOutcome> {
    await this.beforeSend();
    await send(new Request('https://example.com/publish', { method: 'POST' }));
    const answer = this.answers.shift() ?? 'ok';
    if (answer === 'lost-before') return { kind: 'unknown', detail: 'no answer' };
    if (typeof answer === 'object') return answer;
    const id = String(handle.container);
    if (!this.live.some((post) => post.handle === id)) {
      this.live.push({ handle: id, text: publication.text, account: account.remoteId });
    }
    if (answer === 'lost') return { kind: 'unknown', detail: 'no answer' };
    return { kind: 'published', remoteId: `live-${id}`, permalink: `https://example.com/${id}` };
  }

  lookUp(_: AccountAccess, __: Publication, handle: Handle): Promise<LookUp> {
    const scripted = this.lookUps.shift();
    if (scripted === 'fail') return Promise.reject(new Error('the look-up failed'));
    if (scripted !== undefined) return Promise.resolve(scripted);
    const id = String(handle.container);
    const found = this.live.some((post) => post.handle === id);
    return Promise.resolve(found ? { kind: 'published', remoteId: `live-${id}`, permalink: null } : { kind: 'absent' });
  }

  /** What is answered when the address of a post is asked for. */
  permalinks: (string | null | Error)[] = [];

  permalink(): Promise<string | null> {
    const next = this.permalinks.shift() ?? null;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  }

  /** Containers that were removed, or that could not be. */
  readonly removed: string[] = [];
  removing: () => Promise<void> = () => Promise.resolve();
  readonly staging: SocialNetwork['staging'] = {
    of: ({ container, spare }) => ({
      parts: typeof container === 'string' ? [container] : [],
      spare: Array.isArray(spare) ? spare.map(String) : [],
    }),
    remove: async (_, id) => {
      this.removed.push(id);
      await this.removing();
    },
  };

  /** What the account shows: posts, null when the network does not tell, or how asking fails. */
  recent: RemotePost[] | null | Error = [];

  recentPosts(_: AccountAccess, since: number): Promise<RemotePost[] | null> {
    if (this.recent instanceof Error) return Promise.reject(this.recent);
    return Promise.resolve(this.recent?.filter(({ at }) => at >= since) ?? null);
  }

  insights: SocialNetwork['insights'] = noInsights;

  readonly comments = {
    commit: async (
      _: AccountAccess,
      postRemoteId: string,
      text: string,
      send: IrrevocableSend,
    ): Promise<CommitOutcome> => {
      await send(new Request('https://example.com/comment', { method: 'POST' }));
      const answer = this.commentAnswers.shift() ?? 'ok';
      if (typeof answer === 'object') return answer;
      if (answer !== 'lost-before') this.commented.push({ postRemoteId, text });
      if (answer !== 'ok') return { kind: 'unknown', detail: 'no answer' };
      return { kind: 'published', remoteId: `comment-${this.commented.length}`, permalink: null };
    },
    lookUp: (_: AccountAccess, postRemoteId: string): Promise<LookUp> =>
      Promise.resolve(
        this.commented.some((comment) => comment.postRemoteId === postRemoteId)
          ? { kind: 'published', remoteId: 'comment-found', permalink: null }
          : { kind: 'absent' },
      ),
  };
}
