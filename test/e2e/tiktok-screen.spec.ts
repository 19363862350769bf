import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';

/* What TikTok wants a person to see and choose before a post is published directly. */

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
/** One of the sample agency's that goes to TikTok and waits for review. */
let post: Post;

beforeAll(async () => {
  host = await startHost(data.path);
  post = await until('a post for TikTok is written', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review');
    return items.find(({ targets }) => targets.some(({ platform }) => platform === 'tiktok')) ?? false;
  });
  const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${post.clientId}/accounts`);
  const tiktok = items.find(({ platform }) => platform === 'tiktok');
  await host.api('PATCH', `/api/clients/${post.clientId}/accounts/${tiktok?.id}`, { audited: true });
  visitor = await visit('tiktok-screen');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.goto(`${host.origin}/posts/${post.id}`);
});

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await visitor.shot('stumbled');
});

const box = (name: string | RegExp) => page.getByRole('checkbox', { name });
const agreement = () => box(/^By posting, you agree/);
const disclosure = () => page.getByRole('switch', { name: 'Disclose video content' });

async function target(): Promise<Post['targets'][number] | undefined> {
  const { targets } = await host.api<Post>('GET', `/api/pipeline/${post.id}`);
  return targets.find(({ platform }) => platform === 'tiktok');
}

describe("TikTok's screen", () => {
  it('shows whose account it is and chooses nothing by itself', async () => {
    await page.getByText('Publish directly').click();
    await page.getByText(/^Posting to/).waitFor();
    const avatar = page
      .getByText(/^Posting to/)
      .locator('xpath=../..')
      .locator('img');
    expect(await avatar.getAttribute('src')).toMatch(/^data:image\//);
    await page.getByText('Videos of up to 10 minutes').waitFor();
    expect(await page.getByPlaceholder('Choose', { exact: true }).inputValue()).toBe('');
    for (const name of ['Comment', 'Duet', 'Stitch']) expect(await box(name).isChecked()).toBe(false);
    expect(await disclosure().isChecked()).toBe(false);
    expect(await agreement().isChecked()).toBe(false);
    await page.getByRole('link', { name: 'Music Usage Confirmation' }).waitFor();
    expect(await page.getByRole('button', { name: 'Save TikTok choices' }).isDisabled()).toBe(true);
    await visitor.shot('nothing-chosen');
  });

  it('wants to know what is promoted, and keeps branded content from being private', async () => {
    await disclosure().click();
    await page.getByText('You need to indicate if your content promotes yourself, a third party, or both.').waitFor();
    expect(await agreement().isDisabled()).toBe(true);
    await box('Your brand').click();
    await page.getByText('Your photo/video will be labeled as ‘Promotional content’').waitFor();
    await box('Branded content').click();
    await page.getByText('Your photo/video will be labeled as ‘Paid partnership’').waitFor();
    await page.getByRole('link', { name: 'Branded Content Policy' }).waitFor();
    await page.getByPlaceholder('Choose', { exact: true }).click();
    const onlyMe = page.getByRole('option', { name: 'Only me' });
    expect(await onlyMe.getAttribute('data-combobox-disabled')).toBe('true');
    await page.getByRole('option', { name: 'Everyone' }).click();
    await visitor.shot('paid-partnership');
  });

  it('keeps who agreed, and asks again when the post is changed', async () => {
    await agreement().click();
    await page.getByRole('button', { name: 'Save TikTok choices' }).click();
    await page.getByText(/^You agreed to this/).waitFor();
    await visitor.shot('agreed');
    expect(await target()).toMatchObject({
      options: { mode: 'direct', privacyLevel: 'PUBLIC_TO_EVERYONE', brandContent: true, brandOrganic: true },
      consent: { by: 'owner' },
    });

    await page.getByTestId('edit').click();
    const caption = page
      .getByRole('textbox', { name: 'Caption on TikTok' })
      .or(page.getByLabel('Caption', { exact: true }));
    await caption.first().fill('Rewritten on the way.');
    await page.getByRole('button', { name: /^Save/ }).click();
    await until('the consent is gone', async () => (await target())?.consent === null);
    await expect.poll(() => agreement().isChecked()).toBe(false);
    const refused = await host.api<Post>('GET', `/api/pipeline/${post.id}`);
    expect(refused.problems.map(({ code }) => code)).toContain('consent');
    expect(visitor.errors).toEqual([]);
  });
});
