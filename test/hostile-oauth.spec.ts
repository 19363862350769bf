import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../shared/contract/clients.ts';
import type { Platform } from '../shared/domain/platform.ts';
import { type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';
import { instagramApp } from './e2e/services.ts';
import { apiToken } from './e2e/host.ts';
import type { Answer, Asking } from './e2e/rest.ts';

/* What attackers, broken browsers and hasty people make of a login. Each is refused in words, and nothing is connected by it. */

let agency: LiveAgency;
let mine: Client;
let theirs: Client;
/** Two people at Facebook with two Pages each, and a creator at TikTok. */
let ana: { id: string; pageIds: string[] };
let bo: { id: string; pageIds: string[] };
let creatorId: string;
/** An Instagram account that is linked to no Page. */
let instagramId: string;

beforeAll(async () => {
  agency = await startLiveAgency();
  const person = (name: string) => {
    const pages = [{ name: `${name} One` }, { name: `${name} Two` }];
    const { id, roles } = agency.services.meta.addPerson({ name, pages });
    return { id, pageIds: roles.map(({ pageId }) => pageId) };
  };
  [ana, bo] = [person('Ana'), person('Bo')];
  creatorId = agency.services.tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno' }).id;
  instagramId = agency.services.meta.addInstagram({ username: 'cafe.tres' });
  await agency.ask('PUT', '/api/admin/credentials/instagram', instagramApp);
  const create = async (name: string) => (await agency.ask<Client>('POST', '/api/clients', { name })).body;
  [mine, theirs] = [await create('Café Uno'), await create('Bakery Dois')];
});

afterAll(() => agency.close());

const startPath = (platform: Platform = 'facebook', client: Client = mine) =>
  `/api/auth/${platform}/start?clientId=${client.id}`;

/** Instagram's own login. */
const ownLogin = (client: Client = mine) => `${startPath('instagram', client)}&via=instagram`;

/** The network's dialog of a login that was begun. */
async function begin(path = startPath()): Promise<URL> {
  return (await beginIn({}, path, {})).dialog;
}

/** A browser's headers, and nothing of the API token. */
type Browser = Record<string, string>;

/** Begins a login in a browser. @returns the browser with the cookie that it was given */
async function beginIn(
  browser: Browser,
  path: string,
  asking: Asking = { token: null },
): Promise<{ dialog: URL; browser: Browser; setCookie: string }> {
  const answer = await agency.ask('GET', path, undefined, { ...asking, headers: { ...browser, ...asking.headers } });
  expect(answer.status).toBe(302);
  const setCookie = answer.headers.get('set-cookie') ?? '';
  const kept = browser.cookie?.split('; ') ?? [];
  const [given = ''] = setCookie.split(';');
  const cookie = [...new Set([...kept, given])].filter((part) => part !== '').join('; ');
  return { dialog: new URL(answer.headers.get('location') ?? ''), browser: { ...browser, cookie }, setCookie };
}

async function beginWithLink(client: Client): ReturnType<typeof beginIn> {
  return beginIn({}, `/api/auth/facebook/start?onboarding=${(await linkFor(client)).token}`);
}

/** A browser that is logged in to the dashboard. */
async function dashboardBrowser(): Promise<Browser> {
  const headers = { origin: agency.host.origin };
  const answer = await agency.ask('POST', '/api/session', { token: apiToken }, { token: null, headers });
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

/** Clicks through. @returns the query the network sends the browser back with */
function consent(dialog: URL, platform: Platform = 'facebook', who = ana, pageIds = who.pageIds): URLSearchParams {
  const click = { dialog: dialog.href, personId: who.id, pageIds, creatorId, instagramId };
  return new URL(agency.services.logIn(platform, click)).searchParams;
}

const stateOf = (dialog: URL) => dialog.searchParams.get('state') ?? '';

function back(
  query: Record<string, string> | URLSearchParams | string,
  platform = 'facebook',
  headers: Browser = {},
): Promise<Answer> {
  const text = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  return agency.ask('GET', `/api/auth/${platform}/callback?${text}`, undefined, { token: null, headers });
}

function choose(choice: string, remoteIds: string[], confirmed: string[] = [], headers: Browser = {}): Promise<Answer> {
  const form = new URLSearchParams({ choice });
  for (const id of remoteIds) form.append('remoteId', id);
  for (const id of confirmed) form.append('confirmed', id);
  return agency.ask('POST', '/api/auth/choose', form, { token: null, headers });
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
  [
    "Facebook's code for Instagram's own login",
    400,
    async () => {
      const code = consent(await begin(startPath('instagram')), 'instagram').get('code') ?? '';
      return back({ code, state: stateOf(await begin(ownLogin())) }, 'instagram');
    },
  ],
  [
    "a code of Instagram's own login for Facebook's",
    400,
    async () => {
      const code = consent(await begin(ownLogin()), 'instagram').get('code') ?? '';
      return back({ code, state: stateOf(await begin(startPath('instagram'))) }, 'instagram');
    },
  ],
  [
    'the other login named behind it',
    400,
    async () => {
      const code = consent(await begin(ownLogin()), 'instagram').get('code') ?? '';
      return back({ code, state: stateOf(await begin(startPath('instagram'))), via: 'instagram' }, 'instagram');
    },
  ],
  [
    "the state of Instagram's own login at Facebook's address",
    400,
    async () => back(consent(await begin(ownLogin()), 'instagram')),
  ],
  [
    "a code of Instagram's own login that was made up",
    400,
    async () => back({ code: 'made-up#_', state: stateOf(await begin(ownLogin())) }, 'instagram'),
  ],
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
  ['a login that there is none of', 400, () => agency.ask('GET', `${startPath('instagram')}&via=myspace`)],
  ['a login of another network', 400, () => agency.ask('GET', `${startPath('facebook')}&via=instagram`)],
  ['a login named like a property', 400, () => agency.ask('GET', `${startPath('instagram')}&via=__proto__`)],
  ["Instagram's own login and no login here", 401, () => agency.ask('GET', ownLogin(), undefined, { token: null })],
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
      const { dialog, browser } = await beginIn({}, `/api/auth/facebook/start?onboarding=${link.token}`);
      const choice = choiceIn(await back(consent(dialog), 'facebook', browser));
      expect(choice).not.toBe('');
      await agency.ask('DELETE', `/api/clients/${mine.id}/onboarding-links/${link.id}`);
      return choose(choice, ana.pageIds, [], browser);
    },
  ],
];

