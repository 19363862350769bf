import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { undo, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';
import { standOnEachOther } from './steps.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let clientId: string;
let accountId: string;
let posts: Post[];

const captions = [
  'Bread that was still flour this morning. Come by.',
  'Our Sunday cake is back, with plums.',
  'The terrace is open until the sun is gone.',
  'While the street is still asleep, our oven is already singing.\n\nCome by early.',
  'A cheap trick we never use: dough from yesterday.',
];

beforeAll(async () => {
  host = await startHost(data.path);
  const sample = await until('the sample agency has its first post', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline');
    return items.find(({ source, targets }) => source === 'manual' && targets[0]?.platform === 'facebook');
  });
  clientId = sample.clientId;
  await untilNothingWaits();
  const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${clientId}/accounts`);
  accountId = items.find(({ platform }) => platform === 'facebook')?.id ?? '';
  posts = await Promise.all(captions.map(writePost));
  visitor = await visit('review');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByTestId('needs-me').waitFor();
});

afterAll(async () => {
  expect(visitor.errors).toEqual([]);
  await visitor.leave();
  await host.stop();
  data.remove();
});

standOnEachOther(() => visitor);

/** The sample agency writes no more for this client, and what it wrote is out of the way. */
async function untilNothingWaits(): Promise<void> {
  const rules = { postsPerWeek: 0, days: [], times: [], platforms: [] };
  await host.api('PUT', `/api/clients/${clientId}/rules`, rules);
  await until(
    'nothing waits',
    async () => {
      const { items } = await host.api<{ items: Post[] }>('GET', `/api/pipeline?clientId=${clientId}&limit=200`);
      for (const { id, status } of items)
        if (status === 'in_review') await host.api('POST', `/api/pipeline/${id}/reject`, {});
      return !items.some(({ status }) => status === 'in_review' || status === 'generating');
    },
    60_000,
  );
  const lessons = await host.api<{ items: { id: string }[] }>('GET', `/api/clients/${clientId}/lessons`);
  for (const { id } of lessons.items) await host.api('DELETE', `/api/clients/${clientId}/lessons/${id}`);
}

function writePost(caption: string, index: number): Promise<Post> {
  const scheduledFor = new Date(Date.now() + (index + 2) * 24 * 3_600_000).toISOString();
  return host.api('POST', '/api/pipeline', { clientId, caption, scheduledFor, targets: [{ accountId }] });
}

const id = (index: number): string => posts[index]?.id ?? '';
const postOf = (index: number): Promise<Post> => host.api('GET', `/api/pipeline/${id(index)}`);
const isIn = (index: number, status: Post['status']) =>
  until(`post ${index + 1} is ${status}`, async () => (await postOf(index)).status === status);
const progress = (text: string): Promise<void> =>
  page
    .getByRole('status')
    .getByText(text, { exact: true })
    .or(page.getByRole('status').filter({ hasText: new RegExp(`^${text}$`) }))
    .first()
    .waitFor();
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const main = (): Locator => page.getByRole('main');
const shows = (index: number): Promise<void> =>
  main()
    .getByText(captions[index]?.split('\n')[0] ?? '')
    .first()
    .waitFor();
/** The post in view waits for a decision; one that was taken back does so a moment after the core knows. */
const isUndecided = (): Promise<void> => page.locator('[data-testid=approve]:enabled').waitFor();
const review = (): Promise<unknown> => page.goto(`${host.origin}/review?client=${clientId}`);
const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });

it('goes through a week by keyboard: approve, take back, reject with a reason, edit', async () => {
  await review();
  await progress('1 of 5');
  await shows(0);
  await page.keyboard.press('a');
  await shows(1);
  await isIn(0, 'approved');
  await page.keyboard.press('u');
  await shows(0);
  await isIn(0, 'in_review');
  await isUndecided();
  await page.keyboard.press('a');
  await shows(1);
  await page.keyboard.press('r');
  await untilKeyboardIn(dialog('Reject this post').getByRole('textbox'));
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await shows(2);
  await isIn(1, 'rejected');
  expect((await postOf(1)).rejectedReason).toBe('Not our tone');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Caption' }).fill('The terrace is open until the moon is up.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('textbox', { name: 'Caption' }).waitFor({ state: 'hidden' });
  await main().getByText('until the moon is up').first().waitFor();
  await page.keyboard.press('a');
  await shows(3);
  await progress('4 of 5');
  expect((await postOf(2)).caption).toContain('the moon is up');
});

it('shows other wordings side by side, and takes one with its number', async () => {
  await page.keyboard.press('v');
  const variants = dialog('Other wordings').getByTestId('variant');
  await variants.nth(2).waitFor();
  expect(await variants.count()).toBe(3);
  expect(await variants.locator('ins').count()).toBeGreaterThan(0);
  const second = await host.api<{ items: { caption: string }[] }>('GET', `/api/pipeline/${id(3)}/variants`);
  expect(second.items).toHaveLength(3);
  await visitor.shot('variants');
  await page.keyboard.press('2');
  await dialog('Other wordings').waitFor({ state: 'hidden' });
  const chosen = await until('the wording is in the post', async () => {
    const { caption } = await postOf(3);
    return caption !== captions[3] && caption;
  });
  expect(second.items.map(({ caption }) => caption)).toContain(chosen);
  await undo(page, 'The new wording is in the post.');
  await until('the old wording is back', async () => (await postOf(3)).caption === captions[3]);
  // An approval is for the words that were seen: until the page shows the old ones, it would be refused.
  await until('the old wording is seen', async () => {
    const seen = await main().innerText();
    const old = linesOf(captions[3] ?? '');
    const added = linesOf(chosen).filter((line) => !old.includes(line));
    return old.every((line) => seen.includes(line)) && !added.some((line) => seen.includes(line));
  });
  await page.keyboard.press('a');
  await shows(4);
});

it('brings a post back with the reason when its approval fails, and ends when nothing is left', async () => {
  await host.api('PUT', `/api/clients/${clientId}/brand`, { bannedTerms: ['cheap'] });
  await page.keyboard.press('a');
  await page.getByText('“cheap” is a banned term').first().waitFor();
  await shows(4);
  expect((await postOf(4)).status).toBe('in_review');
  await host.api('PUT', `/api/clients/${clientId}/brand`, { bannedTerms: [] });
  await page.keyboard.press('k');
  await progress('4 of 5');
  await page.keyboard.press('ArrowRight');
  await progress('5 of 5');
  await isUndecided();
  await page.keyboard.press('a');
  await page.getByRole('heading', { name: 'All reviewed' }).waitFor();
  await main().getByText('4 approved and 1 rejected').waitFor();
  await visitor.shot('all-reviewed');
  await page.keyboard.press('u');
  await shows(4);
  await isIn(4, 'in_review');
});

it('tells what the AI has learnt, and forgets it', async () => {
  await page.goto(`${host.origin}/clients/${clientId}?tab=brand`);
  const lessons = page.getByTestId('lessons');
  await lessons.getByText('Told the AI: Not our tone').waitFor();
  await lessons.getByRole('button', { name: /^Forget/ }).click();
  await lessons.getByText('Nothing yet.').waitFor();
  await undo(page, 'Forgotten.');
  await lessons.getByText('Told the AI: Not our tone').waitFor();
});

it('goes through a week by mouse', async () => {
  await host.api('POST', `/api/pipeline/${id(0)}/reopen`, {});
  await review();
  await progress('1 of 2');
  await shows(0);
  await page.getByTestId('approve').click();
  await shows(4);
  await page
    .getByRole('status')
    .getByText(/^Approved\. It goes out/)
    .waitFor();
  await page.getByTestId('reject').click();
  await dialog('Reject this post').getByRole('button', { name: 'Too long' }).click();
  await dialog('Reject this post').getByRole('button', { name: 'Reject', exact: true }).click();
  await page.getByRole('heading', { name: 'All reviewed' }).waitFor();
  await isIn(4, 'rejected');
  await page.getByRole('button', { name: 'Undo' }).click();
  await shows(4);
  await isIn(4, 'in_review');
});

it('shows what was changed since the approval, and the whole history', async () => {
  const { caption } = await postOf(0);
  await host.api('PATCH', `/api/pipeline/${id(0)}`, {
    caption: caption.replace('flour', 'grain'),
    hashtags: ['#bread'],
  });
  await page.goto(`${host.origin}/posts/${id(0)}`);
  const changes = page.getByTestId('changes');
  await changes.getByText('Changed since it was approved').waitFor();
  expect(await changes.locator('del').allInnerTexts()).toEqual([expect.stringContaining('flour')]);
  expect((await changes.locator('ins').allInnerTexts()).join()).toMatch(/grain[\s\S]*#bread/);
  const history = page.getByTestId('history');
  await history.getByText('Changed: caption and hashtags').waitFor();
  await history.getByText('Put back to review').first().waitFor();
  await visitor.shot('changes-and-history');
  await page.getByTestId('approve').click();
  await changes.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Publish now' }).click();
  await dialog('Publish now?').getByRole('button', { name: 'Publish now' }).click();
  await history.getByText('Live on Facebook').waitFor({ timeout: 30_000 });
  await history.getByRole('button', { name: 'Step by step: Live on Facebook' }).click();
  await history.getByText('Sent the request that makes it public').waitFor();
  await visitor.shot('history');
});
