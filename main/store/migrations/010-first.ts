import type { Migration } from '../migrate.ts';

/** Every table of the first version. */
export const first: Migration = {
  number: 10,
  name: 'first',
  up: (database) => {
    database.exec(clients + posts + journal + connections + operation);
  },
};

const clients = `
CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('onboarding', 'active', 'paused', 'archived')),
  timezone TEXT NOT NULL,
  language TEXT NOT NULL,
  brand_voice TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX clients_by_name ON clients (sort_name, id) WHERE deleted_at IS NULL;

CREATE TABLE brand_assets (
  client_id TEXT PRIMARY KEY REFERENCES clients (id),
  brand TEXT NOT NULL CHECK (json_valid(brand)),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE content_rules (
  client_id TEXT PRIMARY KEY REFERENCES clients (id),
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE social_accounts (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  platform TEXT NOT NULL CHECK (platform IN ('facebook', 'instagram', 'tiktok')),
  remote_id TEXT NOT NULL,
  display_name TEXT NOT NULL,
  username TEXT,
  page_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('connected', 'expiring', 'reconnect')),
  status_reason TEXT,
  sealed_access_token TEXT,
  sealed_refresh_token TEXT,
  sealed_user_token TEXT,
  expires_at INTEGER,
  refresh_expires_at INTEGER,
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  audited INTEGER NOT NULL CHECK (audited IN (0, 1)),
  paused_until INTEGER,
  connected_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  disconnected_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_connection_of_a_profile ON social_accounts (client_id, platform, remote_id)
  WHERE disconnected_at IS NULL;
CREATE INDEX accounts_by_profile ON social_accounts (platform, remote_id);

CREATE TABLE media_assets (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'video')),
  mime TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  duration_ms INTEGER,
  bytes INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('upload', 'ai')),
  provenance TEXT CHECK (provenance IS NULL OR json_valid(provenance)),
  alt_text TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX media_by_age ON media_assets (client_id, created_at, id);
CREATE INDEX media_by_content ON media_assets (client_id, sha256);
`;

const posts = `
CREATE TABLE content_pipeline (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  status TEXT NOT NULL CHECK (status IN ('draft', 'generating', 'in_review', 'approved', 'publishing', 'published',
    'partly_published', 'failed', 'rejected', 'held')),
  source TEXT NOT NULL CHECK (source IN ('ai', 'manual')),
  caption TEXT NOT NULL,
  hashtags TEXT NOT NULL CHECK (json_valid(hashtags)),
  first_comment TEXT,
  alt_text TEXT,
  media_ids TEXT NOT NULL CHECK (json_valid(media_ids)),
  scheduled_for INTEGER NOT NULL,
  wall_time TEXT NOT NULL,
  timezone TEXT NOT NULL,
  slot TEXT,
  approved_hash TEXT,
  approved_by TEXT,
  approved_at INTEGER,
  held_reason TEXT,
  rejected_reason TEXT,
  publish_now_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_post_a_slot ON content_pipeline (slot) WHERE slot IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX posts_by_time ON content_pipeline (scheduled_for, id) WHERE deleted_at IS NULL;
CREATE INDEX posts_of_client ON content_pipeline (client_id, scheduled_for, id) WHERE deleted_at IS NULL;
CREATE INDEX posts_by_status ON content_pipeline (status, scheduled_for, id) WHERE deleted_at IS NULL;

CREATE TABLE post_targets (
  id TEXT PRIMARY KEY,
  post_id TEXT NOT NULL REFERENCES content_pipeline (id),
  account_id TEXT NOT NULL REFERENCES social_accounts (id),
  platform TEXT NOT NULL CHECK (platform IN ('facebook', 'instagram', 'tiktok')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'publishing', 'confirming', 'published', 'delivered', 'held',
    'failed', 'dropped')),
  caption TEXT,
  options TEXT NOT NULL CHECK (json_valid(options)),
  remote_id TEXT,
  permalink TEXT,
  published_at INTEGER,
  tries INTEGER NOT NULL CHECK (tries >= 0),
  next_attempt_at INTEGER,
  error_code TEXT,
  error_message TEXT,
  updated_at INTEGER NOT NULL,
  due_at INTEGER,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_target_an_account ON post_targets (post_id, account_id) WHERE removed_at IS NULL;
CREATE INDEX targets_due ON post_targets (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX targets_by_publication ON post_targets (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX targets_by_status ON post_targets (status);
CREATE INDEX targets_of_account ON post_targets (account_id);

CREATE TABLE post_metrics (
  target_id TEXT NOT NULL REFERENCES post_targets (id),
  day TEXT NOT NULL,
  metrics TEXT NOT NULL CHECK (json_valid(metrics)),
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (target_id, day)
) STRICT;
`;