/** A login at Facebook that Ana finished in one browser, as what comes back arrives in another. */
async function comesBack(begun: Awaited<ReturnType<typeof beginIn>>, elsewhere: Browser): Promise<Answer> {
  const query = consent(begun.dialog);
  const before = exchanges();
  const answer = await back(query, 'facebook', elsewhere);
  expect(answer.text).toContain('begun in another browser');
  // It is used up: not even its own browser can finish it now.
  expect((await back(query, 'facebook', begun.browser)).status).toBe(400);
  expect(exchanges()).toBe(before);
  return answer;
}

const browsers: Case[] = [
  ['none of its cookies', 403, async () => comesBack(await beginWithLink(mine), {})],
  [
    'the cookie of another browser',
    403,
    async () => comesBack(await beginWithLink(mine), (await beginWithLink(mine)).browser),
  ],
  [
    'the state as its cookie',
    403,
    async () => {
      const begun = await beginWithLink(mine);
      return comesBack(begun, { cookie: `autosocial_login=${stateOf(begun.dialog)}` });
    },
  ],
  [
    'its cookie in another case',
    403,
    async () => {
      const begun = await beginWithLink(mine);
      const [name = '', value = ''] = (begun.browser.cookie ?? '').split('=');
      const other = value.replace(/[a-z]/, (letter) => letter.toUpperCase());
      return comesBack(begun, { cookie: `${name}=${other}` });
    },
  ],
  [
    'its cookie under the name that only https may set',
    403,
    async () => {
      const begun = await beginWithLink(mine);
      return comesBack(begun, { cookie: `__Host-${begun.browser.cookie ?? ''}` });
    },
  ],
  [
    "the dashboard's session, but another browser's cookie",
    403,
    async () => {
      const owner = await dashboardBrowser();
      return comesBack(await beginIn(owner, startPath()), owner);
    },
  ],
  [
    'the API token of whoever helped it to begin',
    403,
    async () => {
      const { token } = await linkFor(mine);
      const begun = await beginIn({}, `/api/auth/facebook/start?onboarding=${token}`, { token: apiToken });
      return comesBack(begun, { authorization: `Bearer ${apiToken}` });
    },
  ],
  [
    'a choice that another browser was given',
    409,
    async () => {
      const { dialog, browser } = await beginWithLink(mine);
      const choice = choiceIn(await back(consent(dialog), 'facebook', browser));
      const { browser: other } = await beginWithLink(mine);
      expect((await choose(choice, ana.pageIds, [], other)).status).toBe(409);
      return choose(choice, ana.pageIds);
    },
  ],
  ['a passage that was made up', 400, () => agency.ask('GET', `/api/auth/leave?passage=${'a'.repeat(43)}`)],
  ['no passage at all', 400, () => agency.ask('GET', '/api/auth/leave')],
];

