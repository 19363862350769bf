import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applicationId, type Migration, migrate, schemaNumber } from './migrate.ts';
import { first } from './migrations/010-first.ts';
import { migrations } from './migrations/index.ts';
import { temporaryFile } from './sample.ts';
import { StoreDamaged } from './unusable.ts';

function emptyDatabase(): Database.Database {
  const database = new Database(temporaryFile());
  onTestFinished(() => void database.close());
  return database;
}

function tablesOf(database: Database.Database): string[] {
  return database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
}

describe('the list of migrations', () => {
  it('rises, in whole numbers', () => {
    const numbers = migrations.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    for (const number of numbers) expect(Number.isInteger(number) && number > 0).toBe(true);
  });
});

describe('010 first', () => {
  it('makes every table, all of them strict', () => {
    const database = emptyDatabase();
    expect(migrate(database, [first])).toEqual([10]);
    expect(tablesOf(database)).toEqual([
      'activity_log',
      'attempt_events',
      'brand_assets',
      'clients',
      'content_pipeline',
      'content_rules',
      'credentials',
      'job_runs',
      'kill_switches',
      'media_assets',
      'oauth_states',
      'onboarding_links',
      'post_logs',
      'post_metrics',
      'post_targets',
      'publish_attempts',
      'sessions',
      'settings',
      'social_accounts',
      'usage_events',
    ]);
    const loose = database
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
      .all();
    expect(loose).toEqual([]);
  });

  it('has a check on every column that holds a state', () => {
    const database = emptyDatabase();
    migrate(database, [first]);
    const tables = database
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
      .all();
    const states = ['status', 'state', 'kind', 'platform', 'provider', 'purpose', 'source', 'origin', 'scope', 'level'];
    const free = ['attempt_events.kind', 'post_logs.kind', 'activity_log.kind'];
    for (const { name, sql } of tables) {
      for (const state of states) {
        if (!new RegExp(`^  ${state} TEXT`, 'm').test(sql) || free.includes(`${name}.${state}`)) continue;
        expect(sql, `${name}.${state}`).toMatch(new RegExp(`CHECK \\(${state} IN \\(`));
      }
    }
  });

  it('marks the file and runs once', () => {
    const database = emptyDatabase();
    migrate(database, [first]);
    expect(database.pragma('application_id', { simple: true })).toBe(applicationId);
    expect(schemaNumber(database)).toBe(10);
    expect(migrate(database, [first])).toEqual([]);
  });
});

describe('040 media', () => {
  it('tells of the files of before what can be known of them', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 40),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO media_assets VALUES
        ('m', 'c', 'hash', 'image', 'image/png', 8, 9, NULL, 100, 'ai', '{"model":"flux","prompt":"x"}', 'Crème', 5),
        ('n', 'c', 'other', 'video', 'video/mp4', 8, 9, 3000, 100, 'upload', NULL, NULL, 6)`);
    migrate(database, migrations);
    const rows = database.prepare(
      'SELECT id, alt_text, ai_made, search_text, name, video, focal, deleted_at FROM media_assets',
    );
    const unknown = { name: null, video: null, focal: null, deleted_at: null };
    expect(rows.all()).toEqual([
      { id: 'm', alt_text: 'Crème', ai_made: 1, search_text: 'creme', ...unknown },
      { id: 'n', alt_text: null, ai_made: 0, search_text: '', ...unknown },
    ]);
  });
});

describe('050 accounts', () => {
  it('keeps accounts, of whom nobody knows who connected them, and logins under way, in no window', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 50),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO social_accounts (id, client_id, platform, remote_id, display_name, status, scopes, audited, connected_at, updated_at)
        VALUES ('a', 'c', 'facebook', 'page-1', 'Cafe', 'connected', '[]', 0, 0, 0);
      INSERT INTO oauth_states VALUES ('s', 'c', 'facebook', NULL, 'https://x.example/cb', 'sealed', 1, 2, NULL, NULL)`);
    migrate(database, migrations);
    const row = database.prepare('SELECT state_hash, sealed_code_verifier, window_hash FROM oauth_states').get();
    expect(row).toEqual({ state_hash: 's', sealed_code_verifier: 'sealed', window_hash: null });
    expect(database.prepare('SELECT id, login_id FROM social_accounts').all()).toEqual([{ id: 'a', login_id: null }]);
    const found = (risk: string) => database.exec(`INSERT INTO preflights VALUES ('t', 1, ${risk})`);
    expect(() => found("'no JSON'")).toThrow(/CHECK/);
    expect(() => found('NULL')).toThrow(/FOREIGN KEY/);
  });
});

