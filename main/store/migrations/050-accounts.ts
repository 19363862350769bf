import type { Migration } from '../migrate.ts';

/**
 * A login ends in the window that it was begun in; those under way end nowhere, because nobody knows their window.
 * Which person at the network an account was connected by; of those from before it is not known.
 * What was found of posts that are not due yet, ahead of their time.
 */
export const accounts: Migration = {
  number: 50,
  name: 'accounts',
  up: (database) => {
    database.exec(`
ALTER TABLE social_accounts ADD COLUMN login_id TEXT;
ALTER TABLE oauth_states ADD COLUMN window_hash TEXT;

CREATE TABLE preflights (
  target_id TEXT PRIMARY KEY REFERENCES post_targets (id),
  checked_at INTEGER NOT NULL,
  risk TEXT CHECK (risk IS NULL OR json_valid(risk))
) STRICT;
CREATE INDEX preflights_at_risk ON preflights (target_id) WHERE risk IS NOT NULL;
`);
  },
};
