import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../shared/contract/clients.ts';
import type { Platform } from '../shared/domain/platform.ts';
import { type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';
import type { Answer } from './e2e/rest.ts';

/* What attackers, broken browsers and hasty people make of a login. Each is refused in words, and nothing is connected by it. */

let agency: LiveAgency;
let mine: Client;
let theirs: Client;
/** Two people at Facebook with two Pages each, and a creator at TikTok. */
let ana: { id: string; pageIds: string[] };
let bo: { id: string; pageIds: string[] };
let creatorId: string;

beforeAll(async () => {
  agency = await startLiveAgency();
  const person = (name: string) => {
    const pages = [{ name: `${name} One` }, { name: `${name} Two` }];
    const { id, roles } = agency.services.meta.addPerson({ name, pages });
    return { id, pageIds: roles.map(({ pageId }) => pageId) };
  };
  [ana, bo] = [person('Ana'), person('Bo')];
  creatorId = agency.services.tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno' }).id;
  const create = async (name: string) => (await agency.ask<Client>('POST', '/api/clients', { name })).body;
  [mine, theirs] = [await create('Café Uno'), await create('Bakery Dois')];
});

afterAll(() => agency.close());

const startPath = (platform: Platform = 'facebook', client: Client = mine) =>
  `/api/auth/${platform}/start?clientId=${client.id}`;

/** The network's dialog of a login that was begun. */
async function begin(path = startPath(), token?: string | null): Promise<URL> {
  const answer = await agency.ask('GET', path, undefined, token === undefined ? {} : { token });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

/** Clicks through. @returns the query the network sends the browser back with */
function consent(dialog: URL, platform: Platform = 'facebook', who = ana, pageIds = who.pageIds): URLSearchParams {
  const click = { dialog: dialog.href, personId: who.id, pageIds, creatorId };
  return new URL(agency.services.logIn(platform, click)).searchParams;
}

const stateOf = (dialog: URL) => dialog.searchParams.get('state') ?? '';

function back(query: Record<string, string> | URLSearchParams | string, platform = 'facebook'): Promise<Answer> {
  const text = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  return agency.ask('GET', `/api/auth/${platform}/callback?${text}`, undefined, { token: null });
}

function choose(choice: string, remoteIds: string[], confirmed: string[] = []): Promise<Answer> {
  const form = new URLSearchParams({ choice });
  for (const id of remoteIds) form.append('remoteId', id);
  for (const id of confirmed) form.append('confirmed', id);
  return agency.ask('POST', '/api/auth/choose', form, { token: null });
}

const choiceIn = (answer: Answer) => /name="choice" value="([^"]+)"/.exec(answer.text)?.[1] ?? '';

/** A choice between Ana's two Pages. */
async function openChoice(path = startPath()): Promise<string> {
  const answer = await back(consent(await begin(path)));
  expect(answer.status).toBe(200);
  return choiceIn(answer);
}

async function linkFor(client: Client): Promise<{ token: string; id: string }> {
  const made = await agency.ask<{ url: string }>('POST', `/api/clients/${client.id}/onboarding-link`);
  const list = await agency.ask<{ items: { id: string }[] }>('GET', `/api/clients/${client.id}/onboarding-links`);
  return { token: made.body.url.split('/').at(-1) ?? '', id: list.body.items[0]?.id ?? '' };
}