describe.each([
  ['a callback with', callbacks],
  ['a browser with', browsers],
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

describe("Instagram's own login", () => {
  it('finished in another browser connects nothing, and is used up', async () => {
    const { token } = await linkFor(mine);
    const begun = await beginIn({}, `/api/auth/instagram/start?onboarding=${token}&via=instagram`);
    const query = consent(begun.dialog, 'instagram');
    expect((await back(query, 'instagram', (await beginWithLink(mine)).browser)).status).toBe(403);
    expect((await back(query, 'instagram', begun.browser)).status).toBe(400);
    expect(await everyAccount()).toEqual([]);
  });

  it('connects where it was begun, once, with the permissions of its own', async () => {
    const query = consent(await begin(ownLogin(theirs)), 'instagram');
    expect((await back(query, 'instagram')).status).toBe(200);
    expect((await back(query, 'instagram')).status).toBe(400);
    const [account, ...others] = await agency.accountsOf(theirs.id);
    expect(others).toEqual([]);
    expect(account).toMatchObject({ platform: 'instagram', via: 'instagram', remoteId: instagramId });
    expect(account?.scopes).toContain('instagram_business_content_publish');
    await agency.ask('DELETE', `/api/clients/${theirs.id}/accounts/${account?.id}`);
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
    const path = `/api/auth/facebook/start?onboarding=${link.token}&clientId=${mine.id}`;
    const { dialog, browser } = await beginIn({}, path);
    const query = consent(dialog, 'facebook', bo, [bo.pageIds[0] ?? '']);
    const answer = await back(`${query}&clientId=${mine.id}&onboarding=x`, 'facebook', browser);
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
    const { dialog, browser } = await beginWithLink(mine);
    const answer = await back(consent(dialog, 'facebook', bo), 'facebook', browser);
    expect(answer.text).toContain('Bo Two');
    expect(answer.text).not.toContain('Bakery Dois');
  });

  it('that a browser began ends in that browser, two at a time as well', async () => {
    const owner = await dashboardBrowser();
    const first = await beginIn(owner, startPath());
    const second = await beginIn(first.browser, startPath('tiktok'));
    expect(second.browser.cookie).toBe(first.browser.cookie);
    expect(first.setCookie).toMatch(/^autosocial_login=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    const choice = await back(consent(first.dialog), 'facebook', second.browser);
    expect(choice.status).toBe(200);
    expect((await choose(choiceIn(choice), [ana.pageIds[1] ?? ''], [], second.browser)).status).toBe(200);
    const tiktok = consent(second.dialog, 'tiktok');
    expect((await back(tiktok, 'tiktok', second.browser)).status).toBe(200);
    const connected = await agency.accountsOf(mine.id);
    for (const { id } of connected.filter(({ remoteId }) => remoteId !== bo.pageIds[0])) {
      await agency.ask('DELETE', `/api/clients/${mine.id}/accounts/${id}`);
    }
    expect(connected.map(({ platform }) => platform).sort()).toEqual(['facebook', 'facebook', 'tiktok']);
  });

  it('begun at another name of this computer gets its cookie where it comes back to', async () => {
    const { token } = await linkFor(mine);
    const { port } = new URL(agency.host.origin);
    const atLocalhost = `http://localhost:${port}/api/auth/tiktok/start?onboarding=${token}`;
    const asked = await fetch(atLocalhost, { redirect: 'manual' });
    expect(asked.headers.get('set-cookie')).toBeNull();
    const way = asked.headers.get('location') ?? '';
    expect(way.startsWith(`${agency.host.origin}/api/auth/leave?passage=`)).toBe(true);
    const left = await fetch(way, { redirect: 'manual' });
    const cookie = (left.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await fetch(way, { redirect: 'manual' })).status).toBe(400);
    const query = consent(new URL(left.headers.get('location') ?? ''), 'tiktok');
    expect((await back(query, 'tiktok', { cookie })).status).toBe(200);
    expect((await agency.accountsOf(mine.id)).some(({ platform }) => platform === 'tiktok')).toBe(true);
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
