import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../shared/contract/accounts.ts';
import type { Client } from '../shared/contract/clients.ts';
import type { Post } from '../shared/contract/pipeline.ts';
import type { Platform } from '../shared/domain/platform.ts';
import { makeDataDir, startHost, until } from './e2e/host.ts';
import { filesBelow, leaksIn, type Places, type Secrets } from './e2e/leaks.ts';
import { connectedClient, type List, type LiveAgency, picture, startLiveAgency } from './e2e/live-agency.ts';
import type { Answer } from './e2e/rest.ts';
import { videoAssets } from './e2e/services.ts';

/*
 * Every secret the app ever holds is a canary here: it is looked for in every answer, in what the
 * process prints, and in every byte of its data folder, in each form it could have there.
 */

const servicesDir = mkdtempSync(join(tmpdir(), 'autosocial-services-'));
const apiToken = 'canary-api-token-0123456789';
const storedSecret = 'canary-instagram-app-secret-42';
const answers: Places = new Map();
let agency: LiveAgency;
let client: Client;
let accounts: Record<Platform, Account>;
/** Known only once they were given out. */
const handedOut: Secrets = {};

beforeAll(async () => {
  agency = await startLiveAgency({ servicesDir, environment: { AUTOSOCIAL_API_TOKEN: apiToken }, onAnswer: keep });
  ({ client, accounts } = await connectedClient(agency, 'Café Uno', 'cafe.uno'));
});

afterAll(async () => {
  await agency.close();
  rmSync(servicesDir, { recursive: true });
});

/** Keeps an answer for the search, headers included. What a login starts with belongs to the browser that asked. */
function keep(answer: Answer): void {
  const location = answer.headers.get('location');
  const state = location === null ? null : new URL(location).searchParams.get('state');
  if (state !== null) handedOut[`login state ${Object.keys(handedOut).length}`] = state;
  const headers = [...answer.headers].filter(([name]) => name !== 'location').join('\n');
  answers.set(`answer ${answers.size}`, Buffer.from(`${headers}\n${answer.text}`));
}

interface Holder {
  tokens?: object;
  codes?: object;
  accessTokens?: object;
  refreshTokens?: object;
}

/** Everything that the simulated networks have issued up to now. */
function issued(): Secrets {
  const secrets: Secrets = {};
  for (const service of ['meta', 'tiktok']) {
    const held = JSON.parse(readFileSync(join(servicesDir, `${service}.json`), 'utf8')) as Holder;
    for (const kind of ['tokens', 'codes', 'accessTokens', 'refreshTokens'] as const) {
      Object.keys(held[kind] ?? {}).forEach((secret, index) => {
        secrets[`${service} ${kind} ${index}`] = secret;
      });
    }
  }
  return secrets;
}

function all(): Secrets {
  const { services } = agency;
  const masterKey = services.secrets['master key'] ?? '';
  const own = { 'API token': apiToken, 'stored app secret': storedSecret };
  return {
    ...services.secrets,
    ...own,
    'master key bytes': Buffer.from(masterKey, 'base64'),
    ...handedOut,
    ...issued(),
  };
}

async function publish(caption: string, platforms: Platform[], media: string[]): Promise<Post> {
  const targets = platforms.map((platform) => ({ accountId: accounts[platform].id }));
  const post = await agency.approvedPost({ clientId: client.id, caption, firstComment: 'First!', media, targets });
  await agency.act(post, 'publish-now');
  return agency.settled(post);
}

async function uploaded(bytes: Uint8Array): Promise<string> {
  return (await agency.upload(client.id, bytes)).body.id;
}

it('works a week: everything is written, published, renewed and shown', async () => {
  const { services, ask } = agency;
  await ask('PUT', '/api/admin/credentials/instagram', { appId: '42', appSecret: storedSecret });
  await ask('POST', '/api/pipeline/generate', { clientId: client.id, days: 3 });
  const photo = await uploaded(await picture('#446688'));
  const clip = await uploaded(await readFile(join(videoAssets, 'yoga.mp4')));
  expect(await publish('Hello from all of us.', ['facebook', 'instagram', 'tiktok'], [photo, clip])).toMatchObject({
    status: 'published',
  });
  const before = Object.keys(issued()).length;
  services.tiktok.faults.add({ operation: 'tiktok.inbox.init', kind: 'error', value: 'access_token_invalid' });
  expect(await publish('With a new token.', ['tiktok'], [clip])).toMatchObject({ status: 'published' });
  expect(Object.keys(issued()).length).toBeGreaterThan(before);
});

