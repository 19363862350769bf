import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../../test/doubles/virtual-time.ts';
import { createUpdates, updateFeed, type Updater } from './updates.ts';

const feed = 'https://updates.agency.example/autosocial/';
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function start(from: string | null) {
  const time = new VirtualTime(0);
  const heard = new Map<string, (argument: never) => void>();
  const seen = { loads: 0, looks: 0, installs: 0, feed: '', ready: 0, warnings: [] as string[], isDown: false };
  const updater: Updater = {
    autoDownload: false,
    autoInstallOnAppQuit: false,
    setFeedURL: ({ url }) => {
      seen.feed = url;
    },
    on: (event: string, listener: (argument: never) => void) => heard.set(event, listener),
    checkForUpdates: () => {
      seen.looks += 1;
      return seen.isDown ? Promise.reject(new Error('no network')) : Promise.resolve();
    },
    quitAndInstall: () => {
      seen.installs += 1;
    },
  };
  const updates = createUpdates(from, {
    timers: time,
    log: { info: () => undefined, warn: (message) => seen.warnings.push(message), error: () => undefined },
    load: () => {
      seen.loads += 1;
      return Promise.resolve(updater);
    },
    onReady: () => {
      seen.ready += 1;
    },
  });
  return { updates, seen, pass: (ms: number) => time.pass(ms, settle), found: () => heard.get('update-downloaded') };
}

describe('updates', () => {
  it('are off while there is no feed: nothing is even loaded', async () => {
    const { seen, pass, updates } = start(null);
    await pass(24 * 3_600_000);
    expect(seen).toMatchObject({ loads: 0, looks: 0 });
    updates.installOnQuit();
    updates.stop();
    expect(seen.installs).toBe(0);
  });

  it('are looked for every six hours, also after a failure', async () => {
    const { seen, pass } = start(feed);
    seen.isDown = true;
    await pass(60_000);
    expect(seen).toMatchObject({ loads: 1, looks: 1, feed, warnings: ['looking for a new version failed'] });
    seen.isDown = false;
    await pass(6 * 3_600_000);
    expect(seen).toMatchObject({ loads: 1, looks: 2 });
  });

  it('are installed when the app has quit, if a person wants it', async () => {
    const { updates, seen, pass, found } = start(feed);
    await pass(60_000);
    updates.installOnQuit();
    found()?.({ version: '1.2.3' } as never);
    expect([updates.ready(), seen.ready]).toEqual(['1.2.3', 1]);
    updates.installOnQuit();
    expect(seen.installs).toBe(0);
    updates.stop();
    expect(seen.installs).toBe(1);
  });

  it.each([
    [undefined, null],
    ['', null],
    ['http://updates.agency.example/', null],
    ['file:///tmp/', null],
    ['https://me@updates.agency.example/', null],
    ['nonsense', null],
    [feed, feed],
  ])('come from %s: %s', (given, taken) => {
    expect(updateFeed(given === undefined ? {} : { AUTOSOCIAL_UPDATE_FEED: given })).toBe(taken);
  });
});
