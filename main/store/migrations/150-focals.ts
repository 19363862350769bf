import type { Migration } from '../migrate.ts';

/** Points of single networks that a picture is cut around; until now one served them all. */
export const focals: Migration = {
  number: 150,
  name: 'focals',
  up: (database) => {
    database.exec(
      "ALTER TABLE media_assets ADD COLUMN focal_on TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(focal_on))",
    );
  },
};
