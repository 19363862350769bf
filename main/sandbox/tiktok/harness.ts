import { createHash } from 'node:crypto';
import { startTikTokSimulator, type TikTokSimulator } from './index.ts';

export const redirectUri = 'http://127.0.0.1:51000/callback/';
export const verifier = 'v'.repeat(64);
export const codeChallenge = createHash('sha256').update(verifier).digest('hex');
export const allScopes = ['user.info.basic', 'video.list', 'video.upload', 'video.publish'];
const client = { client_key: 'agency', client_secret: 'agency-secret' };

/** A simulator with one audited app and one public account, its clock in the test's hand. */
export async function startHarness(options: { dir?: string; audited?: boolean } = {}) {
  const clock = { now: Date.UTC(2026, 10, 22) };
  const tiktok = await startTikTokSimulator({ now: () => clock.now, dir: options.dir ?? null });
  tiktok.registerApp({
    clientKey: client.client_key,
    clientSecret: client.client_secret,
    redirectUris: ['http://127.0.0.1:*/callback/', 'https://agency.example/callback'],
    audited: options.audited ?? true,
    verifiedUrlPrefixes: ['http://127.0.0.1'],
  });
  const creator = tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno' });
  return { tiktok, clock, creator };
}

interface Answer {
  status: number;
  text: string;
  body: Record<string, unknown> & { data?: Record<string, unknown>; error?: unknown };
}

export async function post(url: string, body: RequestInit['body'], headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body, headers });
  const text = await response.text();
  return { status: response.status, text, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}

export function oauth(tiktok: TikTokSimulator, path: 'token' | 'revoke', form: Record<string, string>) {
  return post(`${tiktok.origins.api}/v2/oauth/${path}/`, new URLSearchParams({ ...client, ...form }), {});
}

/** Logs in and returns the access token. */
export async function logIn(tiktok: TikTokSimulator, creatorId: string, scopes = allScopes): Promise<string> {
  const code = tiktok.consent({ creatorId, clientKey: client.client_key, redirectUri, scopes, codeChallenge });
  const answer = await oauth(tiktok, 'token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  return String(answer.body.access_token);
}

export function call(tiktok: TikTokSimulator, token: string, path: string, body: unknown): Promise<Answer> {
  return post(`${tiktok.origins.api}${path}`, JSON.stringify(body), {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json; charset=UTF-8',
  });
}

/** Bytes that begin like an MP4. */
export function mp4(size = 5000): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(Buffer.from('\0\0\0\x18ftypisom', 'latin1'));
  return bytes;
}

export function fileSource(size: number, chunk = size): Record<string, unknown> {
  const counts = { video_size: size, chunk_size: chunk, total_chunk_count: Math.floor(size / chunk) };
  return { source_info: { source: 'FILE_UPLOAD', ...counts } };
}

export const postInfo = {
  title: 'New beans #coffee',
  privacy_level: 'PUBLIC_TO_EVERYONE',
  brand_content_toggle: false,
  brand_organic_toggle: true,
  is_aigc: true,
};

export const paths = {
  creatorInfo: '/v2/post/publish/creator_info/query/',
  direct: '/v2/post/publish/video/init/',
  inbox: '/v2/post/publish/inbox/video/init/',
  content: '/v2/post/publish/content/init/',
  status: '/v2/post/publish/status/fetch/',
  cancel: '/v2/post/publish/cancel/',
};

/** Announces a video and returns where to put it. */
export async function init(tiktok: TikTokSimulator, token: string, path: string, body: Record<string, unknown>) {
  const { data } = (await call(tiktok, token, path, body)).body;
  return { publishId: String(data?.publish_id), uploadUrl: String(data?.upload_url) };
}

/** Puts one chunk; by default the whole file. */
export function put(url: string, bytes: Uint8Array, first = 0, last = bytes.length - 1): Promise<Response> {
  const headers = { 'content-type': 'video/mp4', 'content-range': `bytes ${first}-${last}/${bytes.length}` };
  return fetch(url, { method: 'PUT', headers, body: Buffer.from(bytes.subarray(first, last + 1)) });
}

/** The error code of the v2 envelope. */
export function code(answer: Answer): unknown {
  return (answer.body.error as { code?: unknown }).code;
}

export async function status(tiktok: TikTokSimulator, token: string, publishId: string) {
  return (await call(tiktok, token, paths.status, { publish_id: publishId })).body.data ?? {};
}
