import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Backup } from '../shared/contract/backups.ts';
import type { Client } from '../shared/contract/clients.ts';
import type { contract } from '../shared/contract/index.ts';
import { type Visitor, visit } from './e2e/browser.ts';
import { apiToken, type Host, makeDataDir, startHost, until } from './e2e/host.ts';
import type { List } from './e2e/live-agency.ts';
import { ask } from './e2e/rest.ts';

/* The data comes back: from a backup on request, and when the file that holds it cannot be opened any more. */

interface Health {
  status: string;
}
interface Switches {
  items: { scope: string; engaged: boolean; reason: string | null }[];
}
interface Logs {
  items: { kind: string; message: string }[];
}

const live = { AUTOSOCIAL_PROFILE: 'live' };

function healthOf(origin: string): Promise<string | undefined> {
  return ask<Health>(origin, 'GET', '/api/health').then(
    ({ body }) => body.status,
    // Between two hosts nothing listens.
    () => undefined,
  );
}

/** Waits until the app is up and has these clients. */
function untilClientsAre(host: Host, names: string[]): Promise<boolean> {
  return until(`the clients are ${names.join()}`, async () => {
    if ((await healthOf(host.origin)) !== 'ok') return false;
    const present = await clientsOf(host).catch(() => null);
    return present?.sort().join() === names.sort().join();
  });
}

async function clientsOf(host: Host): Promise<string[]> {
  return (await host.api<List<Client>>('GET', '/api/clients')).items.map(({ name }) => name);
}

