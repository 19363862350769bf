import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  app,
  type Bench,
  errorOf,
  graphClient,
  longUserToken,
  readAnswer,
  redirectUri,
  scopes,
  startBench,
} from './testing.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.meta.close());

const dialogUrl = (parameters: Record<string, string> = {}): string => {
  const query = {
    client_id: app.id,
    redirect_uri: redirectUri,
    state: 's t&te',
    scope: scopes.join(','),
    ...parameters,
  };
  return `${bench.meta.origins.www}/v26.0/dialog/oauth?${new URLSearchParams(query)}`;
};

/** Presses a button of the dialog with these boxes ticked. */
function press(action: string, fields: [string, string][], parameters: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams([...fields, ['action', action]]);
  return fetch(dialogUrl({ person: bench.personId, ...parameters }), { method: 'POST', body, redirect: 'manual' });
}

const ticked = (names: string[]): [string, string][] => names.map((name) => ['scope', name]);

describe('the Facebook login dialog', () => {
  it('says what it is, shows Pages with Instagram names, and leads back with a code', async () => {
    const page = await (await fetch(dialogUrl())).text();
    expect(page).toContain('Simulated Facebook login — sandbox');
    expect(page).toContain('Cafe Uno');
    expect(page).toContain('@cafe.uno');
    const answer = await press('continue', [['page', bench.pageId], ...ticked(scopes)]);
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('s t&te');
    expect(await longUserToken(bench.graph, back.searchParams.get('code') ?? '')).toMatch(/^EAA/);
  });

  it('leads back with access_denied on Cancel', async () => {
    const back = new URL((await press('cancel', [])).headers.get('location') ?? '');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      error_reason: 'user_denied',
      error_description: 'Permissions error.',
      state: 's t&te',
    });
  });

  it('creates a Page with Instagram for a newcomer and asks for at least one Page', async () => {
    const nobody = await press('continue', ticked(scopes));
    expect(await nobody.text()).toContain('Choose at least one Page.');
    const fields: [string, string][] = [
      ['new_page_name', 'Bäckerei <b>'],
      ['new_instagram_username', '@baeckerei'],
    ];
    const added = await (await press('add-page', [...fields, ...ticked(scopes.slice(1))])).text();
    expect(added).toContain('Bäckerei &lt;b&gt;');
    expect(added).toContain('@baeckerei');
    expect(added).not.toMatch(/value="pages_show_list"[^>]*checked/);
    const id = /id="page-(\d+)"[^>]*checked/.exec(added)?.[1] ?? '';
    const answer = await press('continue', [['page', id], ...ticked(scopes)]);
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const accounts = await bench.graph.get('me/accounts', {}, await longUserToken(bench.graph, code));
    expect((accounts.body.data as { name: string }[]).map((page) => page.name)).toEqual(['Bäckerei <b>']);
  });

  it('lets one of several people, or somebody new, log in', async () => {
    bench.meta.addPerson({ name: 'Ben Diaz', pages: [] });
    const page = await (await fetch(dialogUrl())).text();
    expect(page).toContain('Log in as Ana Costa');
    expect(page).toContain('Log in as Ben Diaz');
    const body = new URLSearchParams({ action: 'add-person', new_person_name: 'Cleo' });
    const created = await fetch(dialogUrl(), { method: 'POST', body });
    expect(await created.text()).toContain('Logged in as <strong>Cleo</strong>');
  });

  it('remembers unticked permissions until they are asked for again', async () => {
    const less = scopes.filter((scope) => scope !== 'pages_manage_posts');
    await press('continue', [['page', bench.pageId], ...ticked(less)]);
    const { body } = await bench.graph.get('me/permissions', {}, bench.userToken);
    expect(body.data).toContainEqual({ permission: 'pages_manage_posts', status: 'declined' });
    expect(errorOf(await bench.graph.post(`${bench.pageId}/feed`, { message: 'x' }, bench.pageToken))).toBe('200');
    const plain = await (await fetch(dialogUrl())).text();
    expect(plain).not.toContain('id="scope-pages_manage_posts"');
    const again = await (await fetch(dialogUrl({ auth_type: 'rerequest' }))).text();
    expect(again).toContain('id="scope-pages_manage_posts"');
  });

  it.each<[string, Record<string, string>]>([
    ['an unlisted redirect', { redirect_uri: 'https://agency.example/callback?x=1' }],
    ['plain http elsewhere', { redirect_uri: 'http://agency.example/callback' }],
    ['an unknown app', { client_id: '1' }],
    ['an unknown scope', { scope: 'pages_do_everything' }],
    ['an undocumented parameter', { prompt: 'none' }],
  ])('refuses %s', async (_, parameters) => {
    const answer = await fetch(dialogUrl(parameters), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('refuses loopback once the app is live', async () => {
    bench.meta.registerApp({ ...app, development: false, redirectUris: [redirectUri, ...app.redirectUris] });
    expect((await fetch(dialogUrl())).status).toBe(400);
    expect((await fetch(dialogUrl({ redirect_uri: 'https://agency.example/callback' }))).status).toBe(200);
  });
});

describe('tokens', () => {
  const exchange = (parameters: Record<string, string>, method = 'GET'): Promise<Answer> => {
    const query = new URLSearchParams({ client_id: app.id, client_secret: app.secret, ...parameters });
    const url = `${bench.meta.origins.graph}/v26.0/oauth/access_token`;
    const call = method === 'GET' ? fetch(`${url}?${query}`) : fetch(url, { method: 'POST', body: query });
    return call.then(readAnswer);
  };
  const newCode = (): string => bench.meta.consent({ personId: bench.personId, appId: app.id, redirectUri, scopes });

  it('exchanges a code once, for the same redirect, with the right secret, in time', async () => {
    const code = newCode();
    expect(errorOf(await exchange({ code, redirect_uri: `${redirectUri}/` }))).toBe('100/36008');
    expect(errorOf(await exchange({ code, redirect_uri: redirectUri, client_secret: 'wrong' }))).toBe('1');
    const first = await exchange({ code, redirect_uri: redirectUri }, 'POST');
    expect(first.body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    expect(errorOf(await exchange({ code, redirect_uri: redirectUri }))).toBe('100/36009');
    const late = newCode();
    bench.clock.now += 10 * 60_000;
    expect(errorOf(await exchange({ code: late, redirect_uri: redirectUri }))).toBe('100/36007');
  });

  it('gives a page token that lives as long as its user token, or for ever from a long one', async () => {
    const short = await exchange({ code: newCode(), redirect_uri: redirectUri });
    const accounts = await bench.graph.get('me/accounts', { fields: 'access_token' }, String(short.body.access_token));
    const brief = (accounts.body.data as { access_token: string }[])[0]?.access_token;
    expect((await bench.graph.get(bench.pageId, {}, brief)).status).toBe(200);
    bench.clock.now += 3_600_000;
    expect(errorOf(await bench.graph.get(bench.pageId, {}, brief))).toBe('190/463');
    const dead = { grant_type: 'fb_exchange_token', fb_exchange_token: String(short.body.access_token) };
    expect(errorOf(await exchange(dead))).toBe('190/463');
    bench.clock.now += 60 * 24 * 3_600_000;
    expect(errorOf(await bench.graph.get('me', {}, bench.userToken))).toBe('190/463');
    expect((await bench.graph.get(bench.pageId, {}, bench.pageToken)).status).toBe(200);
  });

  it('tells about tokens in debug_token', async () => {
    const inspect = async (input_token: string): Promise<Record<string, unknown>> => {
      const query = new URLSearchParams({ input_token, access_token: `${app.id}|${app.secret}` });
      const answer = await readAnswer(await fetch(`${bench.meta.origins.graph}/v26.0/debug_token?${query}`));
      return answer.body.data as Record<string, unknown>;
    };
    const page = await inspect(bench.pageToken);
    expect(page).toMatchObject({
      app_id: app.id,
      type: 'PAGE',
      expires_at: 0,
      is_valid: true,
      profile_id: bench.pageId,
    });
    expect(page.granular_scopes).toContainEqual({ scope: 'pages_manage_posts', target_ids: [bench.pageId] });
    const user = await inspect(bench.userToken);
    expect(user).toMatchObject({ type: 'USER', expires_at: bench.clock.now / 1000 + 60 * 86_400 });
    bench.meta.breakTokens({ cause: 'password', personId: bench.personId });
    expect(await inspect(bench.pageToken)).toMatchObject({ is_valid: false, error: { code: 190, subcode: 460 } });
    expect(await inspect('nonsense')).toMatchObject({ is_valid: false, error: { code: 190 } });
    const noApp = await bench.graph.get('debug_token', { input_token: bench.pageToken }, bench.userToken);
    expect(errorOf(noApp)).toBe('100');
  });

  it('is taken from query, form, JSON and header, and refused elsewhere', async () => {
    const url = `${bench.meta.origins.graph}/v26.0/${bench.pageId}/feed`;
    const access_token = bench.pageToken;
    const json = { 'content-type': 'application/json' };
    const answers = await Promise.all([
      fetch(`${url}?${new URLSearchParams({ access_token, message: 'query' })}`, { method: 'POST' }),
      fetch(url, { method: 'POST', body: new URLSearchParams({ access_token, message: 'form' }) }),
      fetch(url, { method: 'POST', body: JSON.stringify({ access_token, message: 'json' }), headers: json }),
      fetch(url, {
        method: 'POST',
        body: JSON.stringify({ message: 'header' }),
        headers: { ...json, authorization: `Bearer ${access_token}` },
      }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(
      bench.meta
        .publicPosts()
        .map((item) => item.text)
        .sort(),
    ).toEqual(['form', 'header', 'json', 'query']);
    const none = await bench.graph.post(`${bench.pageId}/feed`, { message: 'x' });
    expect([errorOf(none), none.status]).toEqual(['104', 401]);
    const wrong = await bench.graph.post(`${bench.pageId}/feed`, { message: 'x' }, 'EAAnonsense');
    expect([errorOf(wrong), wrong.status]).toEqual(['190', 401]);
    const instagram = graphClient(bench.meta.origins.instagramGraph);
    expect(errorOf(await instagram.get('me', {}, bench.pageToken))).toBe('190');
  });

  it('checks appsecret_proof', async () => {
    const appsecret_proof = createHmac('sha256', app.secret).update(bench.userToken).digest('hex');
    expect((await bench.graph.get('me', { appsecret_proof }, bench.userToken)).body.name).toBe('Ana Costa');
    const wrong = appsecret_proof.replace(/./g, '0');
    expect(errorOf(await bench.graph.get('me', { appsecret_proof: wrong }, bench.userToken))).toBe('100');
  });

  it('dies of what happens to the person', async () => {
    const { personId, pageId, meta } = bench;
    const read = async (): Promise<string> => errorOf(await bench.graph.get(pageId, {}, bench.pageToken));
    meta.breakTokens({ cause: 'checkpoint', personId });
    expect(await read()).toBe('190/459');
    meta.breakTokens({ cause: 'checkpoint-passed', personId });
    expect(await read()).toBe('no error');
    meta.breakTokens({ cause: 'role-lost', personId, pageId });
    expect(await read()).toBe('190/492');
    meta.addPerson({ id: personId, name: 'Ana Costa', pages: [{ id: pageId, name: 'Cafe Uno' }] });
    expect(await read()).toBe('no error');
    meta.breakTokens({ cause: 'expired', token: bench.userToken });
    expect(errorOf(await bench.graph.get('me', {}, bench.userToken))).toBe('190/463');
    meta.breakTokens({ cause: 'invalid', token: bench.pageToken });
    expect(await read()).toBe('190/467');
  });

  it('dies when the person removes the app', async () => {
    const removed = await bench.graph.delete(`${bench.personId}/permissions`, bench.userToken);
    expect(removed.body).toEqual({ success: true });
    expect(errorOf(await bench.graph.get(bench.pageId, {}, bench.pageToken))).toBe('190/458');
  });

  it('loses one permission', async () => {
    await bench.graph.delete(`${bench.personId}/permissions/pages_manage_engagement`, bench.userToken);
    const post = await bench.graph.post(`${bench.pageId}/feed`, { message: 'x' }, bench.pageToken);
    const path = `${String(post.body.id)}/comments`;
    expect(errorOf(await bench.graph.post(path, { message: 'x' }, bench.pageToken))).toBe('200');
  });
});

describe('accounts', () => {
  it('lists portfolio Pages only with business_management, yet serves them by id', async () => {
    const person = bench.meta.addPerson({
      name: 'Dora',
      pages: [{ name: 'Open' }, { name: 'Portfolio', inPortfolio: true }, { name: 'Third' }],
    });
    const login = async (extra: string[]): Promise<string> =>
      longUserToken(
        bench.graph,
        bench.meta.consent({ personId: person.id, appId: app.id, redirectUri, scopes: [...scopes, ...extra] }),
      );
    const names = async (token: string): Promise<string[]> =>
      ((await bench.graph.get('me/accounts', {}, token)).body.data as { name: string }[]).map((page) => page.name);
    const without = await login([]);
    expect(await names(without)).toEqual(['Open', 'Third']);
    const hidden = person.roles[1]?.pageId ?? '';
    const page = await bench.graph.get(hidden, { fields: 'id,name,access_token' }, without);
    expect(page.body).toMatchObject({ id: hidden, name: 'Portfolio', access_token: expect.stringMatching(/^EAA/) });
    expect(await names(await login(['business_management']))).toEqual(['Open', 'Portfolio', 'Third']);
  });

  it('pages through with cursors and carries the token only when it came in the address', async () => {
    bench.meta.addPerson({ id: bench.personId, name: 'Ana Costa', pages: ['A', 'B', 'C'].map((name) => ({ name })) });
    const code = bench.meta.consent({ personId: bench.personId, appId: app.id, redirectUri, scopes });
    const access_token = await longUserToken(bench.graph, code);
    const names: string[] = [];
    let url: string | undefined =
      `${bench.meta.origins.graph}/v26.0/me/accounts?${new URLSearchParams({ access_token, fields: 'name', limit: '2' })}`;
    while (url !== undefined) {
      const { body } = await readAnswer(await fetch(url));
      names.push(...(body.data as { name: string }[]).map((page) => page.name));
      url = (body.paging as { next?: string }).next;
    }
    expect(names).toEqual(['A', 'B', 'C']);
  });

  it('refuses permissions and accounts of a page token, and unknown fields', async () => {
    expect(errorOf(await bench.graph.get('me/permissions', {}, bench.pageToken))).not.toBe('no error');
    expect(errorOf(await bench.graph.get('me/accounts', { fields: 'id,secret' }, bench.userToken))).toBe('100');
  });
});
