import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDir, until } from '../e2e/host.ts';
import { type StandIn, startStandIn } from './stand-in.ts';

/** What the fixture's preload gives to its page. */
interface Bridge {
  refused: Record<string, string>;
  globals: Record<string, string>;
  sum(a: number, b: number): number;
  fails(): never;
  invoke<T>(channel: string, ...input: unknown[]): Promise<T>;
  send(channel: string, ...input: unknown[]): void;
  invokeWithFunction(): Promise<unknown>;
  received(): unknown[];
  callBack(listener: (value: unknown) => void): void;
  exposeAgain(): void;
  unknown(): unknown;
  connect(): void;
}

declare global {
  interface Window {
    bridge: Bridge;
    port?: MessagePort;
    first: { world: string[]; bridge: string };
    wasInjected?: boolean;
  }
}

const options = { entry: join(import.meta.dirname, 'fixtures', 'app.mjs'), readyLine: /the fixture is ready/ };
const data = makeDataDir();
let desktop: StandIn;
const page = (): Page => desktop.page;

beforeAll(async () => {
  desktop = await startStandIn({ ...options, dataDir: data.path, openUrls: ['fixture://early'] });
});

afterAll(async () => {
  await desktop.kill();
  data.remove();
});

/** Lets the app's own process try something. */
async function attempt(name: string): Promise<{ done?: unknown; thrown?: string }> {
  return page().evaluate((what) => window.bridge.invoke('attempt', what), name);
}

const told = (): string[] => [...desktop.output().matchAll(/^told: (.*)$/gm)].map(([, what = '']) => what);
const untilTold = (what: string): Promise<boolean> => until(what, async () => told().includes(what), 5_000);
/** The words of what is thrown in the page. */
const failure = (run: () => unknown): Promise<string> =>
  page()
    .evaluate(run)
    .then(
      () => 'nothing was thrown',
      (error: Error) => (error.message.split('\n')[0] ?? '').replace('page.evaluate: ', ''),
    );

describe('the main half', () => {
  it.each([
    ['early', { done: 'Error: Cannot create Tray before app is ready' }],
    ['second handler', { thrown: "Error: Attempted to register a second handler for 'attempt'" }],
    ['unknown member', { thrown: 'Error: The stand-in of Electron has no app.noSuchThing.' }],
    ['unknown member of a window', { thrown: 'Error: The stand-in of Electron has no BrowserWindow.noSuchThing.' }],
    ['second protocol handler', { thrown: 'Error: Failed to register protocol: app' }],
    ['function over a port', { thrown: 'Error: An object could not be cloned.' }],
    ['port twice', { thrown: 'Error: Port at index 0 is already neutered.' }],
    ['no port', { thrown: 'TypeError: Port at index 0 is not a valid port' }],
    ['same window', { done: true }],
  ])('%s', async (name, expected) => {
    expect(await attempt(name)).toEqual(expected);
  });

  it.each([
    ['scheme after ready', 'should be called before app is ready'],
    ['sandbox after ready', 'can only be called before app is ready'],
    ['bad menu', 'must have at least one of label, role or type'],
    ['tray without a picture', 'Failed to load image from path'],
    ['send a function', 'nothing'],
  ])('%s', async (name, words) => {
    const { thrown = 'nothing' } = await attempt(name);
    expect(thrown).toContain(words);
  });

  it('brings links from before it was ready, and visits after', async () => {
    await untilTold('open-url fixture://early ready=false');
    expect(await desktop.secondInstance(['fixture://warm'])).toBe(7);
    await untilTold('second-instance fixture://warm number');
    await desktop.openUrl('fixture://later');
    await untilTold('open-url fixture://later ready=true');
  });

  it('shows a tray menu as it was when it was set, and clicks only what can be clicked', async () => {
    await attempt('tray');
    expect((await desktop.tray.items()).map(({ label }) => label)).toEqual(['Tell', 'Off']);
    await desktop.tray.menu('tell').click();
    await untilTold('tray item clicked');
    await expect(desktop.tray.menu('Off').click()).rejects.toThrow('cannot be clicked');
    await expect(desktop.tray.menu('None').click()).rejects.toThrow('no item "None"');
  });

  it('shows notifications and clicks them', async () => {
    await attempt('notify');
    const [notification] = await desktop.notifications();
    expect(notification).toMatchObject({ title: 'Hello', body: 'there' });
    await notification?.click();
    await untilTold('notification clicked');
  });

  it('opens nothing, but keeps what was to be opened', async () => {
    await attempt('external');
    expect(await desktop.externals()).toEqual(['https://example.org/']);
  });

  it('asks before it closes a window', async () => {
    await desktop.window.close();
    await untilTold('asked to close');
    expect(await desktop.window.count()).toBe(1);
    await attempt('hide');
    expect(await desktop.window.isVisible()).toBe(false);
  });
});

