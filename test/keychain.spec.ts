import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasSecretService } from '../scripts/secret-service.mjs';
import { makeDataDir } from './e2e/host.ts';
import { desktopSession } from './keychain/session.ts';

/*
 * keytar against a real secret service, gnome-keyring on a message bus of its own. `npm test` installs both as root on
 * Debian; elsewhere, without them, these tests are skipped and say so.
 */

interface Run {
  locked: string | null;
  keyPlace: string;
  kept: string | null;
}

describe.skipIf(!hasSecretService())('with a real secret service', () => {
  it('keytar gives back what it was given, also in the next session', async () => {
    const session = desktopSession();
    expect(await session.run('round-trip.ts')).toEqual({ before: null, after: true });
    expect(await session.run('round-trip.ts')).toMatchObject({ before: expect.stringContaining('ümlauts') });
  });

  it('the app seals its logins with a key that only the keychain opens', async () => {
    const session = desktopSession();
    const data = makeDataDir();
    const start = (password?: string): Promise<Run> =>
      session.run('app-on-keychain.ts', { AUTOSOCIAL_DATA_DIR: data.path }, password);
    const good = { locked: null, keyPlace: 'keychain', kept: 'gsk_keychain' };
    try {
      expect(await start()).toMatchObject(good);
      expect(await start()).toMatchObject(good);
      expect(readdirSync(join(data.path, 'live', 'keys'))).toEqual(['master.sealed']);

      const withWrongPassword = await start('wrong horse');
      expect(withWrongPassword).toMatchObject({ kept: null });
      expect(withWrongPassword.locked).toMatch(/key of this data cannot be had|There is no key for this data/);
      const overSsh = await session.runOutside<Run>('app-on-keychain.ts', { AUTOSOCIAL_DATA_DIR: data.path });
      expect(overSsh.locked).toMatch(/the secret service of this desktop cannot be used/);

      // Nothing was overwritten by the runs that could not open it.
      expect(await start()).toMatchObject(good);
    } finally {
      data.remove();
    }
  });

  it('another desktop cannot open it, and says where the key is', async () => {
    const data = makeDataDir();
    try {
      const environment = { AUTOSOCIAL_DATA_DIR: data.path };
      await desktopSession().run('app-on-keychain.ts', environment);
      const elsewhere = await desktopSession().run<Run>('app-on-keychain.ts', environment);
      expect(elsewhere.locked).toMatch(/There is no key for this data.*It was put into the secret service/);
    } finally {
      data.remove();
    }
  });
});
