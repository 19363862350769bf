import { copyFileSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyBrand } from '../../shared/contract/brand.ts';
import { openStore } from '../../main/store/open.ts';
import { connectionTo } from './connections.ts';

/*
 * Run by rel:power with the shim preloaded: writes numbered clients, each with its brand in one transaction. At
 * chosen commits, and before the first, it keeps what a power cut in that very moment would find: what was synced,
 * and beside it what was only written. The commit has been acknowledged by then.
 */
const [file = '', cuts = '', cutFolder = '', synchronous = 'FULL'] = process.argv.slice(2);
const wanted = new Set(cuts.split(',').map(Number));
const last = Math.max(...wanted);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function cut(number: number): void {
  const folder = join(cutFolder, String(number));
  cpSync(process.env.SYNCED_INTO ?? '', join(folder, 'synced'), { recursive: true });
  mkdirSync(join(folder, 'written'));
  for (const name of readdirSync(dirname(file))) copyFileSync(join(dirname(file), name), join(folder, 'written', name));
}

const store = await openStore({ file, clock: { now: () => 0, monotonic: () => 0 }, log: silent });
// What the store sets itself is FULL; the control takes it back and must lose.
connectionTo(file).pragma(`synchronous = ${synchronous}`);
if (wanted.has(0)) cut(0);
for (let number = 1; number <= last; number++) {
  const id = `client-${number}`;
  await store.transaction(async ({ clients }) => {
    await clients.insert({
      id,
      name: id,
      status: 'active',
      timezone: 'UTC',
      language: 'en',
      brandVoice: 'x'.repeat((number * 37) % 900),
      createdAt: 0,
      updatedAt: 0,
      deletedAt: null,
    });
    await clients.putBrand(id, emptyBrand, 0);
  });
  if (wanted.has(number)) cut(number);
}
process.exit(0);
