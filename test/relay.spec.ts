import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Client } from '../shared/contract/clients.ts';
import { type Visitor, visit } from './e2e/browser.ts';
import { type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';

/* The page that Facebook and Instagram send people back to, in a real browser, and the app it hands the login to. */

const relayUrl = 'https://agency.example/relay/';

let agency: LiveAgency;
let visitor: Visitor;
let relay: Server;
let relayOrigin: string;
/** Addresses the browser asked for, or was to be sent to, since the test began. */
let asked: string[];

beforeAll(async () => {
  agency = await startLiveAgency();
  visitor = await visit('relay');
  const file = await readFile(join(import.meta.dirname, '..', 'build', 'relay', 'index.html'));
  relay = createServer((_request, answer) => answer.setHeader('content-type', 'text/html').end(file));
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const address = relay.address();
  relayOrigin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  visitor.page.on('request', (request) => asked.push(request.url()));
});

beforeEach(() => {
  asked = [];
});

afterAll(async () => {
  await visitor.leave();
  relay.close();
  await agency.close();
});

it('hands a login back to the app on this computer, and the app finishes it', async () => {
  await agency.host.api('PATCH', '/api/admin/settings', { relayUrl });
  const { meta } = agency.services;
  const app = {
    id: agency.services.environment.META_APP_ID ?? '',
    secret: agency.services.environment.META_APP_SECRET ?? '',
  };
  meta.registerApp({ ...app, redirectUris: [relayUrl], development: false });
  const person = meta.addPerson({ name: 'Ana', pages: [{ name: 'Café Uno' }] });
  const client = await agency.host.api<Client>('POST', '/api/clients', { name: 'Café Uno' });
  const start = await agency.ask('GET', `/api/auth/facebook/start?clientId=${client.id}`);
  const dialog = start.headers.get('location') ?? '';
  const { port } = new URL(agency.host.origin);
  expect(new URL(dialog).searchParams.get('redirect_uri')).toBe(relayUrl);
  expect(new URL(dialog).searchParams.get('state')).toMatch(new RegExp(`^p${port}-facebook-[\\w-]{43}$`));
  const back = agency.services.logIn('facebook', { dialog, personId: person.id });
  expect(back.startsWith(`${relayUrl}?`)).toBe(true);
  await visitor.page.goto(`${relayOrigin}/relay/${new URL(back).search}&evil=1&client_id=theirs#_=_`);
  await visitor.page.getByText('Connected').first().waitFor();
  expect((await agency.accountsOf(client.id)).map(({ displayName }) => displayName)).toEqual(['Café Uno']);
  const [page, callback] = asked;
  expect(page?.startsWith(relayOrigin)).toBe(true);
  const { origin, pathname, searchParams } = new URL(callback ?? '');
  expect([origin, pathname]).toEqual([`http://127.0.0.1:${port}`, '/api/auth/facebook/callback']);
  expect([...searchParams.keys()].sort()).toEqual(['code', 'state']);
  expect(asked.filter((url) => !url.startsWith(relayOrigin) && !url.startsWith(origin))).toEqual([]);
});

it('hands a login that this browser began back to it, and one that another began to nobody', async () => {
  const { meta, logIn } = agency.services;
  const person = meta.addPerson({ name: 'Bo', pages: [{ name: 'Bakery Dois' }] });
  const client = await agency.host.api<Client>('POST', '/api/clients', { name: 'Bakery Dois' });
  const link = await agency.host.api<{ url: string }>('POST', `/api/clients/${client.id}/onboarding-link`);
  const begin = async () => {
    await visitor.page.goto(link.url);
    const dialog = visitor.page.waitForRequest((request) => request.url().includes('/dialog/oauth'));
    await visitor.page.getByRole('link', { name: 'Connect Facebook' }).click();
    return logIn('facebook', { dialog: (await dialog).url(), personId: person.id });
  };
  const relayed = (back: string) => `${relayOrigin}/relay/${new URL(back).search}`;
  const stranger = await visit('relay-stranger');
  const stolen = await begin();
  await stranger.page.goto(relayed(stolen));
  await stranger.page.getByText('begun in another browser').waitFor();
  await stranger.shot('begun-elsewhere');
  await stranger.leave();
  expect(await agency.accountsOf(client.id)).toEqual([]);
  await visitor.page.goto(relayed(await begin()));
  await visitor.page.getByText('Connected').first().waitFor();
  expect(await agency.accountsOf(client.id)).toHaveLength(1);
});

it('hands any other login to the app that the computer knows by its own scheme, and loads nothing', async () => {
  const state = 's'.repeat(43);
  await visitor.page.goto(`${relayOrigin}/?code=abc&state=${state}&redirect=https%3A%2F%2Fevil.example`, {
    // The scheme is unknown here, so the second navigation never ends.
    waitUntil: 'commit',
  });
  const link = visitor.page.getByRole('link', { name: 'Open AutoSocial AI' });
  expect(await link.getAttribute('href')).toBe(`autosocial://oauth/callback?code=abc&state=${state}`);
  expect(await visitor.page.evaluate(() => location.search)).toBe('');
  expect(asked.filter((url) => url.startsWith('http') && !url.startsWith(relayOrigin))).toEqual([]);
});

it.each([
  ['no state', 'code=abc'],
  ['a short state', 'code=abc&state=short'],
  ['a state that leads elsewhere', `code=abc&state=p80-facebook-@evil.example/${'a'.repeat(40)}`],
  ['neither code nor error', `state=${'s'.repeat(43)}`],
  ['a code that is too long', `code=${'c'.repeat(2_001)}&state=${'s'.repeat(43)}`],
  ['a token in the fragment', `state=${'s'.repeat(43)}#access_token=EAAB-x`],
])('hands on nothing with %s', async (_, query) => {
  await visitor.page.goto(`${relayOrigin}/?${query}`);
  await visitor.page.getByRole('heading', { name: 'Nothing to hand on' }).waitFor();
  expect(await visitor.page.locator('#open').getAttribute('href')).toBeNull();
  expect(asked.filter((url) => !url.startsWith(relayOrigin))).toEqual([]);
});
