import { usualVia } from '../../shared/domain/platform.ts';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock, Log, MediaRecord, PostRecord, TargetRecord } from '../../main/core/ports/index.ts';
import { contentHash, contentOf } from '../../main/core/pipeline/content.ts';
import { systemDigest } from '../../main/host/chance.ts';
import { openStore } from '../../main/store/open.ts';
import { type RememberingStore, rememberingStore } from './remembering-store.ts';
import { accounts, beginning, type Scenario, type ScenarioPost } from './scenario.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The app's real store in a file of its own, used for one world after the other. */
export interface WorldStore {
  file: string;
  store: RememberingStore;
  /** A second connection: it sees what is committed, and nothing else. */
  committed: Database.Database;
  /** A prepared question to {@link committed} that answers one row. */
  ask<Row>(sql: string, ...parameters: unknown[]): Row | undefined;
  askAll<Row>(sql: string, ...parameters: unknown[]): Row[];
  /** Nothing is being sent, waits to be sent, or waits for an answer of a network. */
  isAtRest(): boolean;
  /** The run of the app that holds the lease. */
  holder(): string | null;
  /** Where the journal stands, in one line. */
  standing(): string;
  /** The accounts are connected again, and nothing is banned any more. */
  reconnect(): void;
  /** Makes the store empty, then puts the scenario's clients, accounts and approved posts into it. */
  reset(scenario: Scenario): Promise<void>;
  close(): Promise<void>;
}