describe('060 insights', () => {
  it('keeps posts, targets and figures of before, and takes nobody at their word who was not asked', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 60),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO social_accounts (id, client_id, platform, remote_id, display_name, status, scopes, audited, connected_at, updated_at)
        VALUES ('a', 'c', 'tiktok', 'open-id', 'Cafe', 'connected', '[]', 1, 0, 0);
      INSERT INTO content_pipeline (id, client_id, status, source, caption, hashtags, media_ids, scheduled_for, wall_time, timezone, created_at, updated_at)
        VALUES ('p', 'c', 'approved', 'manual', 'x', '[]', '[]', 0, '2026-11-24T09:00', 'UTC', 0, 0);
      INSERT INTO post_targets (id, post_id, account_id, platform, status, options, tries, updated_at)
        VALUES ('t', 'p', 'a', 'tiktok', 'pending', '{"consent":true}', 0, 0);
      INSERT INTO post_metrics VALUES ('t', '2026-11-23', '{"likes":3}', 5)`);
    migrate(database, migrations);
    expect(database.prepare('SELECT options, consent FROM post_targets').all()).toEqual([
      { options: '{"consent":true}', consent: null },
    ]);
    expect(database.prepare('SELECT metrics FROM post_metrics').pluck().all()).toEqual(['{"likes":3}']);
    const added = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([added('account_metrics'), added('refused_metrics')]).toEqual([0, 0]);
    expect(() => database.exec("INSERT INTO refused_metrics VALUES ('x', 'post', 'm', 'r', 0)")).toThrow(/CHECK/);
    expect(() => database.exec("INSERT INTO account_metrics VALUES ('a', '2026-11-23', 'no', 0)")).toThrow(
      /CHECK|JSON/,
    );
  });
});

describe('070 post search', () => {
  it('finds the posts of before by their words', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 70),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO content_pipeline (id, client_id, status, source, caption, hashtags, media_ids, scheduled_for, wall_time, timezone, created_at, updated_at)
        VALUES ('p', 'c', 'approved', 'manual', 'Crème brûlée', '["#Süß"]', '[]', 0, '2026-11-24T09:00', 'UTC', 0, 0)`);
    migrate(database, migrations);
    const row = database.prepare('SELECT caption, search_text FROM content_pipeline').get();
    expect(row).toEqual({ caption: 'Crème brûlée', search_text: 'creme brulee\n["#suß"]' });
  });
});

describe('090 drafts', () => {
  it('keeps posts of before, and takes drafts of a post only under its own id', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 90),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO content_pipeline (id, client_id, status, source, caption, hashtags, media_ids, scheduled_for, wall_time, timezone, created_at, updated_at)
        VALUES ('p', 'c', 'approved', 'manual', 'x', '[]', '[]', 0, '2026-11-24T09:00', 'UTC', 0, 0)`);
    migrate(database, migrations);
    expect(database.prepare('SELECT caption FROM content_pipeline').pluck().all()).toEqual(['x']);
    const draft = (id: string, post: string, content: string, basedOn: string) =>
      database.exec(`INSERT INTO drafts VALUES (${id}, 'c', ${post}, ${content}, ${basedOn}, 1, 'w', 'mia', 0, 0)`);
    draft("'p'", "'p'", "'{}'", "'hash'");
    draft("'new'", 'NULL', "'{}'", 'NULL');
    expect(() => draft("'other'", "'p'", "'{}'", "'hash'")).toThrow(/CHECK/);
    expect(() => draft("'other'", 'NULL', "'{}'", "'hash'")).toThrow(/CHECK/);
    expect(() => draft("'other'", 'NULL', "'no JSON'", 'NULL')).toThrow(/CHECK/);
  });
});

describe('120 usage', () => {
  it('makes the log of before searchable, and keeps what was spent', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 120),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO activity_log (id, at, actor, kind, level, message, client_id)
        VALUES ('a', 5, 'Ada', 'post.approved', 'info', 'Approved Crème', 'c');
      INSERT INTO usage_events VALUES
        ('u', 'c', NULL, 'groq', 'm', 'caption', 'i', 'settled', NULL, 1, 2, 0, 0, 7, NULL, NULL, 5, 6)`);
    migrate(database, migrations);
    expect(database.prepare('SELECT message, search_text FROM activity_log').all()).toEqual([
      { message: 'Approved Crème', search_text: 'approved creme' },
    ]);
    expect(database.prepare('SELECT cost_micro_usd FROM usage_events').pluck().all()).toEqual([7]);
    expect(() => database.exec("INSERT INTO client_budgets VALUES ('c', -1, 0)")).toThrow(/CHECK/);
    expect(() => database.exec("INSERT INTO client_budgets VALUES ('nobody', 1, 0)")).toThrow(/FOREIGN KEY/);
    expect(() => database.exec("INSERT INTO network_calls VALUES ('x', '2026-11-24', 1, 0, NULL)")).toThrow(/CHECK/);
  });
});

