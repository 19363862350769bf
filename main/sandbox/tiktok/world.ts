import { randomBytes } from 'node:crypto';
import type { Blobs, Faults, Ledger, PersistentState } from '../simulator.ts';

/** What TikTok's developer portal knows of an app. */
export interface App {
  clientKey: string;
  clientSecret: string;
  redirectUris: string[];
  /** Passed the Content Posting audit: only then may direct posts be seen by others. */
  audited: boolean;
  /** URL prefixes proven in the portal, from which TikTok agrees to pull media. */
  verifiedUrlPrefixes: string[];
}

/** A TikTok account. */
export interface Creator {
  id: string;
  username: string;
  nickname: string;
  private: boolean;
  maxVideoSeconds: number;
  commentDisabled: boolean;
  duetDisabled: boolean;
  stitchDisabled: boolean;
  /** Banned from posting: `spam_risk_user_banned_from_posting`. */
  banned: boolean;
}

/** What one person granted to one app. */
export interface Grant {
  clientKey: string;
  creatorId: string;
  scopes: string[];
}

export interface Code extends Grant {
  redirectUri: string;
  codeChallenge: string | null;
  /** UTC milliseconds. */
  expiresAt: number;
}

export interface Token extends Grant {
  /** UTC milliseconds. */
  expiresAt: number;
}

export type PrivacyLevel = 'PUBLIC_TO_EVERYONE' | 'MUTUAL_FOLLOW_FRIENDS' | 'FOLLOWER_OF_CREATOR' | 'SELF_ONLY';

/** A file upload that is announced, under way or complete. */
export interface Upload {
  token: string;
  /** Bytes. */
  size: number;
  /** Bytes of every chunk but the last, which takes the remainder too. */
  chunkSize: number;
  chunkCount: number;
  /** SHA-256 of the chunks that have arrived, in order. */
  chunks: string[];
  /** Bytes that have arrived. */
  received: number;
  /** UTC milliseconds. */
  expiresAt: number;
}

export interface MediaFile {
  sha256: string;
  mime: string;
  /** Null when the file does not say. */
  seconds: number | null;
  width: number | null;
  height: number | null;
}

/** One publish id and everything that came of it. */
export interface Publish {
  id: string;
  clientKey: string;
  creatorId: string;
  destination: 'profile' | 'inbox';
  media: 'video' | 'photo';
  /** Video title, or photo title and description. */
  text: string;
  /** Null while a draft waits in the inbox: the creator decides. */
  privacy: PrivacyLevel | null;
  aiLabel: boolean;
  /** UTC milliseconds. */
  createdAt: number;
  upload: Upload | null;
  /** URLs that TikTok pulls; empty for file uploads. */
  pullUrls: string[];
  phase: 'transferring' | 'delivered' | 'published' | 'failed';
  failReason: string | null;
  files: MediaFile[];
  /** Status queries since the transfer ended. */
  polls: number;
  /** Status queries that answered PUBLISH_COMPLETE. */
  completePolls: number;
  post: { id: string; publishedAt: number } | null;
}

export interface TikTokState {
  apps: Record<string, App>;
  creators: Record<string, Creator>;
  codes: Record<string, Code>;
  accessTokens: Record<string, Token>;
  refreshTokens: Record<string, Token>;
  publishes: Record<string, Publish>;
  /** Times of accepted requests of the last minute, by operation and grant. */
  requests: Record<string, number[]>;
}

export const emptyState: TikTokState = {
  apps: {},
  creators: {},
  codes: {},
  accessTokens: {},
  refreshTokens: {},
  publishes: {},
  requests: {},
};

/** Switches for what TikTok's documentation leaves open or what differs in practice. */
export interface TikTokSettings {
  /** Status queries that still say PROCESSING_… after the transfer has ended. */
  statusPolls: number;
  /** PUBLISH_COMPLETE answers that come without the post id. */
  postIdDelayPolls: number;
  /** The post id never shows up in the status, as some accounts report. */
  postIdNeverFilled: boolean;
  /** A creator_info query without a JSON body is refused. */
  requireJsonBody: boolean;
  /** Each refresh answers a new refresh token and kills the old one. */
  rotateRefreshToken: boolean;
  /** HTTP status of OAuth errors; the real service is known to answer 200. */
  oauthErrorStatus: 200 | 400;
  /** Meaning of the number in the upload's `Content-Range: bytes 0-N/total` answer. */
  uploadedRange: 'last-byte' | 'byte-count';
  /** Fields of the Display API that have been taken away since. */
  removedFields: string[];
}

export const defaultSettings: TikTokSettings = {
  statusPolls: 1,
  postIdDelayPolls: 0,
  postIdNeverFilled: false,
  requireJsonBody: true,
  rotateRefreshToken: true,
  oauthErrorStatus: 200,
  uploadedRange: 'last-byte',
  removedFields: [],
};

/** Everything the parts of the simulator share. */
export interface World {
  faults: Faults;
  ledger: Ledger;
  now: () => number;
  store: PersistentState<TikTokState>;
  blobs: Blobs;
  settings: TikTokSettings;
  /** Filled once the three servers listen. */
  origins: { www: string; api: string; upload: string };
}

/** An unguessable string of `bytes` random bytes in hex. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
