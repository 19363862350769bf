import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said, speakSentences } from '../renderer/i18n/said.ts';
import type { Sentences } from '../shared/domain/said.ts';
import type { Account } from '../shared/contract/accounts.ts';
import type { Client } from '../shared/contract/clients.ts';
import type { Post } from '../shared/contract/pipeline.ts';
import { makeDataDir, startHost, until, type Host } from './e2e/host.ts';
import { picture } from './e2e/live-agency.ts';

/*
 * What a host says in its first minutes, and when it is asked for everything that it can be asked for: in each language of the
 * dashboard none of it is left in the core's English.
 */

interface List<T> {
  items: T[];
}

const data = makeDataDir();
let host: Host;
let told: string[];
/** Names that people gave, longest first. */
let names: string[];

beforeAll(async () => {
  host = await startHost(data.path);
  const post = await until('the sample agency has its posts', async () => {
    const { items } = await host.api<List<Post>>('GET', '/api/pipeline');
    return items.find(({ source, targets }) => source === 'manual' && targets.length === 3);
  });
  names = await namesIn(host);
  await doEverything(post.clientId);
  names = [...names, ...(await namesIn(host))].toSorted((a, b) => b.length - a.length);
  told = [...new Set([...told, ...(await textsOf(host))])];
}, 120_000);

afterAll(async () => {
  await host.stop();
  data.remove();
});

