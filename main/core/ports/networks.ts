import type { VideoFacts } from '../../../shared/contract/media.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import type { AccountMetric, Metrics, PostMetric } from '../../../shared/domain/metrics.ts';
import type { UserTag } from '../../../shared/domain/tagging.ts';
import type { Platform, Via } from '../../../shared/domain/platform.ts';
import type { Secret } from './secrets.ts';

/** What a refused or failed call means for us; one decision table turns it into what to do next. */
export type FailureClass =
  /** The network stumbled; try again with backoff. */
  | 'transient'
  /** Not before `retryAt`; does not count as a try. */
  | 'rate'
  /** The token is no longer good. */
  | 'token'
  /** A scope or a role is missing. */
  | 'permission'
  /** The network refuses this text or media; a person must change it. */
  | 'content'
  /** The app or its registration is wrong; the operator must act. */
  | 'config'
  /** The account is restricted; a person must act on the network. */
  | 'account';

export interface Failure {
  class: FailureClass;
  /** The network's own code, e.g. `190/463` or `spam_risk_too_many_posts`. */
  code: string;
  /** For a person, with the network's own words where it has any. Never a token. */
  message: string;
  /** UTC ms; `rate` only. */
  retryAt?: number;
  /** `rate` only: the whole app is limited, not just this account. */
  appWide?: boolean;
  httpStatus?: number;
  /** The network's trace or log id. */
  trace?: string;
}

