import type { Migration } from '../migrate.ts';

/** Who publishes from this store, and in whose time each attempt was made. */
export const runner: Migration = {
  number: 20,
  name: 'runner',
  up: (database) => {
    database.exec(`
CREATE TABLE runner (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  holder TEXT NOT NULL,
  computer TEXT NOT NULL,
  acquired_at INTEGER NOT NULL,
  renewals INTEGER NOT NULL CHECK (renewals >= 0),
  lease_ms INTEGER NOT NULL CHECK (lease_ms >= 0),
  lease_until INTEGER NOT NULL
) STRICT;
ALTER TABLE publish_attempts ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
`);
  },
};