it('hears its own secrets back from services that fail', async () => {
  const { services, ask } = agency;
  const { meta, tiktok, groq, replicate } = services;
  const photo = await uploaded(await picture('#664422'));
  const tokens = Object.values(issued()).join(' ');
  const graphError = (code: number) => ({
    status: 400,
    body: { error: { message: `Malformed access token ${tokens}`, type: 'OAuthException', code, fbtrace_id: tokens } },
  });
  for (const [code, end] of [
    [100, 'failed'],
    [190, 'held'],
  ] as const) {
    // A login is over only when another read says so too.
    const another = code === 190 ? ['facebook.page.read'] : [];
    for (const operation of ['facebook.photos', 'instagram.media.create', ...another]) {
      meta.faults.add({ operation, kind: 'status', value: graphError(code), times: 9 });
    }
    const { id } = await publish(`Echoed with ${code}.`, ['instagram', 'facebook'], [photo]);
    const post = await until('both have ended', async () => {
      const { body } = await ask<Post>('GET', `/api/pipeline/${id}`);
      return body.targets.every((target) => target.status === end) && body;
    });
    meta.faults.clear();
    for (const target of post.targets) expect(target.error?.message).toContain('[redacted]');
  }
  const error = { code: 'invalid_params', message: `Bad token ${tokens}`, log_id: tokens };
  tiktok.faults.add({
    operation: 'tiktok.inbox.init',
    kind: 'status',
    value: { status: 400, body: { data: {}, error } },
  });
  const onTikTok = await publish(
    'Echoed by TikTok.',
    ['tiktok'],
    [await uploaded(await readFile(join(videoAssets, 'coffee.mp4')))],
  );
  expect(onTikTok.targets[0]?.error?.message).toContain('[redacted]');

  const wrongKey = `Invalid API Key ${services.secrets['Groq key']}`;
  groq.faults.add({
    operation: 'groq.chat',
    kind: 'status',
    value: { status: 401, body: { error: { message: wrongKey } } },
  });
  expect((await ask('POST', '/api/pipeline/generate', { clientId: client.id, days: 14 })).status).toBe(502);
  groq.faults.clear();
  replicate.faults.add({
    operation: 'replicate.create',
    kind: 'failed',
    value: `Bad ${services.secrets['Replicate token']}`,
    times: 9,
  });
  await ask('POST', '/api/pipeline/generate', { clientId: client.id, days: 7 });
  replicate.faults.clear();

  const start = await ask('GET', `/api/auth/facebook/start?clientId=${client.id}`);
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
  meta.faults.add({ operation: 'meta.oauth.token', kind: 'status', value: graphError(100) });
  const back = new URLSearchParams({ code: 'canary-code-that-is-refused', state });
  handedOut['refused code'] = 'canary-code-that-is-refused';
  expect((await ask('GET', `/api/auth/facebook/callback?${back}`)).status).toBe(400);
});

it('shows no secret in any answer', async () => {
  const { ask } = agency;
  const own = ['', '/brand', '/rules', '/accounts', '/slots', `/accounts/${accounts.tiktok.id}/creator-info`];
  const calls = [
    ...own.map((part) => `/clients/${client.id}${part}`),
    '/health',
    '/host',
    '/admin/stats',
    '/admin/kill-switch',
    '/admin/settings',
    '/admin/credentials',
    '/admin/jobs',
    '/admin/backups',
    '/admin/diagnostics',
    '/admin/logs?limit=200',
    '/clients',
    '/pipeline?limit=200',
    `/media?clientId=${client.id}`,
    '/openapi.json',
  ];
  for (const call of calls) expect((await ask('GET', `/api${call}`)).status).toBe(200);
  const { body } = await ask<List<Post>>('GET', '/api/pipeline?limit=200');
  for (const { id } of body.items) await ask('GET', `/api/pipeline/${id}/logs`);
  for (const job of ['publish-due', 'refresh-tokens', 'generate-content'])
    await ask('POST', `/api/admin/jobs/${job}/run`);
  expect(leaksIn(answers, all())).toEqual([]);
});

it('gives diagnostics that name nobody and quote nothing', async () => {
  const { text } = await agency.ask('GET', '/api/admin/diagnostics');
  expect(text).toContain(client.id);
  // The networks quoted captions and tokens back above, and the log has their words.
  for (const words of ['Café', 'cafe.uno', 'Echoed', 'Hello from', 'First!', 'Malformed', agency.dataDir]) {
    expect(text).not.toContain(words);
  }
});