/** Whatever the activity log has words for, and what else is answered in words. */
async function doEverything(clientId: string): Promise<void> {
  const call = <T>(method: string, path: string, body?: unknown) => host.api<T>(method, `/api${path}`, body);
  /** Answers that the request cannot be met are worth reading too. */
  const mayFail = (method: string, path: string, body?: unknown) =>
    call(method, path, body).catch((error: unknown) => refusals.push(String(error)));
  const { items: accounts } = await call<List<Account>>('GET', `/clients/${clientId}/accounts`);
  const idOf = (platform: string) => accounts.find((account) => account.platform === platform)?.id ?? '';
  const [facebook, tiktok] = [idOf('facebook'), idOf('tiktok')];
  const write = (hours: number, more = {}) =>
    call<Post>('POST', '/pipeline', {
      clientId,
      caption: 'Zwölf Boxkämpfer',
      scheduledFor: new Date(Date.now() + hours * 3_600_000).toISOString(),
      targets: [{ accountId: facebook }],
      ...more,
    });

  const approved = ({ id, contentHash }: Post) => call<Post>('POST', `/pipeline/${id}/approve`, { contentHash });
  const toldOf = (kind: string) =>
    until(kind, async () => (await call<List<unknown>>('GET', `/admin/logs?kind=${kind}`)).items.length > 0);

  for (const [scope, id] of [
    ['global', null],
    ['client', clientId],
    ['account', facebook],
  ]) {
    const stop = (engaged: boolean) =>
      call('PUT', '/admin/kill-switch', { scope, id, engaged, reason: scope === 'client' ? null : 'Fehlalarm' });
    await stop(true);
    const waiting = await write(20);
    await mayFail('POST', `/pipeline/${waiting.id}/publish-now`, {});
    await stop(false);
  }

  const stopFile = join(data.path, 'STOP');
  const live = await approved(await write(40));
  await call('POST', `/pipeline/${live.id}/publish-now`, {});
  await until('it is live', async () => (await call<Post>('GET', `/pipeline/${live.id}`)).status === 'published');
  writeFileSync(stopFile, '');
  await toldOf('stop_file.found');
  const stopped = await approved(await write(41));
  await call('POST', `/pipeline/${stopped.id}/publish-now`, {});
  await until('it waits', async () => (await call<Post>('GET', `/pipeline/${stopped.id}`)).targets[0]?.error !== null);
  told = await textsOf(host);
  rmSync(stopFile);
  await toldOf('stop_file.gone');

  const post = await write(30);
  await call('PATCH', `/pipeline/${post.id}`, { caption: 'Jagen Eva' });
  await call('POST', `/pipeline/${post.id}/reject`, { reason: 'Bitte neu' });
  await call('POST', `/pipeline/${post.id}/reopen`, {});
  await approved(await call<Post>('GET', `/pipeline/${post.id}`));
  const later = new Date(Date.now() + 99 * 3_600_000).toISOString();
  await call('POST', `/pipeline/${post.id}/reschedule`, { scheduledFor: later });
  await call('DELETE', `/pipeline/${post.id}`);
  await call('POST', `/pipeline/${post.id}/restore`, {});
  await mayFail('POST', `/pipeline/${post.id}/variants`, {});

  const upload = new FormData();
  upload.append('clientId', clientId);
  upload.append('file', new Blob([new Uint8Array(await picture('#336699'))], { type: 'image/jpeg' }), 'bild.jpg');
  const answer = await fetch(`${host.origin}/api/media`, {
    method: 'POST',
    headers: { authorization: 'Bearer token-of-the-end-to-end-tests' },
    body: upload,
  });
  const { id: mediaId } = (await answer.json()) as { id: string };
  await call('PATCH', `/media/${mediaId}`, {
    name: 'Kaffee',
    altText: 'Tasse',
    focal: { x: 0.2, y: 0.3 },
    aiMade: true,
  });
  await call('DELETE', `/media/${mediaId}`);
  await call('POST', `/media/${mediaId}/restore`, {});
  const holder = await write(31, { media: [mediaId] });
  await mayFail('DELETE', `/media/${mediaId}`);
  await mayFail('PATCH', `/pipeline/${holder.id}`, { targets: [{ accountId: tiktok, options: { mode: 'direct' } }] });

  await call('POST', `/clients/${clientId}/onboarding-link`, {});
  const { items: links } = await call<List<{ id: string }>>('GET', `/clients/${clientId}/onboarding-links`);
  await call('DELETE', `/clients/${clientId}/onboarding-links/${links[0]?.id}`);
  await call('PUT', `/clients/${clientId}/budget`, { monthlyMicroUsd: 2_500_000 });
  await call('PUT', `/clients/${clientId}/budget`, { monthlyMicroUsd: null });
  await call('PUT', `/clients/${clientId}/rules`, await call('GET', `/clients/${clientId}/rules`));
  const settings = await call<object>('GET', '/admin/settings');
  await call('PATCH', '/admin/settings', settings);
  await mayFail('PUT', '/admin/settings/logo', { picture: null });
  for (const provider of ['groq', 'replicate', 'meta', 'instagram', 'tiktok']) {
    await mayFail('POST', `/admin/credentials/${provider}/check`, {});
    await mayFail('PUT', `/admin/credentials/${provider}`, { apiKey: 'zzzzzzzz' });
  }
  const { items: jobs } = await call<List<{ name: string }>>('GET', '/admin/jobs');
  await call('POST', '/admin/backups', {});
  for (const { name } of jobs) await mayFail('POST', `/admin/jobs/${name}/run`, {});

  await call('PATCH', `/clients/${clientId}/accounts/${tiktok}`, { audited: true });
  await call('PATCH', `/clients/${clientId}/accounts/${tiktok}`, { audited: false });
  await call('DELETE', `/clients/${clientId}/accounts/${facebook}`);
  await mayFail('POST', '/admin/jobs/look-ahead/run', {});
  for (const status of ['paused', 'active', 'archived']) await call('PATCH', `/clients/${clientId}`, { status });
  await mayFail('POST', '/pipeline/generate', { clientId, days: 3 });
  await call('PATCH', `/clients/${clientId}`, { name: 'Umbenannt' });

  for (const path of ['/clients/none', '/pipeline/none', '/media/none', '/drafts/none', '/nothing']) {
    await mayFail('GET', path);
  }
  await mayFail('POST', '/clients', { name: '', timezone: 'Mond', language: 7, zusatz: 1 });
  await mayFail('POST', '/clients', {});
  await mayFail('POST', '/pipeline', { clientId, caption: 'x'.repeat(200_000), scheduledFor: 'bald', targets: [] });
  await mayFail('PATCH', '/admin/settings', { planAheadDays: 99, captionModels: [], brandColor: 'rot' });
}

