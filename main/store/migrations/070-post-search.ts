import type { Migration } from '../migrate.ts';
import { postSearchText } from '../searchable.ts';

/** Posts are found by their words, also without accents, and counted by status for one client or one network. */
export const postSearch: Migration = {
  number: 70,
  name: 'post search',
  up: (database) => {
    database.exec(`
ALTER TABLE content_pipeline ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
CREATE INDEX posts_of_client_by_status ON content_pipeline (client_id, status, scheduled_for, id)
  WHERE deleted_at IS NULL;
CREATE INDEX targets_by_network ON post_targets (post_id, platform) WHERE removed_at IS NULL;
`);
    const rows = database.prepare<[], { id: string; caption: string; hashtags: string }>(
      'SELECT id, caption, hashtags FROM content_pipeline',
    );
    const fill = database.prepare('UPDATE content_pipeline SET search_text = ? WHERE id = ?');
    for (const { id, caption, hashtags } of rows.all()) fill.run(postSearchText(caption, hashtags), id);
  },
};