it('prints no secret', () => {
  expect(agency.host.output()).toContain('AutoSocial AI is ready');
  expect(leaksIn(new Map([['the output', Buffer.from(agency.host.output())]]), all())).toEqual([]);
});

it('keeps no secret in the open in any file', async () => {
  const { ask, host } = agency;
  const link = await ask<{ url: string }>('POST', `/api/clients/${client.id}/onboarding-link`);
  const session = await ask(
    'POST',
    '/api/session',
    { token: apiToken },
    { token: null, headers: { origin: host.origin } },
  );
  const secrets: Secrets = {
    ...all(),
    'onboarding token': link.body.url.split('/').at(-1) ?? '',
    'session cookie': /=([^;]+)/.exec(session.headers.get('set-cookie') ?? '')?.[1] ?? '',
    'log-in code': new URL(host.loginLink).hash.slice(1),
  };
  expect(Object.values(secrets).filter((secret) => secret.length < 16)).toEqual([]);
  const { body: backup } = await ask<{ id: string }>('POST', '/api/admin/backups');
  const files = filesBelow(agency.dataDir);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      join('live', 'data', 'autosocial.db'),
      join('live', 'data', 'autosocial.db-wal'),
      join('live', 'backups', `${backup.id}.db`),
    ]),
  );
  expect(files.size).toBeGreaterThan(10);
  expect(leaksIn(files, secrets)).toEqual([]);

  await ask('DELETE', `/api/clients/${client.id}/accounts/${accounts.tiktok.id}`);
  expect(leaksIn(filesBelow(agency.dataDir), secrets)).toEqual([]);
});

it('would find a secret that leaked', async () => {
  const secrets = all();
  const token = Object.entries(issued())[0]?.[1] as string;
  const { body } = await agency.ask<Client>('PATCH', `/api/clients/${client.id}`, {
    brandVoice: `My token is ${token}.`,
  });
  const shown = new Map([['the client', Buffer.from(JSON.stringify(body))]]);
  expect(leaksIn(shown, secrets)).toEqual(expect.arrayContaining([expect.stringMatching(/plain, in the client$/)]));
  expect(leaksIn(filesBelow(agency.dataDir), secrets)).toEqual(
    expect.arrayContaining([expect.stringMatching(/plain, in live.data.autosocial\.db/)]),
  );

  const folder = join(agency.dataDir, 'planted');
  mkdirSync(folder);
  for (const [name, secret] of Object.entries(secrets)) {
    const bytes = Buffer.from(secret as Uint8Array);
    const text = bytes.toString('latin1');
    const planted: [form: RegExp, content: string | Buffer][] = [
      [/plain/, Buffer.concat([Buffer.from('\0\xff'), bytes, Buffer.from('x')])],
      [/hex/, bytes.toString('hex')],
      [/base64 from 0/, bytes.toString('base64')],
      [/base64 from 1/, Buffer.from(`{${text}}`, 'latin1').toString('base64')],
      [/base64url from 2/, Buffer.from(`a:${text}`, 'latin1').toString('base64url')],
      [/percent-encoded/, encodeURIComponent(text)],
      [/UTF-16/, Buffer.from(`token=${text}`, 'utf16le')],
    ];
    for (const [form, content] of planted) {
      writeFileSync(join(folder, 'leak.bin'), content);
      const found = leaksIn(filesBelow(folder), { [name]: secret });
      expect([name, form, found]).toEqual([name, form, expect.arrayContaining([expect.stringMatching(form)])]);
    }
  }
});

it('keeps a key of its own in one file that nobody else may read', async () => {
  const data = makeDataDir();
  const { AUTOSOCIAL_MASTER_KEY: _, ...environment } = agency.services.environment;
  const host = await startHost(data.path, environment);
  await host.api('PUT', '/api/admin/credentials/instagram', { appId: '42', appSecret: storedSecret });
  const name = join('live', 'keys', 'master.key');
  const file = join(data.path, name);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const key = /[A-Za-z0-9+/]{43}=/.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
  const secrets = { key, 'key bytes': Buffer.from(key, 'base64'), 'stored app secret': storedSecret };
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(leaksIn(filesBelow(data.path, [name]), secrets)).toEqual([]);
  await host.stop();
  expect(leaksIn(filesBelow(data.path, [name]), secrets)).toEqual([]);
  expect(leaksIn(new Map([['the output', Buffer.from(host.output())]]), secrets)).toEqual([]);
  data.remove();
});