const refusals: string[] = [];

/** Properties whose value is words of the core. */
const spoken =
  /^(message|reason|heldReason|statusReason|description|words|lastError|blocked|problem|remedy|error|detail|why)$/;

/** Every text that the host answers with. */
async function textsOf({ api }: Host): Promise<string[]> {
  const { items: posts } = await api<List<Post>>('GET', '/api/pipeline?limit=100');
  const { items: clients } = await api<List<Client>>('GET', '/api/clients');
  const paths = [
    '/api/host',
    '/api/health',
    '/api/admin/jobs',
    '/api/admin/backups',
    '/api/admin/stats',
    '/api/admin/usage',
    '/api/admin/usage/entries',
    '/api/admin/kill-switch',
    ...clients.map(({ id }) => `/api/clients/${id}/accounts`),
    ...posts.flatMap(({ id }) => [`/api/pipeline/${id}`, `/api/pipeline/${id}/history`, `/api/pipeline/${id}/logs`]),
  ];
  const answers = await Promise.all(paths.map((path) => api<unknown>('GET', path)));
  let cursor: string | null = null;
  do {
    const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: List<unknown> & { nextCursor: string | null } = await api('GET', `/api/admin/logs?limit=200${query}`);
    answers.push(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const bodies = refusals.map((refusal) => JSON.parse(refusal.slice(refusal.indexOf('{'))) as unknown);
  return [...new Set([...answers, ...bodies].flatMap((answer) => textsIn(answer)))];
}

function textsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return spoken.test(name) && value !== '' ? [value] : [];
  // Its message is for programs: the problems with the names of their fields. People read the problems.
  if (isBadRequest(value)) return textsIn(value.data);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, Array.isArray(value) ? name : key));
}

function isBadRequest(value: unknown): value is { data: unknown } {
  return typeof value === 'object' && value !== null && 'code' in value && value.code === 'BAD_REQUEST';
}

async function namesIn({ api }: Host): Promise<string[]> {
  const { items: clients } = await api<List<Client>>('GET', '/api/clients');
  const lists = await Promise.all(clients.map(({ id }) => api<List<Account>>('GET', `/api/clients/${id}/accounts`)));
  return [...clients.map(({ name }) => name), ...lists.flatMap(({ items }) => items.map((one) => one.displayName))];
}

/** What people and networks wrote: names, quotations, addresses, instants, file names and ids. */
function withoutData(text: string): string {
  const bare = names.reduce((left, name) => left.replaceAll(name, ' '), text);
  return bare.replaceAll(/“[^”]*”|„[^“]*“|«[^»]*»|US\$|https?:\S+|\S*[/\\_=@[\]]\S*|\S*\d\S*/g, ' ');
}

const wordsOf = (text: string) => text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
const catalogueOf = (language: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../shared/sentences/${language}.json`), 'utf8')) as Sentences;

describe('what a host says', () => {
  it('is a lot', () => {
    expect(told.length).toBeGreaterThan(80);
  });

  it.each(['de', 'es', 'fr', 'pt', 'ar'])('has no English left in %s', (language) => {
    const sentences = catalogueOf(language);
    const theirs = new Set(Object.values(sentences).flatMap((one) => wordsOf(JSON.stringify(one))));
    // Every word of the core's English that the language does not have itself.
    const english = new Set(
      Object.keys(sentences)
        .flatMap(wordsOf)
        .filter((word) => !theirs.has(word)),
    );
    speakSentences(sentences, language);
    const left = told.flatMap((text) => {
      const heard = said(text);
      const words = wordsOf(withoutData(heard)).filter((word) => english.has(word));
      return words.length === 0 ? [] : [{ text, heard, words }];
    });
    expect(left).toEqual([]);
  });
});
