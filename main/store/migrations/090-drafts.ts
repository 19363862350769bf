import type { Migration } from '../migrate.ts';

/** What people are writing and have not made a post yet, or not applied to their post. */
export const drafts: Migration = {
  number: 90,
  name: 'drafts',
  up: (database) => {
    database.exec(`
CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  post_id TEXT REFERENCES content_pipeline (id) CHECK (post_id IS NULL OR post_id = id),
  content TEXT NOT NULL CHECK (json_valid(content)),
  based_on TEXT CHECK ((based_on IS NULL) = (post_id IS NULL)),
  revision INTEGER NOT NULL CHECK (revision > 0),
  writer TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_time ON drafts (updated_at);
`);
  },
};