describe('080 review', () => {
  it('keeps posts and activities of before, which have neither copy nor detail, and lets go with a post what is its own', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 80),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO content_pipeline (id, client_id, status, source, caption, hashtags, media_ids, scheduled_for, wall_time, timezone, approved_hash, approved_by, approved_at, created_at, updated_at)
        VALUES ('p', 'c', 'approved', 'ai', 'x', '[]', '[]', 0, '2026-11-24T09:00', 'UTC', 'h', 'mia', 0, 0, 0);
      INSERT INTO activity_log VALUES ('a', 0, 'mia', 'post.approved', 'info', 'Approved', 'c', 'p', NULL)`);
    migrate(database, migrations);
    expect(database.prepare('SELECT id, detail FROM activity_log').all()).toEqual([{ id: 'a', detail: null }]);
    const rows = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['content_pipeline', 'approvals', 'lessons', 'caption_variants'].map(rows)).toEqual([1, 0, 0, 0]);
    const lesson = (kind: string, reason: string, changedTo: string) =>
      database.exec(
        `INSERT INTO lessons VALUES ('${kind}', 'c', 'p', '${kind}', ${reason}, 'w', ${changedTo}, 'mia', 1, NULL)`,
      );
    lesson('rejected', "'Too loud'", 'NULL');
    lesson('edited', 'NULL', "'better'");
    expect(() => lesson('rejected', 'NULL', 'NULL')).toThrow(/CHECK/);
    expect(() => lesson('rejected', "'r'", "'x'")).toThrow(/CHECK/);
    expect(() => lesson('guessed', "'r'", 'NULL')).toThrow(/CHECK/);
    expect(() => database.exec("INSERT INTO approvals VALUES ('a', 'p', 'mia', 1, 'h', 'no JSON')")).toThrow(/CHECK/);
    database.exec("INSERT INTO approvals VALUES ('a', 'p', 'mia', 1, 'h', '{}')");
    database.exec("INSERT INTO caption_variants VALUES ('v', 'p', NULL, 'x', 1)");
    database.exec("DELETE FROM content_pipeline WHERE id = 'p'");
    expect(['approvals', 'lessons', 'caption_variants'].map(rows)).toEqual([0, 0, 0]);
  });
});

describe('130 ways', () => {
  it('knows of accounts and logins of before whose login they are', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 130),
    );
    const account = (id: string, platform: string) =>
      `INSERT INTO social_accounts (id, client_id, platform, remote_id, display_name, status, scopes, audited, connected_at, updated_at)
        VALUES ('${id}', 'c', '${platform}', '${id}', 'Cafe', 'connected', '[]', 1, 0, 0);
      INSERT INTO oauth_states (state_hash, client_id, platform, redirect_uri, sealed_code_verifier, created_at, expires_at)
        VALUES ('${id}', 'c', '${platform}', 'http://127.0.0.1/cb', 'x', 0, 1);`;
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      ${account('a', 'facebook')} ${account('b', 'instagram')} ${account('d', 'tiktok')}`);
    migrate(database, migrations);
    for (const table of ['social_accounts', 'oauth_states']) {
      expect(database.prepare(`SELECT via FROM ${table} ORDER BY platform`).pluck().all()).toEqual([
        'facebook',
        'facebook',
        'tiktok',
      ]);
      expect(() => database.exec(`UPDATE ${table} SET via = 'myspace'`)).toThrow(/CHECK/);
    }
  });
});

