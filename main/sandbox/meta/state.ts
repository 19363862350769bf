import type { Blobs, Faults, Ledger, PersistentState } from '../simulator.ts';
import type { MetaOperation } from './operations.ts';
import type { MetaSettings } from './settings.ts';

/** Origins of the simulator's hosts, e.g. `http://127.0.0.1:40123`. */
export interface MetaOrigins {
  /** graph.facebook.com and graph-video.facebook.com. */
  graph: string;
  /** www.facebook.com: login dialog and public posts. */
  www: string;
  rupload: string;
  instagramGraph: string;
  instagramApi: string;
  instagramWww: string;
  cdn: string;
}

/** Everything the request handlers share. */
export interface World {
  readonly store: PersistentState<MetaState>;
  readonly blobs: Blobs;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly settings: MetaSettings;
  readonly origins: MetaOrigins;
  /** UTC milliseconds. */
  readonly now: () => number;
}

export interface App {
  id: string;
  name: string;
  secret: string;
  redirectUris: string[];
  /** In development mode `http://localhost` and `http://127.0.0.1` are accepted as redirects. */
  development: boolean;
  instagramAppId: string | null;
  instagramAppSecret: string | null;
}

export interface Person {
  id: string;
  name: string;
  roles: PageRole[];
  /** Facebook asks this person to confirm who they are: every token answers 190/459 meanwhile. */
  checkpoint: boolean;
}

interface PageRole {
  pageId: string;
  tasks: string[];
  /** The Page belongs to a business portfolio: listed only with `business_management`. */
  inPortfolio: boolean;
}

export interface Page {
  id: string;
  name: string;
  username: string;
  instagramId: string | null;
}

export interface InstagramAccount {
  id: string;
  username: string;
  name: string;
}

/** What one person allowed one app to do. A new consent replaces it, as on Facebook. */
interface Grant {
  scopes: string[];
  declined: string[];
  pageIds: string[];
  /** UTC milliseconds. */
  dataAccessExpiresAt: number;
}

export interface AuthorizationCode {
  product: 'facebook' | 'instagram';
  appId: string;
  redirectUri: string;
  /** Person id for Facebook, Instagram account id for Instagram. */
  subjectId: string;
  scopes: string[];
  expiresAt: number;
  used: boolean;
}

/** Why a token stopped working before its time. */
export type TokenDeath = 'deauthorized' | 'password' | 'invalid';

export interface Token {
  kind: 'user' | 'page' | 'instagram';
  appId: string;
  /** Person id, or the Instagram account id for `instagram`. */
  subjectId: string;
  pageId: string | null;
  scopes: string[];
  long: boolean;
  issuedAt: number;
  /** UTC milliseconds; null means never. */
  expiresAt: number | null;
  death: TokenDeath | null;
}

export interface StoredFile {
  sha256: string;
  kind: 'image' | 'video';
  width: number;
  height: number;
}

export interface Photo {
  id: string;
  pageId: string;
  file: StoredFile;
  altText: string | null;
  caption: string;
  createdAt: number;
  /** The post that holds it; an unattached photo is dropped after 24 h. */
  postId: string | null;
}

export interface Post {
  id: string;
  pageId: string;
  appId: string;
  message: string;
  link: string | null;
  photoIds: string[];
  videoId: string | null;
  createdAt: number;
  updatedAt: number;
  /** UTC milliseconds since when followers see it; null while unpublished. */
  publishedAt: number | null;
  scheduledFor: number | null;
}

export interface Video {
  id: string;
  pageId: string;
  appId: string;
  reel: boolean;
  upload: Upload;
  file: StoredFile | null;
  durationMs: number;
  /** Text for people when processing refused the file. */
  failure: string | null;
  pollsLeft: number;
  title: string;
  description: string;
  finished: boolean;
  postId: string | null;
  createdAt: number;
}

/** Bytes that arrived at rupload so far. */
export interface Upload {
  size: number | null;
  received: number;
  parts: string[];
}

export interface Container {
  id: string;
  instagramId: string;
  kind: 'image' | 'reel' | 'story' | 'item' | 'carousel';
  file: StoredFile | null;
  upload: Upload | null;
  caption: string;
  altText: string | null;
  aiGenerated: boolean;
  children: string[];
  createdAt: number;
  pollsLeft: number;
  failure: string | null;
  mediaId: string | null;
}

export interface InstagramMedia {
  id: string;
  instagramId: string;
  shortcode: string;
  type: 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM';
  productType: 'FEED' | 'REELS' | 'STORY';
  items: (StoredFile & { id: string; altText: string | null })[];
  caption: string;
  aiGenerated: boolean;
  publishedAt: number;
}

export interface Comment {
  id: string;
  /** Post id or Instagram media id. */
  targetId: string;
  author: { id: string; name: string };
  text: string;
  createdAt: number;
}

export interface MetaState {
  sequence: number;
  /** Key of the signatures on CDN addresses, hex. */
  cdnKey: string;
  apps: Record<string, App>;
  people: Record<string, Person>;
  pages: Record<string, Page>;
  instagram: Record<string, InstagramAccount>;
  /** By `personId:appId`. */
  grants: Record<string, Grant>;
  codes: Record<string, AuthorizationCode>;
  tokens: Record<string, Token>;
  photos: Record<string, Photo>;
  posts: Record<string, Post>;
  videos: Record<string, Video>;
  containers: Record<string, Container>;
  media: Record<string, InstagramMedia>;
  comments: Record<string, Comment>;
}

export function emptyState(cdnKey: string): MetaState {
  return {
    sequence: 0,
    cdnKey,
    apps: {},
    people: {},
    pages: {},
    instagram: {},
    grants: {},
    codes: {},
    tokens: {},
    photos: {},
    posts: {},
    videos: {},
    containers: {},
    media: {},
    comments: {},
  };
}

const idDigits = 15;

/** A new numeric id that no other object of any kind has: the prefix, then the running number. */
export function nextId(world: World, prefix: string): string {
  const state = world.store.value;
  state.sequence += 1;
  return prefix + String(state.sequence).padStart(idDigits - prefix.length, '0');
}

/** Notes in the ledger that followers now see something new, the place where doubles show. */
export function recordPublic(
  world: World,
  operation: MetaOperation,
  detail: { accountId: string; postId: string; text: string },
): void {
  world.ledger.append({ at: world.now(), operation, status: 200, detail });
}
