import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';
import { standOnEachOther } from './steps.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let clientId: string;
let accountId: string;

beforeAll(async () => {
  host = await startHost(data.path);
  const sample = await until('the sample agency has its first post', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline');
    return items.find(({ source, targets }) => source === 'manual' && targets.length === 3);
  });
  clientId = sample.clientId;
  const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${clientId}/accounts`);
  accountId = items.find(({ platform }) => platform === 'facebook')?.id ?? '';
  visitor = await visit('held');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByTestId('needs-me').waitFor();
});

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

standOnEachOther(() => visitor);

const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const dialog = (name: string): Locator => page.getByRole('dialog', { name });
const open = (path: string): Promise<unknown> => page.goto(host.origin + path);

/** An approved post on Facebook that is due in so many ms. */
async function approvedPost(caption: string, dueInMs: number): Promise<Post> {
  const post = await host.api<Post>('POST', '/api/pipeline', {
    clientId,
    caption,
    scheduledFor: new Date(Date.now() + dueInMs).toISOString(),
    targets: [{ accountId }],
  });
  return host.api<Post>('POST', `/api/pipeline/${post.id}/approve`, { contentHash: post.contentHash });
}

async function publishedPost(caption: string): Promise<Post> {
  const { id } = await approvedPost(caption, 3_600_000);
  await host.api('POST', `/api/pipeline/${id}/publish-now`, {});
  return until('the post is live', async () => {
    const post = await host.api<Post>('GET', `/api/pipeline/${id}`);
    return post.status === 'published' && post;
  });
}

async function timesLive(caption: string): Promise<number> {
  const { posts } = await host.feed();
  return posts.filter(({ platform, text }) => platform === 'facebook' && text.includes(caption)).length;
}

async function targetOf(id: string): Promise<Post['targets'][number] | undefined> {
  return (await host.api<Post>('GET', `/api/pipeline/${id}`)).targets[0];
}

/** Writes into the store of a stopped host that nobody knows any more what became of a post. */
function forget(postId: string): void {
  const store = new Database(join(data.path, 'sandbox', 'data', 'autosocial.db'));
  const reason = 'The network could not tell us within a day whether the post is live.';
  store
    .prepare(
      `UPDATE publish_attempts SET state = 'needs_human', remote_id = NULL, permalink = NULL, ended_at = NULL,
       error_message = ? WHERE target_id IN (SELECT id FROM post_targets WHERE post_id = ?)`,
    )
    .run(reason, postId);
  store
    .prepare(
      `UPDATE post_targets SET status = 'held', remote_id = NULL, permalink = NULL, published_at = NULL,
       error_code = 'unclear', error_message = ? WHERE post_id = ?`,
    )
    .run(reason, postId);
  store.prepare("UPDATE content_pipeline SET status = 'held', held_reason = ? WHERE id = ?").run(reason, postId);
  store.close();
}

it('a post whose fate is unclear is found among the account’s posts, by keyboard alone', async () => {
  const caption = 'Is this one out there?';
  const published = await publishedPost(caption);
  await publishedPost('Surely another one.');
  await host.stop();
  forget(published.id);
  host = await startHost(data.path);

  await page.goto(host.loginLink);
  const need = page.getByTestId('needs-me').locator('[data-need=unclear]');
  await need.getByText('1 post may be live already').waitFor();
  await visitor.shot('home');
  await need.getByRole('link', { name: 'Decide' }).click();

  const panel = page.getByTestId('unclear');
  await panel.getByRole('figure', { name: 'What was sent' }).getByText(caption).waitFor();
  const other = panel.getByRole('radio', { name: /^Surely another one/ });
  await other.waitFor();
  expect(await other.isDisabled()).toBe(true);
  expect(await button('It is live: this one').isDisabled()).toBe(true);
  await visitor.shot('unclear');
  await panel.getByRole('radio', { name: /^Is this one out there/ }).press('Space');
  await visitor.shot('picked');
  await button('It is live: this one').press('Enter');

  await page.locator('[data-testid=target-status-facebook][data-status=published]').waitFor();
  expect(await targetOf(published.id)).toMatchObject({ status: 'published', remoteId: published.targets[0]?.remoteId });
  expect(await timesLive(caption)).toBe(1);
});

it('what became due while everything was stopped goes out only as a person says', async () => {
  await open('/');
  await button('Stop everything').click();
  const asked = performance.now();
  await button('Stop now').click();
  await dialog('Stopped').getByText('Nothing is being sent').waitFor();
  // Half a second by itself; other tests may be at work beside this one.
  expect(performance.now() - asked).toBeLessThan(3_000);
  await visitor.shot('stopped');
  await dialog('Stopped').getByRole('button', { name: 'Close' }).last().click();

  const [first, second] = [
    await approvedPost('Due meanwhile, one.', 2_000),
    await approvedPost('Due meanwhile, two.', 2_000),
  ];
  for (const { id } of [first, second]) {
    await until('its time has come', async () => (await targetOf(id))?.error?.code === 'stopped');
  }
  await button('Resume publishing').click();
  await dialog('Resume publishing?').getByText('2 posts became due while publishing was stopped.').waitFor();
  await visitor.shot('resume');
  await button('Resume now').click();
  const row = (caption: string) => page.getByTestId('affected').filter({ hasText: caption });
  await row('Due meanwhile, two.').getByRole('button', { name: 'Publish now' }).waitFor();
  await visitor.shot('resumed');
  await row('Due meanwhile, one.').getByRole('button', { name: 'Publish now' }).click();
  await row('Due meanwhile, one.').waitFor({ state: 'detached' });
  await button('Leave the rest held').click();

  await until('the chosen one is live', async () => (await timesLive('Due meanwhile, one.')) === 1);
  expect(await targetOf(second.id)).toMatchObject({ status: 'held', error: { code: 'after_stop' } });
  expect(await timesLive('Due meanwhile, two.')).toBe(0);
  await page.getByTestId('needs-me').locator('[data-need=missed]').getByText('1 post missed its time').waitFor();
  await visitor.shot('left-held');
});

it('a STOP file in the data folder stops everything, and says so on every page until it is gone', async () => {
  const { folder } = await host.api<{ folder: string }>('GET', '/api/admin/backups');
  const file = join(dirname(folder), 'STOP');
  await open('/clients');
  const bar = page.locator('[data-testid=halt][data-code=stop_file]');
  writeFileSync(file, '');
  await bar.waitFor({ timeout: 30_000 });
  await visitor.shot('halted');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Posts' }).click();
  await bar.waitFor();
  rmSync(file);
  await bar.waitFor({ state: 'detached', timeout: 30_000 });
});

it('a backup is taken and brought back, and the page finds the app again by itself', async () => {
  await open('/settings?tab=data');
  await button('Back up now').click();
  await page.getByText(/^Backed up and checked: \d+ posts/).waitFor();
  await visitor.shot('backups');
  const later = await approvedPost('Written after the backup.', 24 * 3_600_000);

  await button('Restore…').first().click();
  const ask = dialog('Restore this backup?');
  await ask.getByText('Nothing is sent before each post that was due since then has been looked up').waitFor();
  expect(await ask.getByRole('button', { name: 'Restore and restart' }).isDisabled()).toBe(true);
  await ask.getByRole('checkbox').check();
  await visitor.shot('restore');
  await ask.getByRole('button', { name: 'Restore and restart' }).click();
  await dialog('Restored').waitFor({ timeout: 60_000 });
  await visitor.shot('restored');

  await expect(host.api('GET', `/api/pipeline/${later.id}`)).rejects.toThrow('404');
  await until('everything is looked up and publishing goes on', async () => {
    const { halts } = await host.api<{ halts: unknown[] }>('GET', '/api/host');
    return halts.length === 0;
  });
  await dialog('Restored').getByRole('link', { name: 'See what waits' }).click();
  await page.getByRole('heading', { name: 'Posts' }).waitFor();
});
