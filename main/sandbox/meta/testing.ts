import sharp from 'sharp';
import { type MetaSimulator, startMetaSimulator } from './index.ts';

/** A JSON answer as the tests look at it. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface Graph {
  get(path: string, parameters?: Record<string, string>, token?: string): Promise<Answer>;
  post(path: string, parameters?: Record<string, string>, token?: string): Promise<Answer>;
  delete(path: string, token?: string): Promise<Answer>;
}

/** Somebody with a Page and an Instagram account who has logged in to the app. */
export interface Bench {
  meta: MetaSimulator;
  graph: Graph;
  clock: { now: number };
  pageId: string;
  instagramId: string;
  personId: string;
  userToken: string;
  pageToken: string;
}

export const app = {
  id: '1234567890',
  secret: 'app-secret',
  redirectUris: ['https://agency.example/callback'],
  development: true,
  instagramAppId: '555666777',
  instagramAppSecret: 'instagram-secret',
};

export const redirectUri = 'http://127.0.0.1:4680/api/auth/facebook/callback';

export const scopes = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_engagement',
  'instagram_basic',
  'instagram_content_publish',
  'instagram_manage_comments',
  'instagram_manage_contents',
];

/** Starts a simulator with one person, one Page and its tokens. The clock stands still until moved. */
export async function startBench(dir: string | null = null): Promise<Bench> {
  const clock = { now: Date.parse('2026-11-22T10:00:00Z') };
  const meta = await startMetaSimulator({ now: () => clock.now, dir });
  meta.registerApp(app);
  const person = meta.addPerson({
    name: 'Ana Costa',
    pages: [{ name: 'Cafe Uno', instagram: { username: 'cafe.uno' } }],
  });
  const graph = graphClient(meta.origins.graph);
  const code = meta.consent({ personId: person.id, appId: app.id, redirectUri, scopes });
  const userToken = await longUserToken(graph, code);
  const accounts = await graph.get(
    'me/accounts',
    { fields: 'id,access_token,instagram_business_account{id}' },
    userToken,
  );
  const [page] = accounts.body.data as {
    id: string;
    access_token: string;
    instagram_business_account: { id: string };
  }[];
  if (page === undefined) throw new Error('no Page');
  return {
    meta,
    graph,
    clock,
    personId: person.id,
    pageId: page.id,
    instagramId: page.instagram_business_account.id,
    userToken,
    pageToken: page.access_token,
  };
}

/** Code → short → long, as the app does it. */
export async function longUserToken(graph: Graph, code: string): Promise<string> {
  const secret = { client_id: app.id, client_secret: app.secret };
  const short = await graph.get('oauth/access_token', { ...secret, redirect_uri: redirectUri, code });
  const long = await graph.get('oauth/access_token', {
    ...secret,
    grant_type: 'fb_exchange_token',
    fb_exchange_token: String(short.body.access_token),
  });
  return String(long.body.access_token);
}

export function graphClient(origin: string): Graph {
  const call = async (path: string, init: RequestInit, token?: string): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    return readAnswer(await fetch(`${origin}/v26.0/${path}`, { ...init, headers }));
  };
  return {
    get: (path, parameters = {}, token) => call(`${path}?${new URLSearchParams(parameters)}`, {}, token),
    post: (path, parameters = {}, token) =>
      call(path, { method: 'POST', body: new URLSearchParams(parameters) }, token),
    delete: (path, token) => call(path, { method: 'DELETE' }, token),
  };
}

export async function readAnswer(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** `code/subcode` of a Graph error answer, e.g. `100/33`. */
export function errorOf(answer: Answer): string {
  const error = answer.body.error as { code: number; error_subcode?: number } | undefined;
  return error === undefined
    ? 'no error'
    : [error.code, error.error_subcode].filter((part) => part !== undefined).join('/');
}

/** Uploads a picture as multipart `source`; returns the answer. */
export async function uploadPhoto(
  bench: Bench,
  bytes: Uint8Array,
  parameters: Record<string, string> = { published: 'false' },
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(parameters)) form.set(name, value);
  form.set('source', new Blob([new Uint8Array(bytes)]), 'photo.jpg');
  const headers = { authorization: `Bearer ${bench.pageToken}` };
  const url = `${bench.meta.origins.graph}/v26.0/${bench.pageId}/photos`;
  return readAnswer(await fetch(url, { method: 'POST', body: form, headers }));
}

/** The CDN address of an unpublished Page photo, the way images get to Instagram without hosting. */
export async function hostedImage(bench: Bench, bytes: Uint8Array): Promise<string> {
  const photo = await uploadPhoto(bench, bytes);
  const read = await bench.graph.get(String(photo.body.id), { fields: 'images' }, bench.pageToken);
  return (read.body.images as { source: string }[])[0]?.source ?? '';
}

/** A picture of one colour. */
export async function picture(width: number, height: number, format: 'jpeg' | 'png' = 'jpeg'): Promise<Uint8Array> {
  const image = sharp({ create: { width, height, channels: 3, background: '#7a4' } });
  return new Uint8Array(await image.toFormat(format).toBuffer());
}

/** The boxes of an MP4 with one H.264 track and no frames. */
export function mp4(
  options: { seconds?: number; width?: number; height?: number; moovFirst?: boolean } = {},
): Uint8Array {
  const { seconds = 10, width = 1080, height = 1920, moovFirst = true } = options;
  const mvhd = box('mvhd', numbers(0, 0, 0, 1000, seconds * 1000), Buffer.alloc(80));
  const tkhd = box('tkhd', Buffer.alloc(76), numbers(width << 16, height << 16));
  const hdlr = box('hdlr', numbers(0, 0), Buffer.from('vide'), Buffer.alloc(13));
  const stsd = box('stsd', numbers(0, 1), box('avc1', Buffer.alloc(78)));
  const mdia = box('mdia', hdlr, box('minf', box('stbl', stsd)));
  const moov = box('moov', mvhd, box('trak', tkhd, mdia));
  const mdat = box('mdat', Buffer.alloc(2000));
  const ftyp = box('ftyp', Buffer.from('isom'), numbers(0), Buffer.from('isomavc1'));
  return new Uint8Array(Buffer.concat(moovFirst ? [ftyp, moov, mdat] : [ftyp, mdat, moov]));
}

function box(type: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([numbers(body.length + 8), Buffer.from(type), body]);
}

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32BE(value >>> 0, index * 4));
  return buffer;
}
