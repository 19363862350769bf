import type { Migration } from '../migrate.ts';
import { searchable } from '../searchable.ts';

/** What the library tells of a file: name, focal point, what a video holds, whether AI made it, and the bin. */
export const media: Migration = {
  number: 40,
  name: 'media',
  up: (database) => {
    database.exec(columns);
    const rows = database.prepare<[], { id: string; altText: string | null }>(
      'SELECT id, alt_text AS altText FROM media_assets',
    );
    const fill = database.prepare('UPDATE media_assets SET search_text = ? WHERE id = ?');
    for (const { id, altText } of rows.all()) fill.run(searchable(altText ?? ''), id);
  },
};

const columns = `
ALTER TABLE media_assets ADD COLUMN name TEXT;
ALTER TABLE media_assets ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
ALTER TABLE media_assets ADD COLUMN video TEXT CHECK (video IS NULL OR json_valid(video));
ALTER TABLE media_assets ADD COLUMN ai_made INTEGER NOT NULL DEFAULT 0 CHECK (ai_made IN (0, 1));
ALTER TABLE media_assets ADD COLUMN focal TEXT CHECK (focal IS NULL OR json_valid(focal));
ALTER TABLE media_assets ADD COLUMN made_from TEXT;
ALTER TABLE media_assets ADD COLUMN created_by TEXT;
ALTER TABLE media_assets ADD COLUMN deleted_at INTEGER;
UPDATE media_assets SET ai_made = 1 WHERE origin = 'ai';
CREATE INDEX media_in_the_bin ON media_assets (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX media_of_content ON media_assets (sha256);
`;
