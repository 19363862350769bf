import type { Migration } from '../migrate.ts';
import { searchable } from '../searchable.ts';

/** A month's limit for a client's AI calls, calls to the networks a day, and a log that can be searched. */
export const usage: Migration = {
  number: 120,
  name: 'usage',
  up: (database) => {
    database.exec(tables);
    const rows = database.prepare<[], { id: string; message: string }>('SELECT id, message FROM activity_log');
    const fill = database.prepare('UPDATE activity_log SET search_text = ? WHERE id = ?');
    for (const { id, message } of rows.all()) fill.run(searchable(message), id);
  },
};

const tables = `
CREATE TABLE client_budgets (
  client_id TEXT PRIMARY KEY REFERENCES clients (id),
  micro_usd INTEGER NOT NULL CHECK (micro_usd >= 0),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE network_calls (
  service TEXT NOT NULL CHECK (service IN ('meta', 'instagram', 'tiktok')),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  calls INTEGER NOT NULL CHECK (calls >= 0),
  failed INTEGER NOT NULL CHECK (failed >= 0),
  busiest_percent REAL CHECK (busiest_percent IS NULL OR busiest_percent >= 0),
  PRIMARY KEY (service, day)
) STRICT;

ALTER TABLE activity_log ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
CREATE INDEX activity_by_actor ON activity_log (actor, at, id);
CREATE INDEX usage_of_client ON usage_events (client_id, created_at) WHERE client_id IS NOT NULL;
`;