describe('150 focals', () => {
  it('leaves pictures of before with the point that they have, for every network', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 150),
    );
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO media_assets (id, client_id, sha256, kind, mime, width, height, bytes, origin, created_at, focal)
        VALUES ('m', 'c', 'hash', 'image', 'image/png', 8, 9, 100, 'upload', 5, '{"x":0.1,"y":0.2}')`);
    migrate(database, migrations);
    expect(database.prepare('SELECT focal, focal_on FROM media_assets').all()).toEqual([
      { focal: '{"x":0.1,"y":0.2}', focal_on: '{}' },
    ]);
    expect(() => database.exec("UPDATE media_assets SET focal_on = 'no JSON'")).toThrow(/CHECK/);
  });
});

describe('160 stories', () => {
  it('keeps what networks refused, and takes what they refuse of stories', () => {
    const database = emptyDatabase();
    migrate(
      database,
      migrations.filter(({ number }) => number < 160),
    );
    database.exec("INSERT INTO refused_metrics VALUES ('instagram', 'reel', 'saved', 'gone', 5)");
    expect(() => database.exec("INSERT INTO refused_metrics VALUES ('instagram', 'story', 'views', 'x', 5)")).toThrow(
      /CHECK/,
    );
    migrate(database, migrations);
    database.exec("INSERT INTO refused_metrics VALUES ('instagram', 'story', 'views', 'x', 6)");
    expect(database.prepare('SELECT subject, refused_at FROM refused_metrics').all()).toEqual([
      { subject: 'reel', refused_at: 5 },
      { subject: 'story', refused_at: 6 },
    ]);
    expect(() => database.exec("INSERT INTO refused_metrics VALUES ('instagram', 'ad', 'views', 'x', 5)")).toThrow(
      /CHECK/,
    );
  });
});

describe('a migration', () => {
  const addColumn: Migration = {
    number: 20,
    name: 'add a column',
    up: (database) => void database.exec('ALTER TABLE settings ADD COLUMN note TEXT'),
  };

  it('keeps the rows of the version before', () => {
    const database = emptyDatabase();
    migrate(database, [first]);
    database.exec("INSERT INTO settings VALUES ('a', '1', 5)");
    expect(migrate(database, [first, addColumn])).toEqual([20]);
    expect(database.prepare('SELECT * FROM settings').all()).toEqual([
      { key: 'a', value: '1', updated_at: 5, note: null },
    ]);
  });

  it('that fails half-way leaves the file as it was, and can run again', () => {
    const database = emptyDatabase();
    migrate(database, [first]);
    const failing: Migration = {
      ...addColumn,
      up: (within) => {
        addColumn.up(within);
        throw new Error('power cut');
      },
    };
    expect(() => migrate(database, [first, failing])).toThrow('power cut');
    expect(schemaNumber(database)).toBe(10);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(migrate(database, [first, addColumn])).toEqual([20]);
  });

  it('may rebuild a table that others point to, but may not leave rows without their owner', () => {
    const database = emptyDatabase();
    migrate(database, [first]);
    database.exec(`INSERT INTO clients VALUES ('c', 'C', 'c', 'active', 'UTC', 'en', '', 0, 0, NULL);
      INSERT INTO content_rules VALUES ('c', '{}', 0)`);
    const rebuild = (keep: string): Migration => ({
      number: 20,
      name: 'rebuild clients',
      up: (within) =>
        void within.exec(`CREATE TABLE clients_new (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
          INSERT INTO clients_new SELECT id, name FROM clients WHERE ${keep};
          DROP TABLE clients; ALTER TABLE clients_new RENAME TO clients`),
    });
    expect(() => migrate(database, [rebuild('false')])).toThrow(StoreDamaged);
    expect(database.prepare('SELECT count(*) AS n FROM clients').get()).toEqual({ n: 1 });
    migrate(database, [rebuild('true')]);
    expect(database.prepare('SELECT * FROM clients').all()).toEqual([{ id: 'c', name: 'C' }]);
  });
});