/** Thrown by every step that can be repeated without harm. */
export class NetworkFailure extends Error {
  override name = 'NetworkFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Thrown by a preparation that finds its own handle published: an earlier call was applied late. Nothing may be sent. */
export class AlreadyLive extends Error {
  override name = 'AlreadyLive';
}

/** The token and identity an account's calls are made with. */
export interface AccountAccess {
  accountId: string;
  remoteId: string;
  /** Whose login it is connected by. */
  via: Via;
  /** Instagram by Facebook's login: the Page the account is linked to. */
  pageId: string | null;
  username: string | null;
  /** Page token, Instagram user token, or TikTok access token. */
  token: Secret;
  scopes: readonly string[];
  /** TikTok: the app passed the audit for direct posts. */
  audited: boolean;
}

export interface OutgoingMedia {
  kind: 'image' | 'video';
  mime: string;
  /** Bytes ready for this network. */
  bytes: Uint8Array;
  width: number;
  height: number;
  durationMs: number | null;
  /** What a person's video holds; null for images, for what we made, and where it is not known. */
  video: VideoFacts | null;
  /** Size of a person's video, which goes out as it is; null for the rest. */
  fileBytes: number | null;
  altText: string | null;
  aiMade: boolean;
  /** Who is tagged on it; Instagram only. */
  tags: readonly UserTag[];
}

/** What is to appear on one account. */
export interface Publication {
  /** Caption with hashtags, as it will be read. */
  text: string;
  media: readonly OutgoingMedia[];
  options: TargetOptions;
}

/**
 * What a network gave us while nothing is visible yet (container id, unpublished post id,
 * publish id …). Plain JSON, stored before the next step.
 */
export type Handle = Record<string, unknown>;

/**
 * Sends one irrevocable request. It checks the gate in the same step and throws {@link GateClosed}
 * without sending anything when the gate is shut. The response is handed back whatever its status.
 */
export type IrrevocableSend = (request: Request) => Promise<Response>;

/** Nothing was sent. */
export class GateClosed extends Error {
  override name = 'GateClosed';
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * How the irrevocable call ended. Only what is on a network's allow-list may say `refused`;
 * a time-out, a reset, a 5xx, a cut or unreadable answer is `unknown`.
 */
export type CommitOutcome =
  | { kind: 'published'; remoteId: string; permalink: string | null }
  /** Taken; the network works on it. The outcome comes from {@link SocialNetwork.lookUp}. */
  | { kind: 'accepted' }
  /** Proven not to have happened. */
  | { kind: 'refused'; failure: Failure }
  | { kind: 'unknown'; detail: string };

/** A post by the network's id. */
export interface RemoteRef {
  remoteId: string;
  permalink: string | null;
}

/**
 * What a look-up says about an attempt whose outcome is not known. `oneOf`: where the network cannot tell which post it
 * is, it is one of these; whoever asks knows which of them are other attempts'.
 */
export type LookUp =
  | { kind: 'published'; remoteId: string | null; permalink: string | null; oneOf?: readonly RemoteRef[] }
  /** In the creator's inbox, to be finished by a person. */
  | { kind: 'delivered' }
  | { kind: 'processing' }
  /** Asked and answered: it is not there. Counts only after the settle time, and twice. */
  | { kind: 'absent' }
  /** Proven not to have happened, and never will with this handle. */
  | { kind: 'refused'; failure: Failure }
  /** Several could be it: a person must choose. */
  | { kind: 'ambiguous'; detail: string; oneOf?: readonly RemoteRef[] };

/** A post as the network shows it to followers. */
export interface RemotePost {
  remoteId: string;
  /** Empty when it has none. */
  text: string;
  /** The network gives back the beginning of a longer text only. */
  isTextCut: boolean;
  /** UTC ms, in whole seconds. */
  at: number;
  permalink: string | null;
}

/** What figures are asked about; networks have other metrics for each. */
export type MetricSubject = 'account' | 'post' | 'reel' | 'story';

/** What is known of the metrics that a network does not have, by its own names. */
export interface RefusedMetrics {
  has(subject: MetricSubject, metric: string): boolean;
  /** @param reason in the network's own words */
  add(subject: MetricSubject, metric: string, reason: string): void;
}

/**
 * Reads figures. Every metric counts for itself: one that the network refuses is noted in `refused` and left out from
 * then on, and the others come all the same. What the network does not tell is missing from the answer. Read-only.
 */
export interface NetworkInsights {
  /** How many posts are asked about at a time. */
  readonly postsAtOnce: number;
  /**
   * Figures by the network's id of the post; a post that is not shown (any more) is missing. Null where the account
   * was not connected for it. @throws {NetworkFailure} when nothing could be learnt
   */
  ofPosts(
    account: AccountAccess,
    remoteIds: readonly string[],
    refused: RefusedMetrics,
  ): Promise<Map<string, Metrics<PostMetric>> | null>;
  /** Null where the account was not connected for it. @throws {NetworkFailure} when nothing could be learnt */
  ofAccount(account: AccountAccess, refused: RefusedMetrics): Promise<Metrics<AccountMetric> | null>;
}

/** What a network keeps for posts, seen by nobody, and lets us remove. */
export interface Staging {
  /** Ids of the network. `parts`: what the post consists of when it is made; `spare`: what served for making it. */
  of(handle: Handle): { parts: string[]; spare: string[] };
  /** Removes one of them; what followers see is left as it is. @throws {NetworkFailure} */
  remove(account: AccountAccess, id: string): Promise<void>;
}

/** An account found after login, with what is needed to use it. */
export interface FoundAccount {
  platform: Platform;
  via: Via;
  remoteId: string;
  displayName: string;
  username: string | null;
  pageId: string | null;
  /** The network's id of whoever logged in; null where it does not tell. */
  loginId: string | null;
  accessToken: Secret;
  refreshToken: Secret | null;
  /** Meta: the long-lived user token that page tokens come from. */
  userToken: Secret | null;
  /** UTC ms; null means no expiry. */
  expiresAt: number | null;
  refreshExpiresAt: number | null;
  scopes: string[];
  /** What is missing for publishing, in words for a person; empty when nothing is. */
  missing: string[];
}

export interface RenewableTokens {
  accessToken: Secret;
  refreshToken: Secret | null;
  userToken: Secret | null;
  remoteId: string;
  via: Via;
  pageId: string | null;
  /** When the access token ends, UTC ms; null means never. */
  expiresAt: number | null;
  /** Since when we have it, UTC ms. */
  issuedAt: number;
}

export interface RenewedTokens {
  accessToken: Secret;
  refreshToken: Secret | null;
  userToken: Secret | null;
  expiresAt: number | null;
  refreshExpiresAt: number | null;
}

/** What a network tells of an account before anything is sent. */
export interface Readiness {
  /** Names of the permissions that are given now; null where the network does not tell. */
  scopes: readonly string[] | null;
  /** How many more posts the account may publish now; null where the network does not tell. */
  postsLeft: number | null;
  /** TikTok's direct posts only: what the creator may choose now. */
  creator: Pick<CreatorInfo, 'privacyLevels' | 'maxVideoSeconds'> | null;
}

/** What every network does, in the order a post goes through it. */
export interface SocialNetwork {
  readonly platform: Platform;
  /** How long after the deadline of a lost call the network may still apply it, ms. */
  readonly settleMs: number;
  /** What {@link prepare} makes stays good for a while, so that it can be made shortly before a post is due. */
  readonly preparesAhead: boolean;
  /** How many new posts the network takes from one identity within a minute; null where it sets no such bound. */
  readonly startsPerMinute: number | null;
  /** UTC ms before which no more look-ups of this identity fit into what the network allows; null: one fits now. */
  lookUpsFrom(remoteId: string): number | null;

