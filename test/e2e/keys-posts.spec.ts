import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Post } from '../../shared/contract/pipeline.ts';
import { clearMessages, keyAt, undo, undoByKeyboard, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until, untilWeekIsWritten } from './host.ts';
import { standOnEachOther } from './steps.ts';

/* What other specs do to posts with the mouse, done with keys; and the other way round. */

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let clientId: string;
let accountId: string;
let posts: Post[];

beforeAll(async () => {
  host = await startHost(data.path);
  const sample = await until('the sample agency has a post on Facebook', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review');
    return items.find(({ source, targets }) => source === 'manual' && targets[0]?.platform === 'facebook');
  });
  clientId = sample.clientId;
  accountId = sample.targets[0]?.accountId ?? '';
  posts = [];
  for (let index = 0; index < 4; index += 1) posts.push(await newPost(`Keyed bread ${index}`, 48 + index));
  visitor = await visit('keys-posts');
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

function newPost(caption: string, hoursAhead: number): Promise<Post> {
  const scheduledFor = new Date(Date.now() + hoursAhead * 3_600_000).toISOString();
  return host.api('POST', '/api/pipeline', { clientId, caption, scheduledFor, targets: [{ accountId }] });
}

const id = (index: number): string => posts[index]?.id ?? '';
const postOf = (index: number): Promise<Post> => host.api('GET', `/api/pipeline/${id(index)}`);
const rows = (): Locator => page.getByTestId('post-row');
const bar = (): Locator => page.getByRole('toolbar', { name: 'What to do with the selected posts' });
const button = (name: string, within: Page | Locator = page): Locator =>
  within.getByRole('button', { name, exact: true });
const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const said = (words: string): Promise<void> => page.locator('.notifications').getByText(words).last().waitFor();
/** The first two, as the page shows them. */
const bothAre = async (status: Post['status']): Promise<void> => {
  for (const index of [0, 1]) await page.locator(`[data-post-id="${id(index)}"][data-status=${status}]`).waitFor();
};

/** The first two posts of the table, by keys. */
async function selectTwo(): Promise<void> {
  await page.getByTestId('post-table').focus();
  for (const key of ['Escape', 'Home', 'Space', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await bar().getByText('2 selected').waitFor();
  await clearMessages(page);
}

it('by keyboard many are approved, moved and rejected, and each is taken back', async () => {
  await page.goto(`${host.origin}/pipeline?client=${clientId}&q=keyed&sort=time`);
  await expect.poll(() => rows().count()).toBe(4);
  await selectTwo();
  await keyAt(button('Approve', bar()));
  await said('2 posts approved.');
  await bothAre('approved');
  await undoByKeyboard(page, '2 posts approved.');
  await bothAre('in_review');

  await selectTwo();
  await keyAt(button('Move…', bar()));
  await untilKeyboardIn(dialog('Move 2 posts').getByLabel('Days'));
  await page.keyboard.press('ArrowUp');
  await keyAt(button('Move', dialog('Move 2 posts')));
  await said('2 posts moved.');
  const { scheduledFor } = await postOf(0);
  expect(Date.parse(scheduledFor) - Date.parse(posts[0]?.scheduledFor ?? '')).toBe(48 * 3_600_000);
  await undoByKeyboard(page, '2 posts moved.');
  await said('Taken back for 2 posts.');
  await expect.poll(() => rows().first().getAttribute('data-post-id')).toBe(id(0));

  await selectTwo();
  await keyAt(button('Reject…', bar()));
  await untilKeyboardIn(dialog('Reject 2 posts').getByRole('textbox'));
  await page.keyboard.type('Too much bread');
  await keyAt(button('Reject', dialog('Reject 2 posts')));
  await said('2 posts rejected.');
  expect((await postOf(1)).rejectedReason).toBe('Too much bread');
  await undoByKeyboard(page, '2 posts rejected.');
  await bothAre('in_review');
});

it('by keyboard all that are shown are selected at once, and none again', async () => {
  await page.getByTestId('post-table').focus();
  await page.keyboard.press('Control+a');
  await bar().getByText('4 selected').waitFor();
  await page.keyboard.press('Escape');
  await bar().waitFor({ state: 'detached' });
});

it('on the board keys go from column to column, and put back to review', async () => {
  await page.goto(`${host.origin}/pipeline?client=${clientId}&view=board&q="keyed bread 0"`);
  const column = (name: string): Locator => page.getByRole('region', { name });
  const card = (name: string): Locator => column(name).getByTestId('board-card').filter({ hasText: 'Keyed bread 0' });
  await card('To review').waitFor();
  await keyAt(column('To review').getByRole('listbox'), 'Shift+ArrowRight');
  await card('Scheduled').waitFor();
  await keyAt(column('Scheduled').getByRole('listbox'), 'Shift+ArrowLeft');
  await card('To review').waitFor();
  await undoByKeyboard(page, '1 post put back to review.');
  await card('Scheduled').waitFor();
  await keyAt(column('Scheduled').getByRole('listbox'), 'Space');
  await bar().getByText('1 selected').waitFor();
  await keyAt(column('Scheduled').getByRole('listbox'), 'Enter');
  await page.waitForURL(`**/posts/${id(0)}`);
});

it('on its page a post is moved, rejected, approved and published by keyboard, and its history opened', async () => {
  await keyAt(button('Reschedule'));
  const move = dialog('Reschedule');
  await untilKeyboardIn(move);
  await keyAt(move.getByRole('checkbox').first(), 'Space');
  await keyAt(button('Move', move));
  await move.waitFor({ state: 'detached' });
  expect((await postOf(0)).scheduledFor).not.toBe(posts[0]?.scheduledFor);
  await undoByKeyboard(page, 'Moved to');
  await expect.poll(async () => (await postOf(0)).scheduledFor).toBe(posts[0]?.scheduledFor);

  await keyAt(button('More actions'));
  await untilKeyboardIn(page.getByRole('menu'));
  await page.getByRole('menuitem', { name: 'Reject' }).press('Enter');
  await untilKeyboardIn(dialog('Reject this post').getByRole('textbox'));
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await page.getByText('Rejected. It will not be published.').waitFor();
  await keyAt(button('Approve after all'));
  await keyAt(button('Publish now'));
  await untilKeyboardIn(dialog('Publish now?'));
  await keyAt(button('Publish now', dialog('Publish now?')));
  await page.locator('[data-testid=target-status-facebook][data-status=published]').waitFor({ timeout: 30_000 });
  const history = page.getByTestId('history');
  await keyAt(history.getByRole('button', { name: 'Step by step: Live on Facebook' }));
  await history.getByText('Sent the request that makes it public').waitFor();
});

it('by mouse another wording is taken, and the old one comes back', async () => {
  await page.goto(`${host.origin}/posts/${id(1)}`);
  await button('Other wordings').click();
  const variants = dialog('Other wordings').getByTestId('variant');
  await variants.nth(1).getByRole('button', { name: 'Use this' }).click();
  await dialog('Other wordings').waitFor({ state: 'detached' });
  expect((await postOf(1)).caption).not.toBe(posts[1]?.caption);
  await undo(page, 'The new wording is in the post.');
  await expect.poll(async () => (await postOf(1)).caption).toBe(posts[1]?.caption);
});

it('by keyboard a post is deleted from its page', async () => {
  await page.goto(`${host.origin}/posts/${id(3)}`);
  await keyAt(button('More actions'));
  await untilKeyboardIn(page.getByRole('menu'));
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await untilKeyboardIn(dialog('Delete this post?'));
  await keyAt(button('Delete', dialog('Delete this post?')));
  await page.waitForURL((url) => url.pathname === '/pipeline');
  await expect(postOf(3)).rejects.toThrow('404');
});

it('by keyboard posts are written: whose, how far ahead, and what it will cost', async () => {
  await untilWeekIsWritten(host);
  const { name } = await host.api<{ name: string }>('GET', `/api/clients/${clientId}`);
  await page.keyboard.press('Control+k');
  await untilKeyboardIn(page.getByRole('combobox', { name: 'Search', exact: true }));
  await page.keyboard.type('write coming');
  await page.locator('[data-combobox-selected]').getByText('Write the coming week').waitFor();
  await page.keyboard.press('Enter');
  const write = dialog('Write posts with AI');
  await untilKeyboardIn(write);
  await keyAt(write.getByRole('combobox', { name: 'Clients' }), 'Control+a');
  await page.keyboard.type(name.slice(0, 8));
  const offered = page.locator('[data-combobox-option]', { hasText: name }).filter({ visible: true });
  await offered.first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await keyAt(write.getByRole('radio', { name: '1 week' }), 'ArrowRight');
  await write
    .getByTestId('write-total')
    .getByText(/\$\d\.\d\d/)
    .waitFor();
  await keyAt(write.getByRole('button', { name: /^Write \d+ posts?$/ }));
  await write.getByTestId('writing-post').first().waitFor();
  await page.keyboard.press('Escape');
  await write.waitFor({ state: 'detached' });
});