describe('a backup that is restored', () => {
  const data = makeDataDir();
  const folder = join(data.path, 'live');
  let host: Host;
  let browser: Visitor;
  let backup: Backup;

  beforeAll(async () => {
    host = await startHost(data.path, live);
    browser = await visit('backups');
    await browser.page.goto(host.loginLink);
    await browser.page.getByRole('navigation').first().waitFor();
    await host.api('POST', '/api/clients', { name: 'Café Uno' });
    backup = await host.api<Backup>('POST', '/api/admin/backups');
  });

  afterAll(async () => {
    await browser.leave();
    await host.stop();
    data.remove();
  });

  it('was checked, is listed, and lies where only its owner may read it', async () => {
    expect(backup).toMatchObject({ occasion: 'person', clients: 1, posts: 0 });
    const list = await host.api<List<Backup> & { folder: string }>('GET', '/api/admin/backups');
    expect(list.items).toEqual([backup]);
    expect(list.folder).toBe(join(folder, 'backups'));
    expect(statSync(list.folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(list.folder)) expect(statSync(join(list.folder, name)).mode & 0o777).toBe(0o600);
  });

  it('brings the data back on the same address, in the same process', async () => {
    await host.api('POST', '/api/clients', { name: 'Added afterwards' });
    await host.api('PUT', '/api/admin/kill-switch', { scope: 'global', engaged: true, reason: 'Stop everything' });
    const startedAt = performance.now();
    expect(await host.api('POST', `/api/admin/backups/${backup.id}/restore`)).toEqual({ restarting: true });
    await untilClientsAre(host, ['Café Uno']);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('keeps a kill switch engaged that was engaged since', async () => {
    const { items } = await host.api<Switches>('GET', '/api/admin/kill-switch');
    expect(items).toMatchObject([{ scope: 'global', engaged: true, reason: 'Stop everything' }]);
  });

  it('is not taken for a copy of the data folder', async () => {
    const { halts } = await host.api<{ halts: { code: string }[] }>('GET', '/api/host');
    expect(halts.map(({ code }) => code)).not.toContain('copied');
  });

  it('lets the browser go on without a new log-in', async () => {
    await browser.page.goto(`${host.origin}/clients`);
    await browser.page.getByText('Café Uno').first().waitFor();
    expect(await browser.page.getByText('Added afterwards').count()).toBe(0);
    await browser.shot('restored');
  });

  it('keeps what it replaced, as a file and as a backup', async () => {
    const { items } = await host.api<List<Backup>>('GET', '/api/admin/backups');
    expect(items.map(({ occasion, clients }) => [occasion, clients])).toEqual([
      ['restore', 2],
      ['person', 1],
    ]);
    expect(readdirSync(join(folder, 'data')).filter((name) => /set-aside.*\.db$/.test(name))).toHaveLength(1);
    const { items: logs } = await host.api<Logs>('GET', '/api/admin/logs');
    expect(logs.map(({ kind }) => kind)).toContain('backup.restored');
  });

  it('can be undone the same way', async () => {
    const { items } = await host.api<List<Backup>>('GET', '/api/admin/backups');
    await host.api('POST', `/api/admin/backups/${items[0]?.id}/restore`);
    await untilClientsAre(host, ['Added afterwards', 'Café Uno']);
  });

  it('is answered to the dashboard too, before its connection ends', async () => {
    const { id } = await host.api<Backup>('POST', '/api/admin/backups');
    const session = await ask(host.origin, 'POST', '/api/session', {
      body: { token: apiToken },
      token: null,
      headers: { origin: host.origin },
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/api/rpc`, {
      headers: { cookie, origin: host.origin },
    });
    const closed = once(socket, 'close');
    const client: ContractRouterClient<typeof contract> = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    );
    expect(await client.backups.restore({ id })).toEqual({ restarting: true });
    expect((await closed)[0]).toBe(1001);
    await untilClientsAre(host, ['Added afterwards', 'Café Uno']);
  });

  it('is refused when a byte of it has changed, and the app goes on', async () => {
    const { id } = await host.api<Backup>('POST', '/api/admin/backups');
    const file = join(folder, 'backups', `${id}.db`);
    const bytes = readFileSync(file);
    bytes.write('X', bytes.indexOf('Café Uno'));
    writeFileSync(file, bytes);
    const answer = await ask<{ code: string; message: string }>(
      host.origin,
      'POST',
      `/api/admin/backups/${id}/restore`,
    );
    expect(answer.status).toBe(409);
    expect(answer.body.message).toContain('changed');
    expect(await clientsOf(host)).toHaveLength(2);
  });

  it('is tried out in a drill that says what it found', async () => {
    await host.api('POST', '/api/admin/backups');
    await host.api('POST', '/api/admin/jobs/restore-drill/run');
    const { lastDrill } = await host.api<{ lastDrill: { isGood: boolean; message: string } }>(
      'GET',
      '/api/admin/backups',
    );
    expect(lastDrill).toMatchObject({ isGood: true, message: expect.stringContaining('2 clients') });
  });
});

describe('the sandbox', () => {
  it('starts anew from a backup with its simulators and what they know', async () => {
    const data = makeDataDir();
    const host = await startHost(data.path);
    await until('the sample agency is there', async () => (await clientsOf(host)).length === 3);
    const clients = await clientsOf(host);
    const { id } = await host.api<Backup>('POST', '/api/admin/backups');
    const simulator = host.simulator('meta-graph');
    await host.api('POST', '/api/clients', { name: 'Added afterwards' });
    await host.api('POST', `/api/admin/backups/${id}/restore`);
    await untilClientsAre(host, clients);
    expect(host.simulator('meta-graph')).toBe(simulator);
    expect(await host.feed()).toMatchObject({ posts: expect.any(Array) });
    await host.stop();
    data.remove();
  });
});

describe('data that cannot be opened', () => {
  const data = makeDataDir();
  const folder = join(data.path, 'live', 'data');
  const file = join(folder, 'autosocial.db');
  let host: Host;
  let browser: Visitor;

  beforeAll(async () => {
    const first = await startHost(data.path, live);
    await first.api('POST', '/api/clients', { name: 'Café Uno' });
    await first.api('POST', '/api/admin/backups');
    await first.stop();
    damage(file);
    host = await startHost(data.path, live);
    browser = await visit('rescue');
  });

  afterAll(async () => {
    await browser.leave();
    await host.stop();
    data.remove();
  });

  it('is told with the same ready line, and every call answers in words', async () => {
    await until('the reason is told', async () => host.output().includes('The data cannot be opened'));
    expect(await healthOf(host.origin)).toBe('rescue');
    for (const [method, path] of [
      ['GET', '/api/clients'],
      ['POST', '/api/pipeline/generate'],
      ['GET', '/api/host'],
      ['GET', '/api/rpc'],
    ] as const) {
      const { status, body } = await ask<{ code: string; message: string }>(host.origin, method, path);
      expect([path, status, body.code]).toEqual([path, 503, 'SERVICE_UNAVAILABLE']);
      expect(body.message).toContain('damaged');
    }
  });

  it('is guarded as the app is', async () => {
    const at = (method: string, path: string, headers: Record<string, string>, token: string | null = null) =>
      ask(host.origin, method, path, { headers, token }).then(({ status }) => status);
    expect(await at('GET', '/api/admin/backups', {})).toBe(401);
    expect(await at('POST', '/api/rescue/salvage', {})).toBe(401);
    expect(await at('GET', '/api/admin/backups', {}, 'a-wrong-token')).toBe(401);
    expect(await at('POST', '/api/rescue/salvage', { origin: 'http://evil.example' }, apiToken)).toBe(403);
    expect(await at('GET', '/', {})).toBe(303);
    const page = await ask(host.origin, 'GET', '/login', { token: null });
    expect(page.text).not.toContain(folder);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('is explained on a page that a person logs in to as always', async () => {
    const { page } = browser;
    await page.goto(`${host.origin}/clients/x`);
    await page.getByRole('heading', { name: 'Sign in to AutoSocial AI' }).waitFor();
    await shots(browser, 'login');
    await page.goto(host.loginLink);
    await page.getByRole('heading', { name: 'Your data cannot be opened' }).waitFor();
    await page.getByText('The file that holds your data is damaged.').waitFor();
    await page.getByText('Nothing was changed, and nothing is being sent').waitFor();
    await shots(browser, 'page');
  });

  it('can be looked into without secrets or names', async () => {
    const { body, text } = await ask<{ state: string; problem: object; files: object[] }>(
      host.origin,
      'GET',
      '/api/admin/diagnostics',
    );
    expect(body).toMatchObject({ state: 'rescue', problem: { kind: 'StoreDamaged' } });
    expect(text).not.toContain('Café');
    expect(text).not.toContain(folder);
  });

  it('stays as it is when looking again finds the same', async () => {
    const before = readFileSync(file);
    await browser.page.getByRole('button', { name: 'Look again' }).click();
    await browser.page.waitForEvent('load');
    await browser.page.getByRole('heading', { name: 'Your data cannot be opened' }).waitFor();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('comes back from a backup with one button, and the browser goes on', async () => {
    const { page } = browser;
    await browser.page.getByRole('button', { name: 'Restore', exact: true }).first().click();
    await page.getByRole('navigation').first().waitFor();
    expect(await healthOf(host.origin)).toBe('ok');
    expect(await clientsOf(host)).toEqual(['Café Uno']);
    const { halts } = await host.api<{ halts: { code: string }[] }>('GET', '/api/host');
    expect(halts.map(({ code }) => code)).not.toContain('copied');
    await browser.shot('back');
    expect(readdirSync(folder).filter((name) => /set-aside.*\.db$/.test(name))).toHaveLength(1);
  });
});

describe('data that is damaged, with no backup of it', () => {
  it('is saved as far as it can be read', async () => {
    const data = makeDataDir();
    const file = join(data.path, 'live', 'data', 'autosocial.db');
    const first = await startHost(data.path, live);
    await first.api('POST', '/api/clients', { name: 'Café Uno' });
    await first.stop();
    rmSync(join(data.path, 'live', 'backups'), { recursive: true });
    damage(file);
    const host = await startHost(data.path, live);
    const browser = await visit('salvage');
    await browser.page.goto(host.loginLink);
    await browser.page.getByText('There is no backup yet.').waitFor();
    await browser.page.getByRole('button', { name: 'Save what can be read' }).click();
    await browser.page.getByRole('navigation').first().waitFor();
    expect(await clientsOf(host)).toEqual(['Café Uno']);
    const { items } = await host.api<Logs>('GET', '/api/admin/logs');
    expect(items.find(({ kind }) => kind === 'backup.salvaged')?.message).toMatch(/\d+ rows were saved/);
    await browser.leave();
    await host.stop();
    data.remove();
  });
});

describe('a file of a newer version', () => {
  it('is not touched, and can be replaced by a backup of this one', async () => {
    const data = makeDataDir();
    const file = join(data.path, 'live', 'data', 'autosocial.db');
    const first = await startHost(data.path, live);
    await first.api('POST', '/api/admin/backups');
    await first.stop();
    const bytes = readFileSync(file);
    // The schema number, at offset 60 of SQLite's header.
    bytes.writeUInt32BE(9_990, 60);
    writeFileSync(file, bytes);
    const host = await startHost(data.path, live);
    await until('the reason is told', async () => host.output().includes('newer version'));
    expect(readFileSync(file).equals(bytes)).toBe(true);
    const salvage = await ask(host.origin, 'POST', '/api/rescue/salvage');
    expect(salvage.status).toBe(409);
    const { items } = await host.api<List<Backup>>('GET', '/api/admin/backups');
    await host.api('POST', `/api/admin/backups/${items[0]?.id}/restore`);
    await until('the app is back', async () => (await healthOf(host.origin)) === 'ok');
    expect(existsSync(file)).toBe(true);
    await host.stop();
    data.remove();
  });
});

/** Pictures of the page as it is, in both looks and sizes. */
async function shots({ page, shot }: Visitor, name: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await shot(`${name}-${colorScheme}-${width}`);
    }
  }
}

/** Breaks pages that every look at the file meets, and none that holds the clients. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  const pageSize = bytes.readUInt16BE(16);
  const table = bytes.indexOf('CREATE INDEX activity_by_time');
  expect(table).toBeGreaterThan(0);
  for (let page = Math.floor(bytes.length / pageSize) - 6; page * pageSize < bytes.length; page += 1) {
    bytes.fill(0xaa, page * pageSize, page * pageSize + 64);
  }
  writeFileSync(file, bytes);
}