describe('ipc', () => {
  it('clones in both directions', async () => {
    const same = await page().evaluate(async () => {
      const value = { map: new Map([[1, new Date(5)]]), bytes: new Uint8Array([1, 255]), none: undefined };
      const back = await window.bridge.invoke<typeof value>('echo', value);
      return [back.map.get(1)?.getTime(), [...back.bytes], 'none' in back];
    });
    expect(same).toEqual([5, [1, 255], true]);
  });

  it('answers with the words of an error only', async () => {
    expect(await failure(() => window.bridge.invoke('fail'))).toBe(
      "Error: Error invoking remote method 'fail': RangeError: too far",
    );
    expect(await failure(() => window.bridge.invoke('nobody'))).toBe(
      "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
    expect(await failure(() => window.bridge.invoke('give a function'))).toBe(
      "Error: Error invoking remote method 'give a function': Error: An object could not be cloned.",
    );
    expect(await failure(() => window.bridge.invokeWithFunction())).toBe('Error: An object could not be cloned.');
  });

  it('asks the page’s own handlers first', async () => {
    expect(await page().evaluate(() => window.bridge.invoke('whose'))).toBe('everybody');
    await attempt('handler of the page');
    expect(await page().evaluate(() => window.bridge.invoke('whose'))).toBe('the page');
  });

  it('keeps parallel calls apart', async () => {
    const answers = await page().evaluate(() =>
      Promise.all(Array.from({ length: 50 }, (_, index) => window.bridge.invoke('echo', index))),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('brings what the app sends', async () => {
    await attempt('send');
    await page().waitForFunction(() => window.bridge.received().length === 1);
    expect(await page().evaluate(() => window.bridge.received())).toEqual([
      { at: new Date(0), bytes: new Uint8Array([1, 2]) },
    ]);
  });

  it.each(['the page', 'the app'])('carries a port that %s gives away', async (giver) => {
    if (giver === 'the app') await attempt('port to the page');
    else await page().evaluate(() => window.bridge.connect());
    await page().waitForFunction(() => window.port !== undefined);
    const answer = await page().evaluate(
      () =>
        new Promise((resolve) => {
          const port = window.port as MessagePort;
          port.onmessage = ({ data }) => resolve([...(data as { got: Set<number> }).got]);
          port.postMessage(new Set([7]));
        }),
    );
    expect(answer).toEqual([7]);
    const before = told().filter((line) => line === 'port closed').length;
    await page().evaluate(() => {
      window.port?.close();
      window.port = undefined;
    });
    await until('the app learns that', async () => told().filter((line) => line === 'port closed').length > before);
  });

  it('knows who speaks, until the page moves on', async () => {
    await page().evaluate(() => window.bridge.send('keep the event'));
    await untilTold('from app://bundle/ null');
    expect(await page().evaluate(() => window.bridge.invoke('kept'))).toBe(false);
    await page().reload();
    expect(await page().evaluate(() => window.bridge.invoke('kept'))).toBe(true);
  });
});

describe('the page', () => {
  it('has what the preload gives it, frozen, and nothing else of that world', async () => {
    const seen = await page().evaluate(() => ({
      bridgeAtFirstScript: window.first.bridge,
      unexpected: Object.getOwnPropertyNames(window).filter((name) =>
        /^(in|out)[0-9a-f]{16}$|secret|^require$|^ipc/i.test(name),
      ),
      secret: typeof (window as unknown as { secretOfTheWorld?: string }).secretOfTheWorld,
      isFrozen: Object.isFrozen(window.bridge) && Object.isFrozen(window.bridge.globals),
      isFixed: Object.getOwnPropertyDescriptor(window, 'bridge')?.writable,
      process: typeof (window as unknown as { process?: unknown }).process,
    }));
    expect(seen).toEqual({
      bridgeAtFirstScript: 'object',
      unexpected: [],
      secret: 'undefined',
      isFrozen: true,
      isFixed: false,
      process: 'undefined',
    });
  });

  it('gets values, functions, errors without their extras, and calls back', async () => {
    const seen = await page().evaluate(() => {
      const { bridge } = window;
      const got: unknown[] = [bridge.sum(2, 3), bridge.globals];
      try {
        bridge.fails();
      } catch (error) {
        got.push((error as Error).message, 'code' in (error as Error));
      }
      bridge.callBack((value) => got.push((value as { nested: Map<string, number> }).nested.get('a')));
      return got;
    });
    expect(seen).toEqual([5, { process: 'object', Buffer: 'undefined', node: 'undefined' }, 'on purpose', false, 1]);
    expect(await failure(() => window.bridge.exposeAgain())).toContain('on top of an existing property');
    expect(await failure(() => window.bridge.unknown())).toContain('has no ipcRenderer.noSuchThing');
  });

  it('whose preload requires only what a sandboxed one may', async () => {
    expect(await page().evaluate(() => window.bridge.refused)).toEqual({
      fs: 'module not found: fs',
      'node:fs': 'module not found: node:fs',
      '../app.mjs': 'module not found: ../app.mjs',
      path: 'module not found: path',
    });
  });

  it('is answered by the app’s own handler, in app:// addresses', async () => {
    const seen = await page().evaluate(async () =>
      (await fetch('/echo?x=1', { method: 'POST', body: 'hello' })).json(),
    );
    expect(seen).toEqual({ url: 'app://bundle/echo?x=1', origin: 'app://bundle', body: 'hello' });
    expect(told().find((line) => line.includes('/broken'))).toMatch(
      /^ERR_\w+ \(-2\) loading 'app:\/\/bundle\/broken'$/,
    );
  });

  it('obeys the policy of the app’s answer', async () => {
    expect(await page().evaluate(() => window.wasInjected)).toBeUndefined();
    const blocked = await page().evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
          const script = document.createElement('script');
          script.textContent = 'window.wasInjected = true';
          document.head.append(script);
        }),
    );
    expect(blocked).toBe('script-src-elem');
    expect(await page().evaluate(() => window.wasInjected)).toBeUndefined();
  });

  it('has frames without any of it', async () => {
    await page().evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = '/frame';
      document.body.append(frame);
    });
    const frame = await until('the frame', async () =>
      page()
        .frames()
        .find((one) => one.url().endsWith('/frame')),
    );
    await frame.waitForFunction(() => window.first !== undefined);
    expect(await frame.evaluate(() => [typeof window.bridge, window.first.bridge])).toEqual(['undefined', 'undefined']);
  });

  it('is asked about what it wants to do', async () => {
    const seen = await page().evaluate(async () => {
      const tell = (run: Promise<unknown>): Promise<string> =>
        run.then(
          () => 'granted',
          (error: Error) => error.name,
        );
      return {
        camera: await tell(navigator.mediaDevices.getUserMedia({ video: true })),
        notifications: await window.Notification.requestPermission(),
        lookup: (await navigator.permissions.query({ name: 'geolocation' })).state,
      };
    });
    expect(seen).toEqual({ camera: 'NotAllowedError', notifications: 'denied', lookup: 'denied' });
  });
});

