import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandboxCredentials, startSandbox } from './index.ts';
import { businesses, cafe, person } from './inhabitants.ts';

const videoAssets = join(import.meta.dirname, 'replicate', 'assets');
const { meta: metaApp, tiktok: tiktokApp } = sandboxCredentials;
const scopes = ['pages_show_list', 'pages_manage_posts'];
const challenge = 'a'.repeat(64);

let dir: string;
let sandbox: Sandbox;
const start = async (): Promise<Sandbox> => startSandbox({ now: () => Date.now(), dir, videoAssets });

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'autosocial-sandbox-'));
  sandbox = await start();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(dir, { recursive: true, force: true });
});

function facebookDialog(redirectUri: string): Promise<Response> {
  const query = { client_id: metaApp.appId, redirect_uri: redirectUri, state: 's', scope: scopes.join(',') };
  return fetch(`${sandbox.endpoints.facebookWww}/v26.0/dialog/oauth?${new URLSearchParams(query)}`);
}

function tiktokLogin(redirectUri: string): Promise<Response> {
  const query = {
    client_key: tiktokApp.clientKey,
    redirect_uri: redirectUri,
    scope: 'user.info.basic,video.upload',
    response_type: 'code',
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  return fetch(`${sandbox.endpoints.tiktokWww}/v2/auth/authorize/?${new URLSearchParams(query)}`);
}

describe('the sandbox', () => {
  it('answers on every origin, all of them on loopback', async () => {
    const origins = Object.values(sandbox.endpoints);
    expect(new Set(origins).size).toBe(origins.length - 1); // graph-video is served with graph
    for (const origin of origins) {
      expect(new URL(origin).hostname).toBe('127.0.0.1');
      expect((await fetch(`${origin}/`)).status, origin).toBeLessThan(500);
    }
    expect(await (await fetch(sandbox.feedUrl)).text()).toContain('Sandbox feed');
  });

  it('lets its own credentials in and no others', async () => {
    const models = (key: string): Promise<Response> =>
      fetch(`${sandbox.endpoints.groq}/openai/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    expect((await models(sandbox.credentials.groq.apiKey)).status).toBe(200);
    expect((await models('another')).status).toBe(401);
    const account = (token: string): Promise<Response> =>
      fetch(`${sandbox.endpoints.replicate}/v1/account`, { headers: { authorization: `Bearer ${token}` } });
    expect((await account(sandbox.credentials.replicate.apiToken)).status).toBe(200);
    expect((await account('another')).status).toBe(401);
  });

  it('offers every business in the simulated logins, coming back to any loopback address', async () => {
    const facebook = await (await facebookDialog('http://127.0.0.1:4680/api/auth/facebook/callback')).text();
    const tiktok = await (await tiktokLogin('http://localhost:51234/api/auth/tiktok/callback')).text();
    for (const business of businesses) {
      expect(facebook).toContain(`@${business.instagram.username}`);
      expect(tiktok).toContain(`@${business.tiktok.username}`);
    }
  });

  it('comes back to a public address only after it was named', async () => {
    const address = (platform: string): string => `https://social.example/api/auth/${platform}/callback`;
    expect((await facebookDialog(address('facebook'))).status).toBe(400);
    expect((await tiktokLogin(address('tiktok'))).status).toBe(400);
    sandbox.setRedirectOrigin('https://social.example');
    expect((await facebookDialog(address('instagram'))).status).toBe(200);
    expect((await tiktokLogin(address('tiktok'))).status).toBe(200);
  });

  it('keeps ports, people and posts when it starts again', async () => {
    const { endpoints, feedUrl } = sandbox;
    const redirectUri = 'http://127.0.0.1:4680/api/auth/facebook/callback';
    const pages = [cafe.pageId];
    const code = sandbox.meta.consent({
      personId: person.id,
      appId: metaApp.appId,
      redirectUri,
      scopes,
      pageIds: pages,
    });
    await sandbox.close();
    sandbox = await start();

    expect(sandbox.endpoints).toEqual(endpoints);
    expect(sandbox.feedUrl).toBe(feedUrl);
    const query = { client_id: metaApp.appId, client_secret: metaApp.appSecret, redirect_uri: redirectUri, code };
    const answer = await fetch(`${endpoints.facebookGraph}/v26.0/oauth/access_token?${new URLSearchParams(query)}`);
    expect(answer.status).toBe(200);
  });

  it('keeps the Pages that somebody added in the login dialog', async () => {
    const redirectUri = 'http://127.0.0.1:4680/api/auth/facebook/callback';
    const query = { client_id: metaApp.appId, redirect_uri: redirectUri, state: 's', scope: scopes.join(',') };
    const body = new URLSearchParams({ action: 'add-page', new_page_name: 'Corner Books' });
    await fetch(`${sandbox.endpoints.facebookWww}/v26.0/dialog/oauth?${new URLSearchParams(query)}`, {
      method: 'POST',
      body,
    });
    await sandbox.close();
    sandbox = await start();
    expect(await (await facebookDialog(redirectUri)).text()).toContain('Corner Books');
  });
});