/** @param clock of the world that is at work; asked at each use */
export async function openWorldStore(clock: Clock): Promise<WorldStore> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(parent, 'autosocial-reliability-'));
  const file = join(folder, 'data.db');
  const store = rememberingStore(await openStore({ file, clock, log: silent }));
  const committed = new Database(file);
  // The journal is only ever added to; between two worlds it must be emptied all the same.
  committed.exec('DROP TRIGGER attempt_events_are_kept; DROP TRIGGER post_logs_are_kept');
  committed.pragma('foreign_keys = OFF');
  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    const statement = statements.get(sql) ?? committed.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const emptying = tables.map((table) => committed.prepare(`DELETE FROM ${table}`));
  const empty = committed.transaction(() => {
    for (const statement of emptying) statement.run();
  });

  return {
    file,
    store,
    committed,
    ask: <Row>(sql: string, ...parameters: unknown[]) => prepared(sql).get(...parameters) as Row | undefined,
    askAll: <Row>(sql: string, ...parameters: unknown[]) => prepared(sql).all(...parameters) as Row[],
    isAtRest: () => prepared(openThings).pluck().get() === 0,
    holder: () => (prepared('SELECT holder FROM runner').pluck().get() as string | undefined) ?? null,
    standing: () => String(prepared(standing).pluck().get()),
    reconnect() {
      committed.exec("UPDATE social_accounts SET status = 'connected', status_reason = NULL, disconnected_at = NULL");
      committed.exec('DELETE FROM brand_assets');
      store.forget();
    },
    async reset(scenario) {
      empty.immediate();
      store.forget();
      await seed(store, scenario);
    },
    async close() {
      committed.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Targets, attempts and first comments of approved posts that are not at an end, nor waiting for a person. */
const openThings = `
  SELECT (SELECT count(*) FROM post_targets WHERE status IN ('publishing', 'confirming'))
       + (SELECT count(*) FROM post_targets t JOIN content_pipeline p ON p.id = t.post_id
          WHERE t.status = 'pending' AND t.removed_at IS NULL AND p.deleted_at IS NULL AND p.approved_hash IS NOT NULL
            AND p.status IN ('approved', 'publishing', 'partly_published', 'held', 'failed'))
       + (SELECT count(*) FROM publish_attempts WHERE state IN ('intent', 'prepared', 'sending', 'accepted', 'unknown'))
       + (SELECT count(*) FROM post_targets t JOIN content_pipeline p ON p.id = t.post_id
          WHERE t.status = 'published' AND t.platform <> 'tiktok' AND t.options = '{}' AND t.remote_id IS NOT NULL AND p.first_comment IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM publish_attempts a WHERE a.target_id = t.id AND a.kind = 'first_comment'
                            AND a.state IN ('published', 'rejected'))
            AND (SELECT count(*) FROM publish_attempts a WHERE a.target_id = t.id AND a.kind = 'first_comment') < 5)`;

const standing = `
  SELECT (SELECT group_concat(status || coalesce(next_attempt_at, '')) FROM post_targets) || ' ' || coalesce(
    (SELECT group_concat(state || negative_look_ups || (last_look_up_at IS NULL)) FROM publish_attempts), '')`;

const tables = [
  'approvals',
  'lessons',
  'caption_variants',
  'attempt_events',
  'post_logs',
  'publish_attempts',
  'post_targets',
  'content_pipeline',
  'media_assets',
  'social_accounts',
  'brand_assets',
  'content_rules',
  'clients',
  'kill_switches',
  'activity_log',
  'runner',
];

async function seed(store: RememberingStore, scenario: Scenario): Promise<void> {
  await store.transaction(async (repositories) => {
    for (const id of new Set(accounts.map(({ clientId }) => clientId))) {
      await repositories.clients.insert({
        id,
        name: id,
        status: 'active',
        timezone: 'Europe/Berlin',
        language: 'en',
        brandVoice: '',
        createdAt: beginning,
        updatedAt: beginning,
        deletedAt: null,
      });
    }
    for (const { id, clientId, platform, remoteId } of accounts) {
      await repositories.accounts.insert({
        id,
        clientId,
        platform,
        via: usualVia(platform),
        remoteId,
        displayName: remoteId,
        username: null,
        pageId: null,
        status: 'connected',
        statusReason: null,
        sealedAccessToken: 'sealed',
        sealedRefreshToken: null,
        sealedUserToken: null,
        expiresAt: null,
        refreshExpiresAt: null,
        scopes: [],
        audited: false,
        loginId: null,
        pausedUntil: null,
        connectedAt: beginning,
        updatedAt: beginning,
        disconnectedAt: null,
      });
    }
    for (const planned of scenario.posts) {
      const { post, targets, media } = recordsOf(planned);
      for (const item of media) await repositories.media.insert(item);
      await repositories.posts.insert(post);
      for (const target of targets) await repositories.targets.insert(target);
    }
  });
}

function recordsOf(planned: ScenarioPost): { post: PostRecord; targets: TargetRecord[]; media: MediaRecord[] } {
  const media = planned.targets.some(({ account }) => account.kind === 'story') ? [pictureOf(planned)] : [];
  const targets = planned.targets.map(({ id, account }) => ({
    id,
    postId: planned.id,
    accountId: account.id,
    platform: account.platform,
    status: 'pending' as const,
    caption: null,
    options: account.kind === 'story' ? { format: 'story' as const } : {},
    consent: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    tries: 0,
    nextAttemptAt: null,
    errorCode: null,
    errorMessage: null,
    updatedAt: beginning,
  }));
  const post: PostRecord = {
    id: planned.id,
    clientId: planned.clientId,
    status: 'approved',
    source: 'manual',
    caption: planned.text,
    hashtags: [],
    firstComment: planned.firstComment,
    altText: null,
    mediaIds: media.map(({ id }) => id),
    scheduledFor: planned.dueAt,
    wallTime: '2026-11-24T10:00',
    timezone: 'Europe/Berlin',
    slot: null,
    approvedHash: null,
    approvedBy: 'owner',
    approvedAt: beginning,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: beginning,
    updatedAt: beginning,
    deletedAt: null,
  };
  const approvedHash = contentHash(contentOf(post, targets, media), systemDigest);
  return { post: { ...post, approvedHash }, targets, media };
}

/** A story has no words: its picture tells it from others, and is kept by what it shows. */
function pictureOf({ id, clientId, text }: ScenarioPost): MediaRecord {
  return {
    id: `picture-of-${id}`,
    clientId,
    sha256: text,
    name: null,
    kind: 'image',
    mime: 'image/jpeg',
    width: 1080,
    height: 1920,
    durationMs: null,
    video: null,
    bytes: text.length,
    origin: 'upload',
    provenance: null,
    aiMade: false,
    altText: null,
    focal: null,
    focalOn: {},
    madeFrom: null,
    createdBy: null,
    createdAt: beginning,
    deletedAt: null,
  };
}
