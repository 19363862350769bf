import { writeSync } from 'node:fs';
import { emptyBrand } from '../../shared/contract/brand.ts';
import { openStore } from './open.ts';

/*
 * Run by a test, which kills it: writes numbered clients, each with its brand in one transaction, and
 * reports a number once its transaction is durable.
 */
const [file = '', from = '0'] = process.argv.slice(2);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const store = await openStore({ file, clock: { now: () => 0, monotonic: () => 0 }, log });

for (let number = Number(from); ; number++) {
  const id = `client-${number}`;
  await store.transaction(async ({ clients }) => {
    await clients.insert({
      id,
      name: id,
      status: 'active',
      timezone: 'UTC',
      language: 'en',
      brandVoice: '',
      createdAt: 0,
      updatedAt: 0,
      deletedAt: null,
    });
    await clients.putBrand(id, emptyBrand, 0);
  });
  writeSync(1, `${number}\n`);
}