  /**
   * Where the person logs in. `codeVerifier` stands for whatever the network asks for PKCE; `again` asks anew for
   * permissions that were declined before, where the network would leave them out.
   */
  authorizeUrl(input: {
    via: Via;
    state: string;
    redirectUri: string;
    codeVerifier: string;
    again?: boolean;
  }): Promise<string>;
  /** @throws {NetworkFailure} */
  exchangeCode(input: { via: Via; code: string; redirectUri: string; codeVerifier: string }): Promise<FoundAccount[]>;
  /**
   * Renews before expiry. A new refresh token replaces the old one. Null where the old login is good and too young to be
   * renewed. @throws {NetworkFailure}
   */
  renew(tokens: RenewableTokens): Promise<RenewedTokens | null>;
  /**
   * Takes back at the network everything that this person allowed the app: every token of that login ends, of all
   * accounts. @param loginId who logged in @throws {NetworkFailure}
   */
  revoke(tokens: RenewableTokens, loginId: string): Promise<void>;

  /**
   * Asks whether the account would take a post now. Read-only.
   * @param use.direct TikTok: the post is to be published, not left in the inbox
   * @throws {NetworkFailure} what a post would meet with, or that the network could not tell
   */
  readiness(account: AccountAccess, use: { direct: boolean }): Promise<Readiness>;

  /** What of a publication this network would refuse, before anything is sent. */
  problems(
    publication: Publication,
    account: Pick<AccountAccess, 'via' | 'audited'>,
  ): { field: string; code: string; message: string }[];
  /**
   * Does everything that stays invisible: uploads, containers, unpublished posts. Goes on from
   * `handle` when there is one. Calls `keep` after each step that gave something new and awaits it
   * before the next. Returns a handle that {@link commit} can use.
   * @throws {NetworkFailure} @throws {AlreadyLive}
   */
  prepare(
    account: AccountAccess,
    publication: Publication,
    handle: Handle | null,
    keep: (handle: Handle) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Handle>;
  /** The one irrevocable call. Lets {@link GateClosed} through, throws nothing else. */
  commit(
    account: AccountAccess,
    publication: Publication,
    handle: Handle,
    send: IrrevocableSend,
  ): Promise<CommitOutcome>;
  /** Asks what became of a commit. Read-only. A failed look-up throws and says nothing. @throws {NetworkFailure} */
  lookUp(account: AccountAccess, publication: Publication, handle: Handle, sentAt: number): Promise<LookUp>;

  /** The address of a live post; null when the network does not tell. Read-only. @throws {NetworkFailure} */
  permalink(account: AccountAccess, remoteId: string): Promise<string | null>;
  /** Null where nothing can be removed, or it goes by itself. */
  readonly staging: Staging | null;

  /**
   * What the account shows, newest first: the newest ones at or after `since` (UTC ms), one page of them. Null where
   * the network, or what the account was connected for, does not let us see that. Read-only. @throws {NetworkFailure}
   */
  recentPosts(account: AccountAccess, since: number): Promise<RemotePost[] | null>;

  readonly insights: NetworkInsights;

  /** Null where the network has no comments by API. */
  readonly comments: {
    commit(account: AccountAccess, postRemoteId: string, text: string, send: IrrevocableSend): Promise<CommitOutcome>;
    lookUp(account: AccountAccess, postRemoteId: string, text: string, sentAt: number): Promise<LookUp>;
  } | null;
}

/** TikTok only: what the creator may choose right now. */
export interface CreatorInfo {
  nickname: string;
  username: string;
  /** The picture itself, as a `data:` address; null where it could not be had. */
  avatar: string | null;
  privacyLevels: string[];
  commentDisabled: boolean;
  duetDisabled: boolean;
  stitchDisabled: boolean;
  maxVideoSeconds: number;
}

export type Networks = Record<Platform, SocialNetwork> & {
  creatorInfo(account: AccountAccess): Promise<CreatorInfo>;
};
