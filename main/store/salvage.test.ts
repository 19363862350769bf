import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from './open.ts';
import { type Salvaged, salvage } from './salvage.ts';
import {
  client,
  noon,
  post,
  silentLog,
  standingClock,
  storeWithPost,
  temporaryFile,
  temporaryStore,
} from './sample.ts';
import { ForeignDatabase, NewerDatabase, NotADatabase, StoreDamaged, StoreUnusable } from './unusable.ts';

const posts = 400;

/** A store with many posts, closed, in one file. */
async function closedStore(): Promise<string> {
  const file = temporaryFile();
  const store = await openStore({ file, clock: standingClock(), log: silentLog });
  await store.transaction(async (within) => {
    await within.clients.insert(client());
    for (let number = 1; number <= posts; number++) {
      await within.posts.insert(post({ id: `post-${number}`, caption: `Text ${number} `.repeat(20) }));
    }
  });
  await store.close();
  return file;
}

/** Salvages into a new file and opens it as the app would. */
async function salvaged(
  file: string,
): Promise<{ result: Salvaged; store: Awaited<ReturnType<typeof temporaryStore>> }> {
  const to = temporaryFile();
  const result = salvage(file, to);
  return { result, store: await temporaryStore(to) };
}

function lineOf({ tables }: Salvaged, name: string) {
  return tables.find((table) => table.name === name);
}

interface Page {
  number: number;
  type: string;
}

/** The pages of a table's tree, without those of its indexes. */
function pagesOf(file: string, table: string): { pages: Page[]; pageSize: number } {
  const database = new Database(file, { readonly: true });
  try {
    const pages = database
      .prepare<[string], Page>('SELECT pageno AS number, pagetype AS type FROM dbstat WHERE name = ? ORDER BY path')
      .all(table);
    return { pages, pageSize: Number(database.pragma('page_size', { simple: true })) };
  } finally {
    database.close();
  }
}

function ruin(file: string, page: number, pageSize: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(descriptor);
}

describe('salvage', () => {
  it('of a store that is well loses nothing', async () => {
    const file = await closedStore();
    const { result, store } = await salvaged(file);
    expect(result).toMatchObject({ lost: 0, placeholders: 0 });
    expect(lineOf(result, 'content_pipeline')).toEqual({
      name: 'content_pipeline',
      saved: posts,
      refused: 0,
      unread: 0,
    });
    expect(await store.posts.get('post-7')).toEqual(post({ id: 'post-7', caption: 'Text 7 '.repeat(20) }));
    expect(await store.clients.get('client-1')).toEqual(client());
  });

  it('saves the rows before and after damaged pages, counts the others, and leaves the file alone', async () => {
    const file = await closedStore();
    const { pages, pageSize } = pagesOf(file, 'content_pipeline');
    const leaves = pages.filter(({ type }) => type === 'leaf');
    for (const place of [3, 4, leaves.length - 1]) ruin(file, leaves[place]?.number ?? 0, pageSize);
    const before = readFileSync(file);
    await expect(openStore({ file, clock: standingClock(), log: silentLog })).rejects.toThrow(StoreDamaged);

    const { result, store } = await salvaged(file);
    const line = lineOf(result, 'content_pipeline');
    expect(line?.saved).toBeGreaterThan(posts * 0.8);
    expect((line?.saved ?? 0) + (line?.unread ?? 0)).toBe(posts);
    expect(line?.unread).toBeGreaterThan(0);
    expect(result.lost).toBe(line?.unread);
    expect((await store.posts.list({ limit: posts })).items).toHaveLength(line?.saved ?? 0);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(dirname(file))).toEqual(['autosocial.db']);
  });

  it('saves what lies before the place where a file was cut off', async () => {
    const file = await closedStore();
    truncateSync(file, Math.round(readFileSync(file).length * 0.8));
    const { result } = await salvaged(file);
    expect(result.saved).toBeGreaterThan(posts / 4);
    expect(result.saved).toBeLessThan(posts);
  });

  it('keeps what belongs to a client whose own row is lost, paused', async () => {
    const file = await closedStore();
    const { pages, pageSize } = pagesOf(file, 'clients');
    ruin(file, pages[0]?.number ?? 0, pageSize);
    const { result, store } = await salvaged(file);
    expect(result.placeholders).toBe(1);
    expect(lineOf(result, 'content_pipeline')?.saved).toBe(posts);
    expect(await store.clients.get('client-1')).toMatchObject({ name: 'Recovered client client-1', status: 'paused' });
  });

  it('takes what only lies in the log', async () => {
    const file = temporaryFile();
    const source = await storeWithPost(file);
    await source.posts.update('post-1', { caption: 'Only in the log' });
    const { store } = await salvaged(file);
    expect((await store.posts.get('post-1'))?.caption).toBe('Only in the log');
  });

  it('refuses rows that break a rule of the schema', async () => {
    const file = await closedStore();
    const database = new Database(file);
    database.pragma('ignore_check_constraints = ON');
    database.exec("UPDATE content_pipeline SET status = 'gone' WHERE id = 'post-5'");
    database.close();
    const { result } = await salvaged(file);
    expect(lineOf(result, 'content_pipeline')).toMatchObject({ saved: posts - 1, refused: 1, unread: 0 });
  });

  it.each<[string, (file: string) => void, new (...args: never[]) => Error]>([
    ['no database', (file) => writeFileSync(file, Buffer.from('ffd8ffe000104a464946', 'hex')), NotADatabase],
    ['nothing', (file) => writeFileSync(file, ''), StoreDamaged],
    ['another program’s', (file) => meddle(file, 'CREATE TABLE theirs (x)'), ForeignDatabase],
    [
      'a newer version’s',
      (file) => meddle(file, 'PRAGMA application_id = 1095975241; PRAGMA user_version = 99999'),
      NewerDatabase,
    ],
  ])('does not begin with a file that is %s', (_, write, error) => {
    const file = temporaryFile();
    write(file);
    const to = temporaryFile();
    expect(() => salvage(file, to)).toThrow(error);
    expect(readdirSync(dirname(to))).toEqual([]);
  });

  it('writes over nothing', async () => {
    const file = await closedStore();
    const to = temporaryFile();
    copyFileSync(file, to);
    expect(() => salvage(file, to)).toThrow(StoreUnusable);
    expect(readFileSync(to)).toEqual(readFileSync(file));
    expect(existsSync(`${to}.unfinished`)).toBe(false);
  });

  it('makes a store whose journal goes on', async () => {
    const file = temporaryFile();
    await (await storeWithPost(file)).settings.put('a', 1, noon);
    const { store } = await salvaged(file);
    expect(await store.verifyJournal()).toMatchObject({ broken: null });
  });
});

function meddle(file: string, statements: string): void {
  const database = new Database(file);
  database.exec(statements);
  database.close();
}
