import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectChannel, openMessage } from '../shared/contract/desktop-port.ts';
import type { Client } from '../shared/contract/clients.ts';
import type { Post } from '../shared/contract/pipeline.ts';
import { makeDataDir, until } from './e2e/host.ts';
import { checklist, type Evidence, failures, gather } from './electron/checklist.ts';
import { chance, hostileArguments, hostileLink, hostileMessage } from './electron/hostile.ts';
import type { Desktop } from './electron/desktop.ts';
import { type StandIn, startStandIn } from './electron/stand-in.ts';
import { isReal, startDesktop } from './electron/start-desktop.ts';

const root = join(import.meta.dirname, '..');
const ours = { url: 'app://bundle/' };
const dashboard = 'Sandbox — nothing leaves this computer';
const data = makeDataDir();
let desktop: Desktop;

beforeAll(async () => {
  desktop = await startDesktop({ dataDir: data.path });
  await shows(dashboard);
});

afterAll(async () => {
  await desktop.kill();
  data.remove();
});

/** Waits until the window shows a text; the page may be another one by then. */
async function shows(text: string | RegExp): Promise<Page> {
  return until(`the window shows ${text}`, async () => {
    const page = await desktop.untilPage();
    return (
      (await page
        .getByText(text)
        .first()
        .isVisible()
        .catch(() => false)) && page
    );
  });
}

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { status, text } = await desktop.request(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

async function aClient(): Promise<Client> {
  const [client] = (await api<{ items: Client[] }>('GET', '/api/clients')).items;
  if (client === undefined) throw new Error('There is no client.');
  return client;
}

async function isStopped(): Promise<boolean> {
  const { items } = await api<{ items: { scope: string; engaged: boolean }[] }>('GET', '/api/admin/kill-switch');
  return items.some(({ scope, engaged }) => scope === 'global' && engaged);
}

async function onboardingLink(): Promise<string> {
  return (await api<{ deepLink: string }>('POST', `/api/clients/${(await aClient()).id}/onboarding-link`)).deepLink;
}

/** What only the stand-in can do; tests with it are left out on real Electron. */
function standIn(): StandIn {
  if (desktop.kind !== 'stand-in') throw new Error('This is real Electron.');
  return desktop as StandIn;
}

const onStandIn = it.skipIf(isReal);
const windowId = async (): Promise<number> => (await standIn().look()).windows[0]?.id ?? 0;
const trayHas = (text: string): Promise<boolean> =>
  until(`the tray says ${text}`, async () => (await desktop.tray.items()).some(({ label }) => label.includes(text)));
const isAt = (path: string): Promise<boolean> =>
  until(`the window is at ${path}`, async () => (await desktop.window.url()) === `app://bundle${path}`);
const logged = (): string => readFileSync(join(data.path, 'logs', 'desktop.log'), 'utf8');

/** Back to the dashboard, in front. */
afterEach(async () => {
  if (!(await desktop.window.isVisible().catch(() => true))) await desktop.activate();
});

describe('the window', () => {
  it('shows the dashboard, from the app’s own scheme', async () => {
    expect(await desktop.window.url()).toBe('app://bundle/');
    expect(await desktop.window.isVisible()).toBe(true);
    expect(await (await desktop.untilPage()).title()).toContain('AutoSocial AI');
  });

  it('publishes what is approved in it', async () => {
    await desktop.menu.item('open:/review').click();
    await isAt('/review');
    const page = await desktop.untilPage();
    await page.getByTestId('approve').click();
    await page.getByText(/^Approved\. It goes out/).waitFor();
    const [post] = (await api<{ items: Post[] }>('GET', '/api/pipeline?status=approved')).items;
    await api('POST', `/api/pipeline/${post?.id}/publish-now`);
    await until('it is out', async () => {
      const { targets } = await api<Post>('GET', `/api/pipeline/${post?.id}`);
      return targets.every(({ status }) => ['published', 'delivered'].includes(status));
    });
  });

  it('hides when it is closed, and comes back', async () => {
    for (const _ of [1, 2]) {
      await desktop.window.close();
      expect(await desktop.window.isVisible()).toBe(false);
      expect(await desktop.window.count()).toBe(1);
      await desktop.activate();
      expect(await desktop.window.isVisible()).toBe(true);
    }
  });

  onStandIn('says once that it goes on, and keeps where the window was', async () => {
    await standIn().drive('moveWindow', await windowId(), { x: 80, y: 40, width: 1100, height: 800 });
    await desktop.window.close();
    const told = (await desktop.notifications()).filter(({ title }) => title === 'AutoSocial AI goes on');
    expect(told).toHaveLength(1);
    const kept = JSON.parse(readFileSync(join(data.path, 'desktop.json'), 'utf8')) as { window: { bounds: object } };
    expect(kept.window.bounds).toEqual({ x: 80, y: 40, width: 1100, height: 800 });
  });

  it('comes to the front when the app is started again, and there is still one app', async () => {
    await desktop.window.close();
    expect(await desktop.secondInstance([])).toBe(0);
    await until('the window is there', () => desktop.window.isVisible());
    expect(await desktop.window.count()).toBe(1);
  });
});

describe.skipIf(isReal)('the tray', () => {
  it('stops everything and resumes, without the window', async () => {
    await desktop.window.close();
    await desktop.tray.menu('stop').click();
    await trayHas('Stopped: nothing is sent');
    expect(await desktop.tray.icon()).toMatch(/stopped\.png$/);
    expect(await desktop.tray.toolTip()).toContain('Stopped');
    expect(await isStopped()).toBe(true);

    await desktop.tray.menu('open').click();
    await shows('Everything is stopped. Nothing is being published.');
    await desktop.answerDialog(1);
    await desktop.tray.menu('resume').click();
    await until('it was asked', async () => (await desktop.dialogs()).at(-1)?.message === 'Resume publishing?');
    await trayHas('Stopped: nothing is sent');
    await desktop.answerDialog(0);
    await desktop.tray.menu('resume').click();
    await until('it goes on', async () => (await desktop.tray.items()).some(({ id }) => id === 'stop'));
  });

  it('works while the page hangs, and helps it', async () => {
    const page = await desktop.untilPage();
    page.evaluate('for (;;) {}').catch(() => undefined);
    await desktop.tray.menu('stop').click();
    await trayHas('Stopped: nothing is sent');
    await desktop.answerDialog(0);
    await desktop.tray.menu('resume').click();
    await until('it goes on', async () => (await desktop.tray.items()).some(({ id }) => id === 'stop'));
    await desktop.answerDialog(1);
    await standIn().drive('hang', await windowId());
    await shows(dashboard);
  });

  it('says when the computer is offline', async () => {
    await standIn().drive('goOnline', false);
    await trayHas('Offline');
    expect(await desktop.tray.icon()).toMatch(/offline\.png$/);
    await standIn().drive('goOnline', true);
    await until('it is over', async () => !(await desktop.tray.toolTip()).includes('Offline'));
  });
});

describe.skipIf(isReal)('the language', () => {
  const dashboards = { de: 'Sandbox – nichts verlässt diesen Computer', en: dashboard };
  const kept = (): unknown =>
    (JSON.parse(readFileSync(join(data.path, 'desktop.json'), 'utf8')) as { language: unknown }).language;
  const menuHas = (label: string): Promise<boolean> =>
    until(`the menu has ${label}`, async () => (await desktop.menu.items()).some((item) => item.label === label));

  /** As a person does it, in the settings. */
  async function choose(name: string): Promise<void> {
    await desktop.menu.item('open:/settings').click();
    await isAt('/settings');
    const page = await desktop.untilPage();
    await page.goto(`${new URL(page.url()).origin}/settings?tab=look`);
    await page.getByRole('radio', { name }).click();
  }

  it('that is chosen in the dashboard is the tray’s and the menu’s too', async () => {
    await trayHas('Open dashboard');
    await choose('Deutsch');
    await trayHas('Dashboard öffnen');
    await menuHas('&Datei');
    expect(await desktop.tray.toolTip()).toMatch(/Sachen? warte|Alles in Ordnung|Beitr/);
    await shows(dashboards.de);
    await desktop.answerDialog(1);
    await desktop.menu.item('save_key').click();
    await until('it is asked in German', async () =>
      (await desktop.dialogs()).some(({ message }) => message === 'Kopie des Schlüssels speichern?'),
    );
    expect(kept()).toBe('de');
  });

  it('is known at the next start, before there is a window, and to a window that has forgotten it', async () => {
    expect(await desktop.quit()).toBe(0);
    desktop = await startDesktop({ dataDir: data.path, argv: ['--hidden'] });
    expect(await desktop.window.count()).toBe(0);
    await trayHas('Dashboard öffnen');
    await menuHas('&Datei');
    await desktop.tray.menu('open').click();
    await shows(dashboards.de);
    await choose('English');
    await trayHas('Open dashboard');
    await menuHas('&File');
    await shows(dashboards.en);
  });

  it('is the system’s until one is chosen', async () => {
    const fresh = makeDataDir();
    const german = await startStandIn({ dataDir: fresh.path, env: { STAND_IN_LOCALE: 'de-AT' } });
    const labels = (await german.tray.items()).map(({ label }) => label);
    expect(labels).toContain('AutoSocial AI beenden');
    expect((await german.menu.items()).map(({ label }) => label)).toContain('&Bearbeiten');
    await german.kill();
    fresh.remove();
  });
});

describe('a link', () => {
  it('comes with a second process', async () => {
    const link = await onboardingLink();
    expect(await desktop.secondInstance(['--no-sandbox', link, '--live'])).toBe(0);
    await isAt(new URL(link).pathname.replace(/^/, '/onboard'));
  });

  it('comes from macOS while the app runs', async () => {
    const link = await onboardingLink();
    await desktop.openUrl(link);
    await isAt(`/onboard${new URL(link).pathname}`);
  });

  it.each([
    ['in the arguments of a cold start', (link: string) => ({ argv: ['--hidden', link] })] as const,
    ...(isReal ? [] : [['from macOS before the app is ready', (link: string) => ({ openUrls: [link] })] as const]),
  ])('comes %s', async (_, how) => {
    const link = await onboardingLink();
    expect(await desktop.quit()).toBe(0);
    desktop = await startDesktop({ dataDir: data.path, ...how(link) });
    await isAt(`/onboard${new URL(link).pathname}`);
    expect(await desktop.window.isVisible()).toBe(true);
  });

  it.each([
    'autosocial://onboard/abcdefghijklmnopqrstuvwxyz012345',
    'autosocial://oauth/callback?code=stolen&state=facebook-abcdefghijklmnopqrstuvwxyz012345',
    'autosocial://settings',
  ])('only brings the window to the front when the app does not know it: %s', async (link) => {
    const before = await desktop.window.url();
    await desktop.window.close();
    await desktop.openUrl(link);
    await until('the window is there', () => desktop.window.isVisible());
    await until('it is refused', async () =>
      logged().trimEnd().split('\n').at(-1)?.includes('a link was not followed'),
    );
    expect(await desktop.window.url()).toBe(before);
  });
});

describe('a page', () => {
  let stranger: Server;
  let elsewhere: string;
  beforeAll(async () => {
    stranger = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<title>Stranger</title>');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    await desktop.activate();
    await goHome();
  });
  afterAll(() => void stranger.close());

  /** Loads the dashboard anew. */
  async function goHome(): Promise<Page> {
    const left = await desktop.untilPage();
    await left.evaluate(() => document.documentElement.setAttribute('data-left', ''));
    await desktop.menu.item('open:/').click();
    await left.locator('html:not([data-left])').waitFor();
    return shows(dashboard);
  }

  it('goes nowhere, and the web opens in the browser', async () => {
    const page = await goHome();
    const before = (await desktop.externals()).length;
    for (const address of [
      elsewhere,
      'file:///etc/passwd',
      'autosocial://onboard/x',
      'mailto:not-an-address',
      'ms-msdt:/x',
    ]) {
      await page.evaluate((to) => location.assign(to), address).catch(() => undefined);
    }
    await page.evaluate(() => location.assign('https://example.org/help'));
    await until('the browser opens', async () => (await desktop.externals()).length > before);
    expect((await desktop.externals()).slice(before)).toEqual(['https://example.org/help']);
    expect(await page.evaluate(() => window.open('https://example.org/new'))).toBeNull();
    await until('the browser opens', async () => (await desktop.externals()).includes('https://example.org/new'));
    expect(await desktop.window.url()).toBe('app://bundle/');
    await until('there is one page', async () => page.context().pages().length === 1);
  });

  it('may hold no frame', async () => {
    const page = await goHome();
    const blocked = await page.evaluate(
      (address) =>
        new Promise((resolve) => {
          addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
          const frame = document.createElement('iframe');
          frame.src = address;
          document.body.append(frame);
        }),
      elsewhere,
    );
    expect(blocked).toBe('frame-src');
  });

  onStandIn('may do nothing but copy', async () => {
    const page = await goHome();
    const seen = await page.evaluate(async () => {
      const tell = (run: Promise<unknown>): Promise<string> =>
        run.then(
          () => 'granted',
          (error: Error) => error.name,
        );
      return {
        camera: await tell(navigator.mediaDevices.getUserMedia({ video: true })),
        screen: await tell(navigator.mediaDevices.getDisplayMedia()),
        reading: await tell(navigator.clipboard.readText()),
        copying: await tell(navigator.clipboard.writeText('a link')),
        notifications: await window.Notification.requestPermission(),
        place: (await navigator.permissions.query({ name: 'geolocation' })).state,
      };
    });
    expect(seen).toEqual({
      camera: 'NotAllowedError',
      screen: 'NotAllowedError',
      reading: 'NotAllowedError',
      copying: 'granted',
      notifications: 'denied',
      place: 'denied',
    });
  });

  onStandIn('is given a port when it is ours, and none when it is not', async () => {
    const id = await windowId();
    expect(await standIn().drive('portFor', id, ours, connectChannel)).toEqual({ got: openMessage });
    for (const pretence of [
      { url: elsewhere },
      { ...ours, isSubframe: true },
      { ...ours, isGone: true },
      { url: 'app://bundle.evil.example/' },
    ]) {
      expect(await standIn().drive('portFor', id, pretence, connectChannel)).toBe('closed');
    }
  });

  onStandIn('gets no port as a stranger, although the preload runs there', async () => {
    await standIn().drive('force', await windowId(), elsewhere);
    const page = await desktop.untilPage();
    const heard = await page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('message', ({ ports: [port] }) => {
            if (port === undefined) return;
            port.addEventListener('message', ({ data }) => resolve(data));
            port.addEventListener('close', () => resolve('closed'));
            port.start();
          });
          (window as unknown as { autosocialDesktop: { connect(): void } }).autosocialDesktop.connect();
        }),
    );
    expect(heard).toBe('closed');
    await goHome();
  });

  it('is loaded again after a crash, and after the fourth there is a plain one with the kill switch', async () => {
    for (const _ of [1, 2, 3]) {
      await desktop.crashPage();
      await shows(dashboard);
    }
    await desktop.crashPage();
    const plain = await shows('The dashboard keeps crashing');
    await plain.getByRole('button', { name: 'Stop everything now' }).click();
    await shows('Everything is stopped: nothing is sent to any network.');
    expect(await isStopped()).toBe(true);
    await plain.getByRole('button', { name: 'Resume publishing' }).click();
    await shows('Posts that are due are sent.');
    await plain.getByRole('link', { name: 'Try the dashboard again' }).click();
    await shows(dashboard);
  });
});

