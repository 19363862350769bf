import type { Migration } from '../migrate.ts';

/** The agency's colour is that of its pages and of its reports, under one name. */
export const agency: Migration = {
  number: 121,
  name: 'agency',
  up: (database) => {
    database.exec(`
UPDATE settings
SET value = json_set(json_remove(value, '$.brandColor'), '$.agencyColor', json_extract(value, '$.brandColor'))
WHERE key = 'agency' AND json_type(value) = 'object' AND json_type(value, '$.brandColor') IS NOT NULL;
`);
  },
};
