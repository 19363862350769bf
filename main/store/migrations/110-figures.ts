import type { Migration } from '../migrate.ts';

/**
 * The figures of posts in the two forms that pages ask for: what an account's posts gained on each day, and what each
 * post has by now. Both follow from `post_metrics`; columns are null where no network has told.
 */
export const figures: Migration = {
  number: 110,
  name: 'figures',
  up: (database) => {
    database.exec(`
CREATE TABLE metric_gains (
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  account_id TEXT NOT NULL REFERENCES social_accounts (id),
  views INTEGER,
  viewers INTEGER,
  likes INTEGER,
  comments INTEGER,
  shares INTEGER,
  saves INTEGER,
  reposts INTEGER,
  clicks INTEGER,
  PRIMARY KEY (day, account_id)
) STRICT;

CREATE TABLE post_figures (
  target_id TEXT NOT NULL PRIMARY KEY REFERENCES post_targets (id),
  views INTEGER,
  viewers INTEGER,
  likes INTEGER,
  comments INTEGER,
  shares INTEGER,
  saves INTEGER,
  reposts INTEGER,
  clicks INTEGER
) STRICT;

INSERT INTO metric_gains
WITH told AS (
  SELECT t.account_id, m.target_id, m.day, j.key AS name, CAST(round(j.value) AS INTEGER) AS value
  FROM post_metrics m JOIN post_targets t ON t.id = m.target_id, json_each(m.metrics) j
  WHERE j.type IN ('integer', 'real') AND m.day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
), gained AS (
  SELECT account_id, day, name,
    value - coalesce(lag(value) OVER (PARTITION BY target_id, name ORDER BY day), 0) AS gain
  FROM told
)
SELECT day, account_id, ${columns.map((name) => `sum(CASE WHEN name = '${name}' THEN gain END)`).join(', ')}
FROM gained GROUP BY day, account_id;

INSERT INTO post_figures
WITH told AS (
  SELECT m.target_id, j.key AS name, CAST(round(j.value) AS INTEGER) AS value,
    row_number() OVER (PARTITION BY m.target_id, j.key ORDER BY m.day DESC) AS age
  FROM post_metrics m JOIN post_targets t ON t.id = m.target_id, json_each(m.metrics) j
  WHERE j.type IN ('integer', 'real')
)
SELECT target_id, ${columns.map((name) => `max(CASE WHEN name = '${name}' THEN value END)`).join(', ')}
FROM told WHERE age = 1 GROUP BY target_id;
`);
  },
};

/** As they were called when this was released. */
const columns = ['views', 'viewers', 'likes', 'comments', 'shares', 'saves', 'reposts', 'clicks'] as const;
