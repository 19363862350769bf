import type { Migration } from '../migrate.ts';

/** Renewing a login uses the old one up, so each renewal is written down before it is asked for. */
export const renewals: Migration = {
  number: 30,
  name: 'renewals',
  up: (database) => {
    database.exec(`
CREATE TABLE token_renewals (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES social_accounts (id),
  epoch INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sent', 'renewed', 'refused', 'failed', 'unknown')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  error_code TEXT,
  error_message TEXT
) STRICT;
CREATE UNIQUE INDEX one_renewal_at_a_time ON token_renewals (account_id) WHERE state = 'sent';
CREATE INDEX renewals_of_account ON token_renewals (account_id, started_at, id);

CREATE INDEX attempts_of_account ON publish_attempts (account_id, created_at);
`);
  },
};
