import { usualVia } from '../../shared/domain/platform.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type {
  AccountRecord,
  AttemptRecord,
  ClientRecord,
  Log,
  MediaRecord,
  PostRecord,
  TargetRecord,
  UsageRecord,
} from '../core/ports/index.ts';
import { openStore, type SqliteStore } from './open.ts';

/** Rows and stores for the tests of this folder. Every id is given, so that a test reads on its own. */

export const noon = Date.UTC(2026, 10, 24, 12);

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A clock that stands still until a test moves it. */
export function standingClock(start = noon) {
  const clock = { at: start, now: () => clock.at, monotonic: () => clock.at - start };
  return clock;
}

/** A path in a new folder that goes when the test ends. */
export function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autosocial-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'autosocial.db');
}

/** A new store that closes when the test ends; `file` opens an existing one. */
export async function temporaryStore(file = temporaryFile(), clock = standingClock()): Promise<SqliteStore> {
  const store = await openStore({ file, clock, log: silentLog });
  onTestFinished(() => store.close());
  return store;
}

export function client(change: Partial<ClientRecord> = {}): ClientRecord {
  return {
    id: 'client-1',
    name: 'Corner Café',
    status: 'active',
    timezone: 'Europe/Berlin',
    language: 'en',
    brandVoice: 'warm',
    createdAt: noon,
    updatedAt: noon,
    deletedAt: null,
    ...change,
  };
}

export function account(change: Partial<AccountRecord> = {}): AccountRecord {
  return {
    id: 'account-1',
    clientId: 'client-1',
    platform: 'facebook',
    via: usualVia(change.platform ?? 'facebook'),
    remoteId: 'page-1',
    displayName: 'Corner Café',
    username: null,
    pageId: null,
    status: 'connected',
    statusReason: null,
    sealedAccessToken: 'c2VhbGVk',
    sealedRefreshToken: null,
    sealedUserToken: null,
    expiresAt: null,
    refreshExpiresAt: null,
    scopes: ['pages_manage_posts'],
    audited: false,
    loginId: null,
    pausedUntil: null,
    connectedAt: noon,
    updatedAt: noon,
    disconnectedAt: null,
    ...change,
  };
}

export function media(change: Partial<MediaRecord> = {}): MediaRecord {
  return {
    id: 'media-1',
    clientId: 'client-1',
    sha256: 'a'.repeat(64),
    name: null,
    kind: 'image',
    mime: 'image/jpeg',
    width: 1080,
    height: 1350,
    durationMs: null,
    video: null,
    bytes: 120_000,
    origin: 'ai',
    provenance: { model: 'flux', prompt: 'a cup' },
    aiMade: true,
    altText: null,
    focal: null,
    focalOn: {},
    madeFrom: null,
    createdBy: null,
    createdAt: noon,
    deletedAt: null,
    ...change,
  };
}

export function post(change: Partial<PostRecord> = {}): PostRecord {
  return {
    id: 'post-1',
    clientId: 'client-1',
    status: 'approved',
    source: 'manual',
    caption: 'Fresh “Brötchen” 🥐',
    hashtags: ['#bakery', '#berlin'],
    firstComment: null,
    altText: null,
    mediaIds: ['media-1'],
    scheduledFor: noon,
    wallTime: '2026-11-24T13:00',
    timezone: 'Europe/Berlin',
    slot: null,
    approvedHash: 'hash',
    approvedBy: 'Ada',
    approvedAt: noon,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: noon,
    updatedAt: noon,
    deletedAt: null,
    ...change,
  };
}

export function target(change: Partial<TargetRecord> = {}): TargetRecord {
  return {
    id: 'target-1',
    postId: 'post-1',
    accountId: 'account-1',
    platform: 'facebook',
    status: 'pending',
    caption: null,
    options: { allowComment: true },
    consent: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    tries: 0,
    nextAttemptAt: null,
    errorCode: null,
    errorMessage: null,
    updatedAt: noon,
    ...change,
  };
}

export function attempt(change: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    id: 'attempt-1',
    targetId: 'target-1',
    accountId: 'account-1',
    kind: 'post',
    remoteAccountId: 'page-1',
    number: 1,
    state: 'intent',
    handle: null,
    contentHash: 'hash',
    bootId: 'boot-1',
    epoch: 1,
    createdAt: noon,
    sentAt: null,
    deadlineAt: null,
    negativeLookUps: 0,
    lastLookUpAt: null,
    endedAt: null,
    remoteId: null,
    permalink: null,
    errorClass: null,
    errorCode: null,
    errorMessage: null,
    ...change,
  };
}

export function usage(change: Partial<UsageRecord> = {}): UsageRecord {
  return {
    id: 'usage-1',
    clientId: 'client-1',
    postId: null,
    provider: 'groq',
    model: 'llama',
    purpose: 'caption',
    intent: 'captions/client-1/2026-11-24',
    state: 'intent',
    remoteId: null,
    inputTokens: 0,
    outputTokens: 0,
    images: 0,
    videos: 0,
    costMicroUsd: 900,
    latencyMs: null,
    error: null,
    createdAt: noon,
    settledAt: null,
    ...change,
  };
}

/** A store with one client, account and approved post, whose target is due at noon. */
export async function storeWithPost(file = temporaryFile()): Promise<SqliteStore> {
  const store = await temporaryStore(file);
  await store.clients.insert(client());
  await store.accounts.insert(account());
  await store.posts.insert(post());
  await store.targets.insert(target());
  return store;
}
