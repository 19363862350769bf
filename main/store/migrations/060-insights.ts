import type { Migration } from '../migrate.ts';

/**
 * Daily figures of accounts beside those of posts, which metrics a network refuses, and who agreed to what TikTok asks
 * of each post. Posts that were agreed to before have no such record and must be agreed to again.
 */
export const insights: Migration = {
  number: 60,
  name: 'insights',
  up: (database) => {
    database.exec(`
CREATE TABLE account_metrics (
  account_id TEXT NOT NULL REFERENCES social_accounts (id),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  metrics TEXT NOT NULL CHECK (json_valid(metrics)),
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, day)
) STRICT;

CREATE TABLE refused_metrics (
  platform TEXT NOT NULL CHECK (platform IN ('facebook', 'instagram', 'tiktok')),
  subject TEXT NOT NULL CHECK (subject IN ('account', 'post', 'reel')),
  metric TEXT NOT NULL,
  reason TEXT NOT NULL,
  refused_at INTEGER NOT NULL,
  PRIMARY KEY (platform, subject, metric)
) STRICT;

ALTER TABLE post_targets ADD COLUMN consent TEXT CHECK (consent IS NULL OR json_valid(consent));
`);
  },
};
