import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Media } from '../../shared/contract/media.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Visitor, visit } from './browser.ts';
import { apiToken, type Host, makeDataDir, startHost, until } from './host.ts';
import { videoAssets } from './services.ts';

/* An Instagram account that is linked to no Page: connected by clicking in the sandbox, and published on. */

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;

beforeAll(async () => {
  host = await startHost(data.path);
  client = await host.api<Client>('POST', '/api/clients', { name: 'Northside Cycles', timezone: 'Europe/Berlin' });
  visitor = await visit('instagram-login');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByRole('navigation').first().waitFor();
});

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await visitor.shot('stumbled');
});

const accountOf = async (): Promise<Account | undefined> =>
  (await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`)).items[0];

async function upload(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Media> {
  const form = new FormData();
  form.set('clientId', client.id);
  form.set('file', new File([bytes], name));
  const headers = { authorization: `Bearer ${apiToken}` };
  const answer = await fetch(`${host.origin}/api/media`, { method: 'POST', body: form, headers });
  return (await answer.json()) as Media;
}

it('is connected from the accounts of a client, by the keyboard alone', async () => {
  await page.goto(`${host.origin}/clients/${client.id}?tab=accounts`);
  const link = page.getByRole('link', { name: 'Connect without a Page' });
  await link.waitFor();
  await visitor.shot('offered');
  await link.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Simulated Instagram login').waitFor();
  await page.getByLabel('@northside.cycles').check();
  await visitor.shot('dialog');
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await page.waitForURL(`**/clients/${client.id}?tab=accounts`);
  await page.getByTestId('account-instagram').getByText('Northside Cycles').waitFor();
  await visitor.shot('connected');
  expect(await accountOf()).toMatchObject({ platform: 'instagram', via: 'instagram', status: 'connected' });
});

it('gets a reel and its first comment, fetched from this app and from nowhere after that', async () => {
  const account = await accountOf();
  const clip = await upload(new Uint8Array(await readFile(join(videoAssets, 'coffee.mp4'))), 'ride.mp4');
  const written = await host.api<Post>('POST', '/api/pipeline', {
    clientId: client.id,
    caption: 'The long way round.',
    firstComment: '#gravel',
    media: [clip.id],
    scheduledFor: new Date(Date.now() + 3_600_000).toISOString(),
    targets: [{ accountId: account?.id }],
  });
  await page.goto(`${host.origin}/posts/${written.id}`);
  await page.getByText('The long way round.').first().waitFor();
  await visitor.shot('written');
  await host.api('POST', `/api/pipeline/${written.id}/approve`, { contentHash: written.contentHash });
  await host.api('POST', `/api/pipeline/${written.id}/publish-now`);
  const live = await until('the reel is live with its comment', async () => {
    const { posts } = await host.feed();
    const found = posts.find(({ text }) => text.includes('The long way round.'));
    return found !== undefined && found.comments.length > 0 && found;
  });
  expect(live).toMatchObject({ platform: 'instagram', media: [{ kind: 'video' }], comments: [{ text: '#gravel' }] });
  const requests = await host.requests('meta-graph');
  expect(requests).not.toContain('facebook.photos');
  expect(requests).not.toContain('instagram.container.upload');
  const guess = await fetch(`${host.origin}/handout/${'a'.repeat(43)}.mp4`);
  expect([guess.status, await guess.text()]).toEqual([404, 'Not found']);
  expect((await fetch(`${host.origin}/handout/`)).status).not.toBe(200);
});

it('is told of on disconnecting that nothing ends at Instagram', async () => {
  await page.goto(`${host.origin}/clients/${client.id}?tab=accounts`);
  const row = page.getByTestId('account-instagram');
  await row.getByRole('button', { name: 'More' }).click();
  await row.getByRole('button', { name: 'Disconnect' }).click();
  const warning = page.getByTestId('disconnect-effect');
  await warning.waitFor();
  expect(await warning.textContent()).toContain('Instagram is not told');
  await visitor.shot('disconnecting');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(visitor.errors).toEqual([]);
});
