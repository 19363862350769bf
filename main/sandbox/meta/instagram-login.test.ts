import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  app,
  type Bench,
  errorOf,
  type Graph,
  graphClient,
  hostedImage,
  picture,
  readAnswer,
  startBench,
} from './testing.ts';

const redirect_uri = 'https://agency.example/callback';
const scope = 'instagram_business_basic,instagram_business_content_publish,instagram_business_manage_comments';
const day = 24 * 3_600_000;

let bench: Bench;
let graph: Graph;
beforeEach(async () => {
  bench = await startBench();
  graph = graphClient(bench.meta.origins.instagramGraph);
});
afterEach(() => bench.meta.close());

const authorizeUrl = (parameters: Record<string, string> = {}): string => {
  const query = {
    client_id: app.instagramAppId,
    redirect_uri,
    response_type: 'code',
    scope,
    state: 'st',
    ...parameters,
  };
  return `${bench.meta.origins.instagramWww}/oauth/authorize?${new URLSearchParams(query)}`;
};

async function press(action: string, fields: Record<string, string>): Promise<URL> {
  const body = new URLSearchParams({ action, ...fields });
  for (const name of scope.split(',')) body.append('scope', name);
  const answer = await fetch(authorizeUrl(), { method: 'POST', body, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

const tokenUrl = (): string => `${bench.meta.origins.instagramApi}/oauth/access_token`;
const tokenForm = (code: string): URLSearchParams =>
  new URLSearchParams({
    client_id: app.instagramAppId,
    client_secret: app.instagramAppSecret,
    grant_type: 'authorization_code',
    redirect_uri,
    code,
  });

async function shortToken(): Promise<string> {
  const back = await press('continue', { account: bench.instagramId });
  const answer = await fetch(tokenUrl(), { method: 'POST', body: tokenForm(back.searchParams.get('code') ?? '') });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function longToken(): Promise<string> {
  const query = new URLSearchParams({
    grant_type: 'ig_exchange_token',
    client_secret: app.instagramAppSecret,
    access_token: await shortToken(),
  });
  const answer = await readAnswer(await fetch(`${bench.meta.origins.instagramGraph}/access_token?${query}`));
  expect(answer.body).toMatchObject({ token_type: 'bearer', expires_in: 60 * 86_400 });
  return String(answer.body.access_token);
}

const refresh = (access_token: string): ReturnType<typeof readAnswer> => {
  const query = new URLSearchParams({ grant_type: 'ig_refresh_token', access_token });
  return fetch(`${bench.meta.origins.instagramGraph}/refresh_access_token?${query}`).then(readAnswer);
};

describe('Instagram Login', () => {
  it('leads back with a code, or access_denied, and #_ behind', async () => {
    const page = await (await fetch(authorizeUrl())).text();
    expect(page).toContain('Simulated Instagram login — sandbox');
    expect(page).toContain('@cafe.uno');
    const back = await press('continue', { account: bench.instagramId });
    expect([back.hash, back.searchParams.get('state')]).toEqual(['#_', 'st']);
    expect((await press('cancel', {})).searchParams.get('error')).toBe('access_denied');
  });

  it.each<[string, Record<string, string>]>([
    ['another redirect', { redirect_uri: `${redirect_uri}/` }],
    ['the Meta app id', { client_id: app.id }],
    ['an old scope name', { scope: 'business_basic' }],
  ])('refuses %s', async (_, parameters) => {
    expect((await fetch(authorizeUrl(parameters))).status).toBe(400);
  });

  it('exchanges a code once, by form only, with errors in its own shape', async () => {
    const code = (await press('continue', { account: bench.instagramId })).searchParams.get('code') ?? '';
    const json = await fetch(tokenUrl(), {
      method: 'POST',
      body: JSON.stringify(Object.fromEntries(tokenForm(code))),
      headers: { 'content-type': 'application/json' },
    });
    expect([json.status, await json.json()]).toEqual([
      400,
      { error_type: 'OAuthException', code: 400, error_message: 'Invalid platform app' },
    ]);
    const form = new FormData();
    for (const [name, value] of tokenForm(code)) form.set(name, value);
    const first = await (await fetch(tokenUrl(), { method: 'POST', body: form })).text();
    expect(first).toContain(`"user_id":${bench.instagramId},`);
    const second = await fetch(tokenUrl(), { method: 'POST', body: tokenForm(code) });
    expect(await second.json()).toMatchObject({ error_type: 'OAuthException', code: 400 });
    bench.meta.settings.instagramTokenShape = 'wrapped';
    const other = (await press('continue', { account: bench.instagramId })).searchParams.get('code') ?? '';
    const wrapped = await fetch(tokenUrl(), { method: 'POST', body: tokenForm(other) });
    expect(await wrapped.json()).toMatchObject({ data: [{ permissions: scope.split(',') }] });
  });

  it('exchanges and refreshes within the documented times', async () => {
    const long = await longToken();
    expect(errorOf(await refresh(long))).toBe('100');
    bench.clock.now += day;
    const refreshed = await refresh(long);
    expect(refreshed.body.access_token).not.toBe(long);
    bench.clock.now += 59 * day;
    expect(errorOf(await refresh(long))).toBe('190/463');
    expect((await refresh(String(refreshed.body.access_token))).status).toBe(200);
  });

  it('knows the account and publishes hosted media for it', async () => {
    const token = await longToken();
    const me = await graph.get('me', { fields: 'user_id,username,account_type' }, token);
    expect(me.body).toMatchObject({ user_id: bench.instagramId, username: 'cafe.uno', account_type: 'BUSINESS' });
    const image_url = await hostedImage(bench, await picture(1080, 1080));
    const container = await graph.post('me/media', { image_url, caption: 'direct' }, token);
    await graph.get(String(container.body.id), { fields: 'status_code' }, token);
    const publish = { creation_id: String(container.body.id) };
    const media = await graph.post(`${bench.instagramId}/media_publish`, publish, token);
    expect((await graph.get(String(media.body.id), { fields: 'caption' }, token)).body.caption).toBe('direct');
    const comment = await graph.post(`${String(media.body.id)}/comments`, { message: 'first' }, token);
    expect(comment.status).toBe(200);
    expect(bench.meta.publicPosts()[0]).toMatchObject({ text: 'direct', comments: [{ text: 'first' }] });
    expect(errorOf(await graph.delete(String(media.body.id), token))).toBe('10');
  });

  it('refuses resumable uploads, foreign tokens and foreign nodes', async () => {
    const token = await longToken();
    expect(errorOf(await graph.post('me/media', { media_type: 'REELS', upload_type: 'resumable' }, token))).toBe('100');
    expect(errorOf(await bench.graph.get('me', {}, token))).toBe('190');
    expect(errorOf(await graph.get(bench.pageId, {}, token))).toBe('100/33');
    const debug = { input_token: token, access_token: `${app.id}|${app.secret}` };
    expect(errorOf(await bench.graph.get('debug_token', debug))).toBe('2');
  });
});
