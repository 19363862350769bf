import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SlotTaken } from '../core/ports/store.ts';
import { client, noon, post, temporaryFile, temporaryStore } from './sample.ts';
import { StoreBusy } from './unusable.ts';

/** A promise and the function that keeps it. */
function promised(): { promise: Promise<void>; keep: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, keep: () => resolve() };
}

/** Another program that holds the write lock until the returned function is called. */
function holdLock(file: string): () => void {
  const other = new Database(file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  return () => void other.exec('COMMIT');
}

describe('a transaction', () => {
  it('gives back what its work gives, with every write applied', async () => {
    const store = await temporaryStore();
    const given = await store.transaction(async (repositories) => {
      await repositories.clients.insert(client());
      await repositories.posts.insert(post());
      return repositories.posts.get('post-1');
    });
    expect(given).toEqual(post());
    expect(await store.posts.get('post-1')).toEqual(post());
  });

  it('that fails leaves nothing behind, and the store works on', async () => {
    const store = await temporaryStore();
    const failing = store.transaction(async (repositories) => {
      await repositories.clients.insert(client());
      await repositories.posts.insert(post());
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await store.clients.get('client-1')).toBeUndefined();
    await store.clients.insert(client());
  });

  it('goes on after a refused row that its work caught', async () => {
    const store = await temporaryStore();
    await store.transaction(async (repositories) => {
      await repositories.clients.insert(client());
      await repositories.posts.insert(post({ slot: 'a' }));
      await expect(repositories.posts.insert(post({ id: 'post-2', slot: 'a' }))).rejects.toThrow(SlotTaken);
    });
    expect(await store.posts.get('post-1')).toBeDefined();
  });

  it('is not seen by others before it ends, and they wait for it', async () => {
    const store = await temporaryStore();
    const pause = promised();
    const entered = promised();
    const order: string[] = [];
    const writing = store.transaction(async (repositories) => {
      await repositories.clients.insert(client());
      entered.keep();
      await pause.promise;
      order.push('written');
    });
    await entered.promise;
    const reading = store.clients.get('client-1').then((found) => {
      order.push('read');
      return found;
    });
    const second = store.transaction(async (repositories) => {
      order.push('second');
      await repositories.clients.update('client-1', { name: 'Two' });
    });
    pause.keep();
    await Promise.all([writing, second]);
    expect(await reading).toEqual(client());
    expect(order).toEqual(['written', 'read', 'second']);
  });

  it('cannot be used once it has ended', async () => {
    const store = await temporaryStore();
    const kept = await store.transaction(async (repositories) => repositories);
    await expect(kept.clients.insert(client())).rejects.toThrow(/committed/i);
  });
});

describe('while another program holds the lock', () => {
  it('writes wait without stopping this one, and reads go on after', async () => {
    const file = temporaryFile();
    const store = await temporaryStore(file);
    const release = holdLock(file);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    let isDone = false;
    const writing = store.clients.insert(client()).then(() => {
      isDone = true;
    });
    const deadline = performance.now() + 600;
    while (performance.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    expect(isDone).toBe(false);
    release();
    await writing;
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(120);
    expect(await store.clients.get('client-1')).toEqual(client());
  });

  it('a transaction begins when the lock is free, with what the other wrote', async () => {
    const file = temporaryFile();
    const store = await temporaryStore(file);
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec("BEGIN IMMEDIATE; INSERT INTO settings VALUES ('count', '1', 0)");
    const adding = store.transaction(async ({ settings }) => {
      const count = Number(await settings.get('count'));
      await settings.put('count', count + 1, noon);
    });
    setImmediate(() => void other.exec('COMMIT'));
    await adding;
    expect(await store.settings.get('count')).toBe(2);
  });

  it('writes give up after 5 seconds, in words', async () => {
    const file = temporaryFile();
    const store = await temporaryStore(file);
    const release = holdLock(file);
    const failure: unknown = await store.clients.insert(client()).catch((error: unknown) => error);
    release();
    expect(failure).toBeInstanceOf(StoreBusy);
    expect(String(failure)).toMatch(/Another program is holding .*autosocial\.db/);
    await store.clients.insert(client());
  });
});

describe('kill -9', () => {
  it('loses nothing that was reported as written, and tears no transaction', { timeout: 60_000 }, async () => {
    const file = temporaryFile();
    let known = 0;
    for (const after of [3, 17, 40]) {
      const reported = await writeUntilKilled(file, known, after);
      const store = await temporaryStore(file);
      expect(store.info.stoppedUncleanly).toBe(true);
      for (let number = known; number <= reported; number++) {
        expect(await store.clients.get(`client-${number}`), `client ${number}`).toBeDefined();
      }
      const clients = (await store.clients.list({ limit: 10_000 })).items;
      for (const { id } of clients) expect(await store.clients.brand(id), id).toBeDefined();
      known = clients.length;
      await store.close();
    }
  });
});

/** Starts a process that writes client after client, and kills it after `count` reports. Gives the last number reported. */
async function writeUntilKilled(file: string, from: number, count: number): Promise<number> {
  const script = fileURLToPath(new URL('./endless-writer.ts', import.meta.url));
  const writer = spawn(process.execPath, [script, file, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(writer, 'exit');
  let last = -1;
  let reports = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    reports += 1;
    if (reports === count) writer.kill('SIGKILL');
  }
  expect(await ended).toEqual([null, 'SIGKILL']);
  return last;
}