const journal = `
CREATE TABLE publish_attempts (
  id TEXT PRIMARY KEY,
  target_id TEXT NOT NULL REFERENCES post_targets (id),
  account_id TEXT NOT NULL REFERENCES social_accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('post', 'first_comment')),
  remote_account_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intent', 'prepared', 'sending', 'accepted', 'unknown', 'needs_human',
    'published', 'not_sent', 'rejected')),
  handle TEXT CHECK (handle IS NULL OR json_valid(handle)),
  content_hash TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  deadline_at INTEGER,
  negative_look_ups INTEGER NOT NULL,
  last_look_up_at INTEGER,
  ended_at INTEGER,
  remote_id TEXT,
  permalink TEXT,
  error_class TEXT,
  error_code TEXT,
  error_message TEXT
) STRICT;
CREATE UNIQUE INDEX one_open_attempt ON publish_attempts (target_id, kind)
  WHERE state IN ('intent', 'prepared', 'sending', 'accepted', 'unknown', 'needs_human');
CREATE UNIQUE INDEX one_attempt_a_remote_post ON publish_attempts (remote_account_id, remote_id)
  WHERE remote_id IS NOT NULL;
CREATE INDEX attempts_of_target ON publish_attempts (target_id, created_at, id);

CREATE TABLE attempt_events (
  position INTEGER PRIMARY KEY,
  attempt_id TEXT NOT NULL REFERENCES publish_attempts (id),
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  monotonic_at REAL NOT NULL,
  boot_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (attempt_id, sequence)
) STRICT;
CREATE TRIGGER attempt_events_stay BEFORE UPDATE ON attempt_events
  BEGIN SELECT RAISE(ABORT, 'The journal is only ever added to.'); END;
CREATE TRIGGER attempt_events_are_kept BEFORE DELETE ON attempt_events
  BEGIN SELECT RAISE(ABORT, 'The journal is only ever added to.'); END;

CREATE TABLE post_logs (
  id INTEGER PRIMARY KEY,
  post_id TEXT NOT NULL REFERENCES content_pipeline (id),
  target_id TEXT NOT NULL REFERENCES post_targets (id),
  attempt_id TEXT REFERENCES publish_attempts (id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX logs_of_post ON post_logs (post_id, id);
CREATE TRIGGER post_logs_stay BEFORE UPDATE ON post_logs
  BEGIN SELECT RAISE(ABORT, 'The log of a post is only ever added to.'); END;
CREATE TRIGGER post_logs_are_kept BEFORE DELETE ON post_logs
  BEGIN SELECT RAISE(ABORT, 'The log of a post is only ever added to.'); END;
`;

const connections = `
CREATE TABLE onboarding_links (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  last_used_at INTEGER,
  uses INTEGER NOT NULL CHECK (uses >= 0)
) STRICT;

CREATE TABLE oauth_states (
  state_hash TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  platform TEXT NOT NULL CHECK (platform IN ('facebook', 'instagram', 'tiktok')),
  onboarding_link_id TEXT REFERENCES onboarding_links (id),
  redirect_uri TEXT NOT NULL,
  sealed_code_verifier TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER,
  sealed_found TEXT
) STRICT;
CREATE INDEX oauth_states_by_expiry ON oauth_states (expires_at);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
`;

const operation = `
CREATE TABLE kill_switches (
  scope TEXT NOT NULL CHECK (scope IN ('global', 'client', 'account')),
  scope_id TEXT NOT NULL CHECK ((scope = 'global') = (scope_id = '')),
  engaged INTEGER NOT NULL CHECK (engaged IN (0, 1)),
  reason TEXT,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (scope, scope_id)
) STRICT;

CREATE TABLE usage_events (
  id TEXT PRIMARY KEY,
  client_id TEXT REFERENCES clients (id),
  post_id TEXT,
  provider TEXT NOT NULL CHECK (provider IN ('groq', 'replicate')),
  model TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('caption', 'image', 'video')),
  intent TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intent', 'settled', 'failed', 'unknown')),
  remote_id TEXT,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  images INTEGER NOT NULL,
  videos INTEGER NOT NULL,
  cost_micro_usd INTEGER NOT NULL,
  latency_ms REAL,
  error TEXT,
  created_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_payment_an_intent ON usage_events (intent) WHERE state <> 'failed';
CREATE INDEX usage_by_intent ON usage_events (intent, created_at);
CREATE INDEX usage_by_time ON usage_events (created_at);

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE job_runs (
  name TEXT PRIMARY KEY,
  last_run_at INTEGER NOT NULL,
  last_duration_ms REAL,
  last_error TEXT
) STRICT;

CREATE TABLE credentials (
  provider TEXT PRIMARY KEY CHECK (provider IN ('groq', 'replicate', 'meta', 'instagram', 'tiktok')),
  sealed TEXT NOT NULL,
  hint TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE activity_log (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  message TEXT NOT NULL,
  client_id TEXT,
  post_id TEXT,
  account_id TEXT
) STRICT;
CREATE INDEX activity_by_time ON activity_log (at, id);
CREATE INDEX activity_of_client ON activity_log (client_id, at, id) WHERE client_id IS NOT NULL;
CREATE INDEX activity_of_post ON activity_log (post_id, at, id) WHERE post_id IS NOT NULL;
`;
