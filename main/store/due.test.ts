import Database from 'better-sqlite3';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { sqliteDialect } from './dialect.ts';
import type { Tables } from './schema.ts';
import { noon, post, storeWithPost, target, temporaryFile } from './sample.ts';
import { dueQuery } from './targets.ts';

it('what is due among 20,000 posts is read from its index alone, in no time', { timeout: 60_000 }, async () => {
  const file = temporaryFile();
  const store = await storeWithPost(file);
  await store.transaction(async ({ posts, targets }) => {
    for (let number = 2; number <= 20_000; number++) {
      const status = (['published', 'in_review', 'rejected'] as const)[number % 3] ?? 'draft';
      const scheduledFor = noon + (number - 10_000) * 60_000;
      await posts.insert(post({ id: `post-${number}`, status, scheduledFor }));
      await targets.insert(target({ id: `target-${number}`, postId: `post-${number}` }));
    }
  });

  const database = new Database(file);
  onTestFinished(() => void database.close());
  const db = new Kysely<Tables>({
    dialect: sqliteDialect(database, { failed: () => undefined, written: () => undefined }),
    plugins: [new CamelCasePlugin()],
  });
  const query = dueQuery(db, noon, 500).compile();
  const plan = await db.executeQuery<{ detail: string }>({ ...query, sql: `EXPLAIN QUERY PLAN ${query.sql}` });
  expect(plan.rows.map(({ detail }) => detail)).toEqual(['SEARCH post_targets USING INDEX targets_due (due_at<?)']);
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from post_targets where due_at is not null`.execute(db);
  expect(rows).toEqual([{ count: 1 }]);

  const start = performance.now();
  for (let round = 0; round < 100; round++) {
    expect((await store.targets.due(noon, 500)).map(({ post: { id } }) => id)).toEqual(['post-1']);
  }
  expect((performance.now() - start) / 100).toBeLessThan(10);
});