/** The same request with headers that fetch does not let anybody set. */
function rawGet(path: string, headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(agency.host.origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

const everyAccount = async () =>
  (await Promise.all([mine, theirs].map(({ id }) => agency.accountsOf(id)))).flat().map(({ remoteId }) => remoteId);

const exchanges = () => agency.services.meta.ledger.count('meta.oauth.token');

/** What is done, and the status of the answer. */
type Case = [name: string, status: number, act: () => Promise<Answer | number>];

const callbacks: Case[] = [
  ['nothing at all', 400, () => back({})],
  ['a code without state', 400, async () => back({ code: consent(await begin()).get('code') ?? '' })],
  ['a state that was made up', 400, () => back({ code: 'x', state: 'a'.repeat(43) })],
  ['an empty state', 400, () => back({ code: 'x', state: '' })],
  ['a state named like a property', 400, () => back({ code: 'x', state: '__proto__' })],
  ['a state with a byte of zero', 400, () => back('code=x&state=%00')],
  ['a state that is no text', 400, () => back('code=x&state=%ff%fe')],
  [
    'a state of another case',
    400,
    async () => {
      const state = stateOf(await begin());
      return back({ code: 'x', state: state.replace(/[a-z]/, (letter) => letter.toUpperCase()) });
    },
  ],
  ['a state with a space behind it', 400, async () => back({ code: 'x', state: `${stateOf(await begin())} ` })],
  ['a state of 100,000 characters', 431, () => back({ code: 'x', state: 'a'.repeat(100_000) })],
  ['a code of 10,000 characters', 400, async () => back({ code: 'c'.repeat(10_000), state: stateOf(await begin()) })],
  ['a code that was made up', 400, async () => back({ code: 'made-up', state: stateOf(await begin()) })],
  ['a code and nothing in it', 400, async () => back({ code: '', state: stateOf(await begin()) })],
  ['access_denied', 400, async () => back({ error: 'access_denied', state: stateOf(await begin()) })],
  [
    'an error with a script in it',
    400,
    async () =>
      back({ error: '<script>alert(1)</script>', error_description: '<script>', state: stateOf(await begin()) }),
  ],
  [
    'an error and a code at once',
    400,
    async () => {
      const query = consent(await begin());
      query.set('error', 'access_denied');
      return back(query);
    },
  ],
  ['a token instead of a code', 400, async () => back({ access_token: 'EAAB-x', state: stateOf(await begin()) })],
  [
    'a fragment that was sent along as text',
    400,
    async () => back(`%23access_token=EAAB-x&state=${stateOf(await begin())}`),
  ],
  [
    'the state of a login at another network',
    400,
    async () => back({ code: 'x', state: stateOf(await begin()) }, 'tiktok'),
  ],
  [
    'a code of another network',
    400,
    async () => {
      const code = consent(await begin(startPath('tiktok')), 'tiktok').get('code') ?? '';
      return back({ code, state: stateOf(await begin()) });
    },
  ],
  ["Instagram's state at Facebook's address", 400, async () => back(consent(await begin(startPath('instagram'))))],
  ['a network that there is none of', 404, () => back({ code: 'x', state: 'y' }, 'myspace')],
  ['a network with a path in its name', 404, () => back({ code: 'x', state: 'y' }, '..%2ffacebook')],
  [
    'a state that a page elsewhere asks with',
    421,
    async () => {
      const query = consent(await begin());
      return rawGet(`/api/auth/facebook/callback?${query}`, { host: 'evil.example' });
    },
  ],
  [
    'a Host that only begins like ours',
    421,
    async () => {
      const host = new URL(agency.host.origin).host.replace(':', '.evil.example:');
      return rawGet(`/api/auth/facebook/callback?code=x&state=y`, { host });
    },
  ],
  [
    'the hash of a state',
    400,
    async () => {
      const state = stateOf(await begin());
      const { createHash } = await import('node:crypto');
      return back({ code: 'x', state: createHash('sha256').update(`login:${state}`).digest('hex') });
    },
  ],
  ['a choice token as state', 400, async () => back({ code: 'x', state: await openChoice() })],
];

const starts: Case[] = [
  ['no login here', 401, () => agency.ask('GET', startPath(), undefined, { token: null })],
  [
    'a foreign Origin',
    403,
    () => agency.ask('GET', startPath(), undefined, { headers: { origin: 'https://evil.example' } }),
  ],
  ['a client that is gone', 404, () => agency.ask('GET', '/api/auth/facebook/start?clientId=nobody')],
  [
    'a link that was forged',
    409,
    () => agency.ask('GET', `/api/auth/facebook/start?onboarding=${'a'.repeat(43)}`, undefined, { token: null }),
  ],
  [
    'a link that was revoked',
    409,
    async () => {
      const link = await linkFor(mine);
      await agency.ask('DELETE', `/api/clients/${mine.id}/onboarding-links/${link.id}`);
      return agency.ask('GET', `/api/auth/facebook/start?onboarding=${link.token}`, undefined, { token: null });
    },
  ],
  [
    'a link whose client has finished',
    409,
    async () => {
      const link = await linkFor(mine);
      await agency.ask('POST', `/onboard/${link.token}/done`, undefined, { token: null });
      return agency.ask('GET', `/api/auth/facebook/start?onboarding=${link.token}`, undefined, { token: null });
    },
  ],
];

const choices: Case[] = [
  ['made up', 409, () => choose('made-up', ana.pageIds)],
  ['nothing chosen', 422, async () => choose(await openChoice(), [])],
  ['a Page that was not offered', 422, async () => choose(await openChoice(), [bo.pageIds[0] ?? ''])],
  ['one offered and one not', 422, async () => choose(await openChoice(), [ana.pageIds[0] ?? '', bo.pageIds[0] ?? ''])],
  ['the state of a login instead', 409, async () => choose(stateOf(await begin()), ana.pageIds)],
  ['a body of 200,000 bytes', 413, async () => choose('x'.repeat(200_000), ana.pageIds)],
  [
    'a file instead of a token',
    409,
    async () => {
      const form = new FormData();
      form.set('choice', new File([await openChoice()], 'choice'));
      form.set('remoteId', ana.pageIds[0] ?? '');
      return agency.ask('POST', '/api/auth/choose', form, { token: null });
    },
  ],
  [
    'a link that was revoked meanwhile',
    409,
    async () => {
      const link = await linkFor(mine);
      const choice = await openChoice(`/api/auth/facebook/start?onboarding=${link.token}`);
      await agency.ask('DELETE', `/api/clients/${mine.id}/onboarding-links/${link.id}`);
      return choose(choice, ana.pageIds);
    },
  ],
];

describe.each([
  ['a callback with', callbacks],
  ['a start with', starts],
  ['a choice with', choices],
])('%s', (_, cases) => {
  it.each(cases)('%s is answered with %i and connects nothing', async (_name, status, act) => {
    const answer = await act();
    expect(typeof answer === 'number' ? answer : answer.status).toBe(status);
    if (typeof answer !== 'number') expect(answer.text).not.toMatch(/<script|EAAB-|access_token/);
    expect(await everyAccount()).toEqual([]);
  });
});

describe('a login', () => {
  it('is good once: a second use is refused before the network is asked', async () => {
    const query = consent(await begin(), 'facebook', ana, [ana.pageIds[0] ?? '']);
    query.delete('code');
    expect((await back({ ...Object.fromEntries(query), error: 'access_denied' })).status).toBe(400);
    const before = exchanges();
    expect((await back({ ...Object.fromEntries(query), code: 'x' })).status).toBe(400);
    expect(exchanges()).toBe(before);
  });

  it('finished by a hundred callbacks at the same time exchanges its code once', async () => {
    const query = consent(await begin());
    const before = exchanges();
    const answers = await Promise.all(Array.from({ length: 100 }, () => back(query)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(99);
    // The code, and the long-lived token behind it.
    expect(exchanges() - before).toBe(2);
    expect(await everyAccount()).toEqual([]);
  });

  it('with each parameter twice counts the first, and an attacker cannot put his own behind it', async () => {
    const [own, foreign] = [
      consent(await begin()),
      consent(await begin(startPath('facebook', theirs)), 'facebook', bo),
    ];
    const answer = await back(`${own}&${foreign}`);
    expect(answer.text).toContain('Ana One');
    expect(answer.text).not.toContain('Bo One');
    expect(await everyAccount()).toEqual([]);
  });

  it("that began with one client's link never ends at another client, whatever is sent along", async () => {
    const link = await linkFor(theirs);
    const dialog = await begin(`/api/auth/facebook/start?onboarding=${link.token}&clientId=${mine.id}`, null);
    const query = consent(dialog, 'facebook', bo, [bo.pageIds[0] ?? '']);
    const answer = await back(`${query}&clientId=${mine.id}&onboarding=x`);
    expect(answer.status).toBe(200);
    expect((await agency.accountsOf(theirs.id)).map(({ remoteId }) => remoteId)).toEqual([bo.pageIds[0]]);
    expect(await agency.accountsOf(mine.id)).toEqual([]);
  });

  it('of a Page that another client has connects only what was confirmed', async () => {
    const shared = bo.pageIds[0] ?? '';
    const offer = await back(consent(await begin(), 'facebook', bo, [shared]));
    expect(offer.text).toContain('Bakery Dois');
    const again = await choose(choiceIn(offer), [shared]);
    expect([again.status, choiceIn(again)]).toEqual([422, choiceIn(offer)]);
    expect((await choose(choiceIn(offer), [shared], [ana.pageIds[0] ?? ''])).status).toBe(422);
    expect(await agency.accountsOf(mine.id)).toEqual([]);
    expect((await choose(choiceIn(offer), [shared], [shared])).status).toBe(200);
    expect((await choose(choiceIn(offer), [shared], [shared])).status).toBe(409);
    expect(await agency.accountsOf(mine.id)).toHaveLength(1);
  });

  it('tells a client with a link nothing about other clients', async () => {
    const link = await linkFor(mine);
    const dialog = await begin(`/api/auth/facebook/start?onboarding=${link.token}`, null);
    const answer = await back(consent(dialog, 'facebook', bo));
    expect(answer.text).toContain('Bo Two');
    expect(answer.text).not.toContain('Bakery Dois');
  });

  it('has a state of 256 bits that never comes twice, and leaves no code or state in the log', async () => {
    const dialogs = await Promise.all(Array.from({ length: 50 }, () => begin()));
    const states = dialogs.map(stateOf);
    expect(new Set(states).size).toBe(50);
    for (const state of states) expect(state).toMatch(/^[\w-]{43}$/);
    for (const state of states) expect(agency.host.output()).not.toContain(state);
    expect(agency.host.output()).not.toMatch(/"level":"error"/);
  });
});