describe('the computer', () => {
  it('sleeps and wakes', async () => {
    await desktop.power.suspend();
    await desktop.power.resume();
    await until('it is noted', async () => logged().includes('the computer is awake again'));
    await shows(dashboard);
  });

  onStandIn('is kept awake as a person wishes, and no longer', async () => {
    await desktop.tray.menu('keepAwake').click();
    const item = async () => (await desktop.tray.items()).find(({ id }) => id === 'keepAwake');
    expect((await item())?.checked).toBe(true);
    await desktop.tray.menu('keepAwake').click();
    expect((await item())?.checked).toBe(false);
    expect((await standIn().look()).awake).toEqual([]);
  });
});

describe.skipIf(isReal)('strangers', () => {
  // An agency in which nothing happens by itself: whatever changes was a stranger.
  const quiet = makeDataDir();
  let app: StandIn;
  beforeAll(async () => {
    const env = { AUTOSOCIAL_PROFILE: 'live', AUTOSOCIAL_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') };
    app = await startStandIn({ dataDir: quiet.path, env });
    await until('its page is there', async () => (await app.window.url()) === ours.url);
    const client = { name: 'Café Uno', timezone: 'Europe/Lisbon' };
    const { id } = JSON.parse((await app.request('POST', '/api/clients', client)).text) as Client;
    await app.request('POST', `/api/clients/${id}/onboarding-link`);
  });
  afterAll(async () => {
    await app.kill();
    quiet.remove();
  });

  /** What must be the same afterwards. */
  async function everything(): Promise<unknown> {
    const { text } = await app.request('GET', '/api/clients');
    const [client] = (JSON.parse(text) as { items: Client[] }).items;
    const links = `clients/${client?.id}/onboarding-links`;
    const paths = ['clients', 'pipeline', links, 'admin/kill-switch', 'admin/settings', 'admin/credentials'];
    const kept = await Promise.all(paths.map((path) => app.request('GET', `/api/${path}`)));
    const { externals, dialogs, openedPaths, windows } = await app.look();
    return {
      kept: kept.map((answer) => ({ status: answer.status, text: answer.text })),
      externals,
      dialogs,
      openedPaths,
      url: windows.map(({ url }) => url),
    };
  }
  const many = (of: (random: () => number) => unknown, count: number, seed: number): unknown[] => {
    const random = chance(seed);
    return Array.from({ length: count }, () => of(random));
  };
  const unhandled = (): number =>
    readFileSync(join(quiet.path, 'logs', 'desktop.log'), 'utf8').split('unhandled rejection').length;

  it('reach nothing with 100,000 links, arguments and messages', { timeout: 120_000 }, async () => {
    const before = await everything();
    const shown = async (): Promise<number> => (await app.look()).calls['window.focus'] ?? 0;
    const shownBefore = await shown();
    const id = (await app.look()).windows[0]?.id ?? 0;
    for (let batch = 0; batch < 8; batch += 1) {
      await app.drive('openUrls', many(hostileLink, 5_000, batch) as string[]);
      const visits = (many(hostileArguments, 5_000, 100 + batch) as string[][]).map((argv) => ({ argv }));
      await app.drive('secondInstances', visits);
      const messages = many(hostileMessage, 2_500, 200 + batch);
      const posted = await app.drive('postHostile', id, ours, connectChannel, messages);
      expect(posted.closed).toBeGreaterThan(100);
      expect(unhandled()).toBe(1);
    }
    await until('each of them was looked at', async () => (await shown()) - shownBefore >= 80_000);
    expect(await everything()).toEqual(before);
    expect(await app.window.count()).toBe(1);
    expect((await app.request('GET', '/api/health')).status).toBe(200);
  });
});

describe.skipIf(isReal)('Electron’s security checklist', () => {
  let evidence: Evidence;
  let careless: Evidence;
  beforeAll(async () => {
    evidence = await gather(standIn(), root);
    const folder = join(import.meta.dirname, 'electron', 'fixtures', 'careless');
    const other = makeDataDir();
    const options = { entry: join(folder, 'app.mjs'), readyLine: /the careless app is ready/, dataDir: other.path };
    const app = await startStandIn(options);
    careless = await gather(app, folder);
    await app.kill();
    other.remove();
  });

  it.each(checklist)('$point: $says', ({ holds }) => {
    expect(holds(evidence)).toBe(true);
  });

  it('has twenty points, and finds each of them in a careless app', () => {
    expect(checklist).toHaveLength(20);
    expect(failures(careless)).toEqual(checklist.map(({ point }) => point));
  });
});

describe('the end', () => {
  onStandIn('comes by the tray, and the next start goes on from there', async () => {
    const name = (await aClient()).name;
    await desktop.tray.menu('quit').click();
    expect(await desktop.ended).toBe(0);
    desktop = await startDesktop({ dataDir: data.path, argv: ['--hidden'] });
    expect(await desktop.window.count()).toBe(0);
    await trayHas('Open dashboard');
    expect((await aClient()).name).toBe(name);
    await desktop.tray.menu('open').click();
    await shows(dashboard);
  });

  it('comes with the computer’s shutdown', async () => {
    await desktop.power.shutdown();
    expect(await desktop.ended).toBe(0);
    desktop = await startDesktop({ dataDir: data.path });
  });

  it('may come by a power cut', async () => {
    await desktop.kill();
    desktop = await startDesktop({ dataDir: data.path });
    await shows(dashboard);
  });

  onStandIn('saves a copy of the key for its owner alone, once the person has agreed', async () => {
    const downloads = join(data.path, 'Downloads');
    mkdirSync(downloads);
    await desktop.answerDialog(1);
    await desktop.menu.item('save_key').click();
    const isAsked = async (): Promise<boolean> =>
      (await desktop.dialogs()).some(({ message }) => message === 'Save a copy of the key?');
    await until('the person is asked', isAsked);
    expect(readdirSync(downloads)).toEqual([]);
    await desktop.answerDialog(0);
    await desktop.menu.item('save_key').click();
    const file = join(downloads, 'autosocial-master.key');
    await until('the key is there', async () => existsSync(file));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
  });

  onStandIn('lets a person change to real accounts, by a new start', async () => {
    await desktop.answerDialog(0);
    await desktop.menu.item('switch_profile').click();
    expect(await desktop.ended).toBe(0);
    expect(standIn().relaunchAsked()).toEqual([]);
  });
});
