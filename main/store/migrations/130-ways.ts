import type { Migration } from '../migrate.ts';

/** Whose login an account is connected by; until now Instagram was reached by Facebook's only. */
export const ways: Migration = {
  number: 130,
  name: 'ways',
  up: (database) => {
    database.exec(`
ALTER TABLE social_accounts ADD COLUMN via TEXT NOT NULL DEFAULT 'facebook'
  CHECK (via IN ('facebook', 'instagram', 'tiktok'));
UPDATE social_accounts SET via = 'tiktok' WHERE platform = 'tiktok';
ALTER TABLE oauth_states ADD COLUMN via TEXT NOT NULL DEFAULT 'facebook'
  CHECK (via IN ('facebook', 'instagram', 'tiktok'));
UPDATE oauth_states SET via = 'tiktok' WHERE platform = 'tiktok';
`);
  },
};
