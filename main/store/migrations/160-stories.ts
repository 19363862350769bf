import type { Migration } from '../migrate.ts';

/** Stories have metrics of their own, which a network may refuse of them alone. */
export const stories: Migration = {
  number: 160,
  name: 'stories',
  up: (database) => {
    database.exec(`
CREATE TABLE refused_metrics_new (
  platform TEXT NOT NULL CHECK (platform IN ('facebook', 'instagram', 'tiktok')),
  subject TEXT NOT NULL CHECK (subject IN ('account', 'post', 'reel', 'story')),
  metric TEXT NOT NULL,
  reason TEXT NOT NULL,
  refused_at INTEGER NOT NULL,
  PRIMARY KEY (platform, subject, metric)
) STRICT;
INSERT INTO refused_metrics_new SELECT * FROM refused_metrics;
DROP TABLE refused_metrics;
ALTER TABLE refused_metrics_new RENAME TO refused_metrics;
`);
  },
};
