import { describe, expect, it } from 'vitest';
import { openEnvironmentSecrets } from '../secrets/environment.ts';
import { account, client, noon, standingClock, temporaryFile, temporaryStore } from '../store/sample.ts';
import { checkCanary } from './secrets-canary.ts';

const clock = standingClock(noon);
const key = (fill: number) => openEnvironmentSecrets({ masterKeyBase64: Buffer.alloc(32, fill).toString('base64') });

describe('the key check at boot', () => {
  it('writes its record on the first boot and finds it on the next', async () => {
    const file = temporaryFile();
    const store = await temporaryStore(file);
    expect(await checkCanary(store, key(1), clock)).toEqual({ locked: null });
    const written = await store.settings.get('secrets.canary');
    await store.close();
    const again = await temporaryStore(file);
    expect(await checkCanary(again, key(1), clock)).toEqual({ locked: null });
    expect(await again.settings.get('secrets.canary')).toBe(written);
  });

  it('locks with another key and overwrites nothing; the right key unlocks', async () => {
    const store = await temporaryStore();
    await checkCanary(store, key(1), clock);
    const written = await store.settings.get('secrets.canary');
    const { locked } = await checkCanary(store, key(2), clock);
    expect(locked).toMatch(/missing or has changed/);
    expect(await store.settings.get('secrets.canary')).toBe(written);
    expect(await checkCanary(store, key(1), clock)).toEqual({ locked: null });
  });

  it('locks when the record is unreadable, and leaves it', async () => {
    const store = await temporaryStore();
    for (const canary of ['garbage', null, { sealed: 'x' }]) {
      await store.settings.put('secrets.canary', canary, noon);
      expect((await checkCanary(store, key(1), clock)).locked).not.toBeNull();
      expect(await store.settings.get('secrets.canary')).toEqual(canary);
    }
  });

  it('locks when there are sealed values but no record', async () => {
    const tokens = await temporaryStore();
    await tokens.clients.insert(client());
    await tokens.accounts.insert(account());
    expect((await checkCanary(tokens, key(1), clock)).locked).not.toBeNull();
    const credentials = await temporaryStore();
    await credentials.settings.putCredential({ provider: 'groq', sealed: 'x', hint: '…1', updatedAt: noon });
    expect((await checkCanary(credentials, key(1), clock)).locked).not.toBeNull();
    expect(await credentials.settings.get('secrets.canary')).toBeUndefined();
  });
});
