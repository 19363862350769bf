import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { contract } from '../../shared/contract/index.ts';
import { type Agency, connectedClient, found, startAgency } from '../../test/agency.ts';
import { createRouter } from '../core/api/router.ts';
import type { DesktopDoor } from './doors.ts';
import { createLinkFollower } from './link-follower.ts';
import { createLogins } from './logins.ts';
import { pagesApp } from './pages.ts';
import { createReception } from './reception.ts';
import { createRpcPorts, type Port } from './rpc-port.ts';
import { speechIn } from './speech.ts';
import { wordsIn } from './words/index.ts';

/** The pages over a real core, with a dashboard of two files. */
async function startPages() {
  const agency = await startAgency();
  const folder = mkdtempSync(join(tmpdir(), 'autosocial-desktop-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dashboardFolder = join(folder, 'renderer');
  mkdirSync(join(dashboardFolder, 'assets'), { recursive: true });
  writeFileSync(join(dashboardFolder, 'index.html'), '<!doctype html><title>Dashboard</title>');
  writeFileSync(join(dashboardFolder, 'assets', 'main.js'), 'export {}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const opened: string[] = [];
  const logins = createLogins(agency.time);
  const loopback = { open: () => Promise.resolve('http://127.0.0.1:4680'), isOpen: () => true, close: () => undefined };
  const app = pagesApp(agency.core, createRouter(agency.core), {
    dashboardFolder,
    uploads: join(folder, 'uploads'),
    logins,
    loopback,
    openLogin: (address) => Promise.resolve(void opened.push(address)),
    words: () => wordsIn.en,
  });
  const get = async (path: string, init?: RequestInit) => app.fetch(new Request(`app://bundle${path}`, init));
  return { agency, opened, logins, get };
}

describe('the pages of the window', () => {
  it('come with a policy that runs no script but ours', async () => {
    const { get } = await startPages();
    for (const path of ['/', '/clients/1', '/assets/main.js', '/api/host', '/onboard/x', '/plain', '/nowhere.html']) {
      const policy = (await get(path)).headers.get('content-security-policy') ?? '';
      const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
      expect(rules.get('default-src')).toBe("'none'");
      expect(rules.get('script-src')).toBe("'self'");
      expect(rules.get('connect-src')).toBe("'self'");
      expect(rules.get('frame-ancestors')).toBe("'none'");
      expect(rules.get('base-uri')).toBe("'none'");
      expect(rules.has('frame-src') || rules.has('object-src')).toBe(false);
      expect(policy).not.toContain('unsafe-eval');
    }
  });

  it('are the dashboard and its files, and nothing beside them', async () => {
    const { get } = await startPages();
    expect(await (await get('/clients/1')).text()).toContain('Dashboard');
    expect(await (await get('/assets/main.js')).text()).toBe('export {}');
    const traversals = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%252e%252e/secret.txt',
      '//etc/passwd',
      '/file:///etc/passwd',
      '/assets/main.js%00.txt',
    ];
    for (const path of traversals) {
      expect(await (await get(path)).text()).not.toMatch(/secret|root:/);
    }
  });

  it('answer our own pages only', async () => {
    const { get } = await startPages();
    expect((await get('/api/host', { headers: { origin: 'app://bundle' } })).status).toBe(200);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'https://bundle' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
      { origin: 'app://bundle', 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) expect((await get('/api/host', { headers })).status).toBe(403);
  });

  it('start a login in the browser, and finish it in the window', async () => {
    const { agency, get, opened, logins } = await startPages();
    const { id: clientId } = await agency.api.clients.create({ name: 'Café Uno', timezone: 'Europe/Berlin' });
    agency.facebook.found = [found()];
    const page = await (await get(`/api/auth/facebook/start?clientId=${clientId}`)).text();
    expect(page).toContain('Go on in your browser');
    expect(opened).toHaveLength(1);
    const state = new URL(opened[0] ?? '').searchParams.get('state') ?? '';
    expect(page).not.toContain(state);
    expect(logins.take({ platform: 'facebook', state })).toBe(true);
    const done = await get(`/api/auth/facebook/callback?code=x&state=${state}`);
    expect(await done.text()).toContain('Connected');
    expect((await agency.api.accounts.list({ id: clientId })).items).toHaveLength(1);
  });

  it('use the relay page and a link where there is one', async () => {
    const { agency, get, opened } = await startPages();
    const { id: clientId } = await agency.api.clients.create({ name: 'Café Uno', timezone: 'Europe/Berlin' });
    await agency.api.settings.update({ relayUrl: 'https://agency.example/relay/' });
    await get(`/api/auth/facebook/start?clientId=${clientId}`);
    const state = new URL(opened[0] ?? '').searchParams.get('state') ?? '';
    expect(state).toMatch(/^facebook-[\w-]{20,}$/);
  });

  it('open no browser for a client that is not there', async () => {
    const { get, opened } = await startPages();
    expect((await get('/api/auth/facebook/start?clientId=nobody')).status).toBe(404);
    expect((await get('/api/auth/orkut/start?clientId=nobody')).status).toBe(404);
    expect(opened).toEqual([]);
  });

  it('have a plain one with the kill switch, without a script', async () => {
    const { agency, get } = await startPages();
    const page = await (await get('/plain')).text();
    expect(page).toContain('action="/plain/stop"');
    expect(page).not.toContain('<script');
    const asForm = { method: 'POST', headers: { origin: 'app://bundle', 'sec-fetch-site': 'same-origin' } };
    expect((await get('/plain/stop', asForm)).headers.get('location')).toBe('/plain');
    expect((await agency.api.killSwitch.list({})).items[0]).toMatchObject({ scope: 'global', engaged: true });
    expect(await (await get('/plain')).text()).toContain('action="/plain/resume"');
    await get('/plain/resume', { method: 'POST' });
    expect((await agency.api.killSwitch.list({})).items[0]).toMatchObject({ engaged: false });
  });
});

/** Both ends of a port as Electron gives them: ours, and the page's, which looks like a WebSocket to the client. */
function portPair() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const ours: Port = {
    on(event: string, listener: (event: { data: unknown }) => void) {
      port2.on(event, (data: unknown) => listener({ data }));
      return ours;
    },
    postMessage: (message) => port2.postMessage(message),
    start: () => undefined,
    close: () => port2.close(),
  };
  const page = Object.assign(new EventTarget(), {
    readyState: 0,
    send: (data: unknown) => port1.postMessage(data),
    isClosed: false,
  });
  port1.on('message', (data: unknown) => {
    if (page.readyState === 1) page.dispatchEvent(new MessageEvent('message', { data }));
    else if (data === 'open') {
      page.readyState = 1;
      page.dispatchEvent(new Event('open'));
    }
  });
  port1.on('close', () => {
    page.isClosed = true;
    page.readyState = 3;
    page.dispatchEvent(new Event('close'));
  });
  const client: ContractRouterClient<typeof contract> = createORPCClient(
    new RPCLink({ websocket: page as unknown as WebSocket }),
  );
  return { ours, page, client };
}

async function startPorts(): Promise<{ agency: Agency; ports: ReturnType<typeof createRpcPorts> }> {
  const agency = await startAgency();
  return { agency, ports: createRpcPorts(createRouter(agency.core), () => undefined) };
}

describe('the contract over a port', () => {
  it('answers calls and their declared errors, and pushes changes', async () => {
    const { agency, ports } = await startPorts();
    const { ours, client } = portPair();
    ports.serve(ours);
    const changes = await client.events.watch();
    const { id } = await client.clients.create({ name: 'Café Uno', timezone: 'Europe/Berlin' });
    expect((await changes.next()).value).toMatchObject({ type: expect.stringMatching(/changed|added/) });
    await expect(client.clients.get({ id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(client.clients.create({ name: '', timezone: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await agency.api.clients.get({ id })).name).toBe('Café Uno');
  });

  it('says good-bye when it ends', async () => {
    const { ports } = await startPorts();
    const { ours, page, client } = portPair();
    ports.serve(ours);
    await client.host.get();
    ports.end();
    await expect.poll(() => page.isClosed).toBe(true);
    await expect(client.host.get()).rejects.toThrow('not open');
  });

  it.each([
    ['a number', 1],
    ['an object', { i: '1', p: { u: '/clients/create' } }],
    ['a megabyte and more', 'x'.repeat(1_000_001)],
    ['no JSON', 'garbage'],
    ['JSON of another shape', '{"__proto__":{"i":1}}'],
    ['null', null],
    ['bytes', new Uint8Array([255, 0, 1])],
  ])('ends at %s', async (_what, message) => {
    const { ports } = await startPorts();
    const { ours, page, client } = portPair();
    ports.serve(ours);
    await client.host.get();
    page.send(message);
    await expect.poll(() => page.isClosed).toBe(true);
  });

  it('changes nothing and loses nobody else for any message', async () => {
    const { agency, ports } = await startPorts();
    const good = portPair();
    ports.serve(good.ours);
    const before = await agency.api.stats({});
    const paths = fc.constantFrom('/clients/create', '/pipeline/approve', '/killSwitch/set', '/__proto__', '/settings');
    const messages = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record({ i: fc.string(), p: fc.record({ u: paths, b: fc.jsonValue() }) })
        .map((value) => JSON.stringify(value)),
      fc.uint8Array({ maxLength: 40 }),
      fc.jsonValue(),
    );
    for (const message of fc.sample(messages, { numRuns: 2_000, seed: 5 })) {
      let hear: (event: { data: unknown }) => void = () => undefined;
      const port = { postMessage: () => undefined, start: () => undefined, close: () => undefined };
      ports.serve({
        ...port,
        on: (event: string, listener: (event: { data: unknown }) => void) => {
          if (event === 'message') hear = listener;
        },
      });
      hear({ data: message });
    }
    expect(await good.client.stats({})).toEqual(before);
    expect((await good.client.killSwitch.list({})).items[0]).toMatchObject({ engaged: false });
  });
});

describe('the reception', () => {
  const door = (): DesktopDoor & { served: Port[] } => {
    const served: Port[] = [];
    return {
      origin: 'http://127.0.0.1:4680',
      fetch: () => new Response('the app'),
      serve: (port) => void served.push(port),
      served,
      close: () => Promise.resolve(),
    };
  };
  const ask = (path: string) => new Request(`app://bundle${path}`);

  it('lets calls and ports wait while the app starts, and says so on pages', async () => {
    const reception = createReception(() => speechIn('en'));
    const page = await reception.fetch(ask('/clients'));
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('Starting')]);
    const call = reception.fetch(ask('/api/host'));
    const { ours } = portPair();
    reception.accept(ours);
    const app = door();
    reception.show(app);
    expect(await (await call).text()).toBe('the app');
    expect(app.served).toEqual([ours]);
  });

  it('says so in the language of its person', async () => {
    const page = await (await createReception(() => speechIn('ar')).fetch(ask('/'))).text();
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('لحظة من فضلك، يفتح AutoSocial AI بياناته.');
  });

  it('gives no port to the rescue page', async () => {
    const reception = createReception(() => speechIn('en'));
    reception.show({ ...door(), serve: null });
    const { ours, page } = portPair();
    reception.accept(ours);
    await expect.poll(() => page.isClosed).toBe(true);
  });

  it('answers everything with the reason when the app cannot start', async () => {
    const reception = createReception(() => speechIn('en'));
    const call = reception.fetch(ask('/api/host'));
    const { ours, page } = portPair();
    reception.accept(ours);
    reception.fail('The <disk> is gone.');
    expect(await (await call).json()).toMatchObject({ message: 'The <disk> is gone.' });
    expect(await (await reception.fetch(ask('/'))).text()).toContain('The &lt;disk&gt; is gone.');
    await expect.poll(() => page.isClosed).toBe(true);
  });
});

describe('a link from outside', () => {
  async function startFollower() {
    const agency = await startAgency();
    const shown: (string | undefined)[] = [];
    const logins = createLogins(agency.time);
    const running: { core: typeof agency.core | null } = { core: agency.core };
    const follower = createLinkFollower({
      core: () => running.core,
      logins,
      warn: () => undefined,
      show: (path) => shown.push(path),
    });
    return { agency, shown, logins, running, follower };
  }
  const state = 'facebook-bC-L96WrWOaWJYmVkrC-h0YBNy5CRObJ0FH07W0WJlk';

  it('opens an onboarding link that was made here', async () => {
    const { agency, follower, shown } = await startFollower();
    const { clientId } = await connectedClient(agency);
    const { deepLink } = await agency.api.accounts.onboardingLink({ id: clientId, expiresInDays: 3 });
    await follower.follow(deepLink);
    expect(shown).toEqual([undefined, deepLink.replace('autosocial:/', '')]);
  });

  it('finishes a login that was begun here, once', async () => {
    const { follower, shown, logins } = await startFollower();
    logins.begin({ platform: 'facebook', state });
    await follower.follow(`autosocial://oauth/callback?code=x&state=${state}`);
    await follower.follow(`autosocial://oauth/callback?code=x&state=${state}`);
    expect(shown).toEqual([undefined, `/api/auth/facebook/callback?state=${state}&code=x`, undefined]);
  });

  it.each([
    'autosocial://onboard/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    `autosocial://oauth/callback?code=x&state=${state}`,
    'autosocial://quit',
    'autosocial:',
    'javascript:alert(1)',
  ])('brings the window to the front and nothing more: %s', async (link) => {
    const { follower, shown } = await startFollower();
    await follower.follow(link);
    expect(shown).toEqual([undefined]);
  });

  it('is followed once the app has started', async () => {
    const { agency, follower, shown, running } = await startFollower();
    const { clientId } = await connectedClient(agency);
    const { deepLink } = await agency.api.accounts.onboardingLink({ id: clientId, expiresInDays: 3 });
    running.core = null;
    await follower.follow(deepLink);
    expect(shown).toEqual([undefined]);
    running.core = agency.core;
    follower.ready();
    await expect.poll(() => shown.at(-1)).toBe(deepLink.replace('autosocial:/', ''));
  });
});