describe('navigation', () => {
  it('goes where the app lets it', async () => {
    await page().evaluate(() => location.assign('/second'));
    await page().waitForFunction(() => document.title === 'Second');
    await untilTold('will-navigate app://bundle/second');
    expect(await desktop.window.url()).toBe('app://bundle/second');
    await page().evaluate(() => location.assign('/away'));
    await untilTold('will-redirect app://bundle/second');
    const arrivals = (): number => told().filter((what) => what === 'did-navigate app://bundle/second').length;
    await until('it is there', async () => arrivals() === 2);
    await page().waitForLoadState();
  });

  it('stays where it is when the app objects, whatever the way', async () => {
    const stranger = createServer((_, response) => response.end('<title>Stranger</title>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    await page().evaluate((to) => location.assign(to), address);
    await untilTold(`will-navigate ${address}`);
    await page().evaluate(() => location.assign('fixture://link'));
    await untilTold('will-navigate fixture://link');
    expect(await page().evaluate(() => document.title)).toBe('Second');
    expect(await desktop.externals()).not.toContain('fixture://link');
    stranger.close();
  });

  it('opens no window', async () => {
    const opened = await page().evaluate(() => window.open('https://example.org/window') === null);
    expect(opened).toBe(true);
    await untilTold('window https://example.org/window');
    await until('there is one page', async () => page().context().pages().length === 1);
  });

  it('tells of a crash, and comes back', async () => {
    await desktop.crashPage();
    await until('the page is back', async () => {
      return page()
        .evaluate(() => document.title)
        .then(
          (title) => title === 'Second',
          () => false,
        );
    });
    await untilTold('gone crashed');
  });
});

describe('the end', () => {
  it('asks in Electron’s order', async () => {
    await attempt('allow closing');
    expect(await desktop.quit()).toBe(0);
    const events = [...desktop.output().matchAll(/event: (.*)/g)].map(([, event]) => event);
    expect(events).toEqual(['will-finish-launching', 'ready', 'before-quit', 'will-quit', 'quit']);
  });

  it('is no end while something objects', { timeout: 30_000 }, async () => {
    desktop = await startStandIn({ ...options, dataDir: data.path });
    const outcome = await Promise.race([
      desktop.quit(),
      until('it was asked', async () => told().includes('asked to close')),
    ]);
    expect(outcome).toBe(true);
    expect(await desktop.window.count()).toBe(1);
  });

  it('leaves no lock behind that a new start could trip over', { timeout: 30_000 }, async () => {
    await desktop.kill();
    desktop = await startStandIn({ ...options, dataDir: data.path });
    expect(await desktop.window.count()).toBe(1);
  });
});
