import type { Migration } from '../migrate.ts';

/**
 * What was approved, word for word, so that later changes can be shown; what the AI is told about earlier texts of a
 * client; other wordings that were asked for; and what an activity is about beside its sentence. Approvals from before
 * have no copy.
 */
export const review: Migration = {
  number: 80,
  name: 'review',
  up: (database) => {
    database.exec(`
CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  post_id TEXT NOT NULL REFERENCES content_pipeline (id) ON DELETE CASCADE,
  approved_by TEXT NOT NULL,
  approved_at INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
CREATE INDEX approvals_of_post ON approvals (post_id, approved_at, id);

CREATE TABLE lessons (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  post_id TEXT NOT NULL REFERENCES content_pipeline (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('rejected', 'edited')),
  reason TEXT CHECK ((reason IS NULL) = (kind = 'edited')),
  written TEXT NOT NULL,
  changed_to TEXT CHECK (changed_to IS NULL OR kind = 'edited'),
  taught_by TEXT NOT NULL,
  taught_at INTEGER,
  withdrawn_at INTEGER
) STRICT;
CREATE INDEX lessons_of_client ON lessons (client_id, taught_at, id) WHERE withdrawn_at IS NULL AND taught_at IS NOT NULL;
CREATE INDEX lessons_of_post ON lessons (post_id);

CREATE TABLE caption_variants (
  id TEXT PRIMARY KEY,
  post_id TEXT NOT NULL REFERENCES content_pipeline (id) ON DELETE CASCADE,
  account_id TEXT REFERENCES social_accounts (id),
  caption TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX variants_of_post ON caption_variants (post_id, created_at, id);

ALTER TABLE activity_log ADD COLUMN detail TEXT CHECK (detail IS NULL OR json_valid(detail));
`);
  },
};
