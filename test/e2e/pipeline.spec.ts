import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { clearMessages, undo, undoByKeyboard, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until, untilWeekIsWritten } from './host.ts';

const data = makeDataDir();
const own = 'Harbour Bakery';
const posts = 45;
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;

beforeAll(async () => {
  host = await startHost(data.path);
  client = await ownClient();
  visitor = await visit('pipeline');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByTestId('needs-me').waitFor();
}, 120_000);

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

/** A client of its own with posts that wait for review, one an hour from tomorrow on; the first one is about anchors. */
async function ownClient(): Promise<Client> {
  const sample = await until('the sample agency has posts', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review');
    return items.find(({ targets }) => targets.some(({ platform }) => platform === 'facebook'));
  });
  const made = await host.api<Client>('GET', `/api/clients/${sample?.clientId}`);
  const renamed = await host.api<Client>('PATCH', `/api/clients/${made.id}`, { name: own });
  const accountId = sample?.targets.find(({ platform }) => platform === 'facebook')?.accountId ?? '';
  const tomorrow = Date.now() + 26 * 3_600_000;
  for (let index = 0; index < posts; index += 1) {
    await host.api('POST', '/api/pipeline', {
      clientId: made.id,
      caption: index === 0 ? 'Anchors aweigh: fresh rolls' : `Zopfbrot number ${index}`,
      scheduledFor: new Date(tomorrow + index * 3_600_000).toISOString(),
      targets: [{ accountId }],
    });
  }
  return renamed;
}

const field = (): Locator => page.getByRole('combobox', { name: 'Find posts' });
const grid = (): Locator => page.getByTestId('post-table');
const rows = (): Locator => page.getByTestId('post-row');
const bar = (): Locator => page.getByRole('toolbar', { name: 'What to do with the selected posts' });
const tab = (name: string): Locator => page.getByRole('tab', { name });
const said = (text: string | RegExp): Locator => page.locator('.notifications, [role=alert]').getByText(text).last();
const ofClient = async (status: string, search = ''): Promise<Post[]> =>
  (
    await host.api<{ items: Post[] }>(
      'GET',
      `/api/pipeline?clientId=${client.id}&status=${status}&limit=200&search=${search}`,
    )
  ).items;
const inAddress = (name: string, value: string | null): Promise<void> =>
  page.waitForURL((url) => url.searchParams.get(name) === value);

it('posts are found by typing, with suggestions, and the pickers say the same', async () => {
  await page.goto(`${host.origin}/pipeline`);
  await rows().first().waitFor();
  await field().click();
  await page.keyboard.type('cli');
  await page.getByRole('option', { name: 'client:', exact: false }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('harb');
  await page.getByRole('option', { name: `client:"${own}"` }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await inAddress('client', client.id);
  await page.keyboard.type('anchors');
  await inAddress('q', 'anchors');
  await expect.poll(() => rows().count()).toBe(1);
  expect(await page.getByRole('combobox', { name: 'Client' }).inputValue()).toBe(own);
  await expect.poll(() => tab('To review').innerText()).toMatch(/\b1$/);

  await field().fill('status:lost client:nobody date:yesterweek');
  await page.keyboard.press('Enter');
  await page.getByText('There is no status “lost”', { exact: false }).waitFor();
  await page.getByText('“yesterweek” is no day', { exact: false }).waitFor();
  await field().fill('');
  await inAddress('q', null);
});

it('the same filter is picked by mouse, kept in the address, and survives going away and back', async () => {
  await page.goto(`${host.origin}/pipeline`);
  await page.getByRole('combobox', { name: 'Client' }).click();
  await page.getByRole('option', { name: own }).click();
  await inAddress('client', client.id);
  await tab('To review').click();
  await inAddress('show', 'review');
  await expect.poll(() => field().inputValue()).toBe(`client:"${own}" status:review`);
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByTestId('needs-me').waitFor();
  await page.getByRole('link', { name: 'Posts', exact: true }).click();
  await inAddress('show', 'review');
  await page.goto(`${host.origin}/pipeline?from=2026-02-31&network=%00&show=__proto__&client=nobody&q=%ED%A0%80`);
  await page.getByRole('heading', { name: 'Posts', level: 1 }).waitFor();
  await page
    .getByText(/No post matches|This is gone|Something here is gone/)
    .first()
    .waitFor();
  visitor.errors.length = 0;
});

it('all that match are approved by mouse in one go, and taken back', async () => {
  await page.goto(`${host.origin}/pipeline?client=${client.id}&show=review&q=zopfbrot`);
  await rows().first().getByRole('checkbox').click();
  await rows()
    .nth(2)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await bar().getByText('3 selected').waitFor();
  await bar()
    .getByRole('button', { name: `Select all ${posts - 1} that match` })
    .click();
  await bar()
    .getByText(`${posts - 1} selected`)
    .waitFor();
  await bar().getByRole('button', { name: 'Approve' }).click();
  await said(`${posts - 1} posts approved.`).waitFor();
  expect(await ofClient('approved', 'zopfbrot')).toHaveLength(posts - 1);
  await undo(page, `${posts - 1} posts approved.`);
  await said(`Taken back for ${posts - 1} posts.`).waitFor();
  expect(await ofClient('approved', 'zopfbrot')).toEqual([]);
  expect(await ofClient('in_review', 'zopfbrot')).toHaveLength(posts - 1);
});

it('the table is worked by keyboard alone: select a range, delete it, bring it back', async () => {
  await page.goto(`${host.origin}/pipeline?client=${client.id}&show=review&q=zopfbrot`);
  await rows().first().waitFor();
  await grid().focus();
  const active = (): Promise<string | null> => grid().getAttribute('aria-activedescendant');
  const first = await active();
  await page.keyboard.press('ArrowDown');
  expect(await active()).not.toBe(first);
  await page.keyboard.press('Home');
  expect(await active()).toBe(first);
  await page.keyboard.press('Space');
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('Shift+ArrowDown');
  await bar().getByText('3 selected').waitFor();
  const before = (await ofClient('in_review', 'zopfbrot')).length;
  await bar().getByRole('button', { name: 'Delete' }).press('Enter');
  const question = page.getByRole('dialog', { name: 'Delete 3 posts?' });
  await untilKeyboardIn(question);
  await question.getByRole('button', { name: 'Delete' }).press('Enter');
  await said('3 posts deleted.').waitFor();
  expect(await ofClient('in_review', 'zopfbrot')).toHaveLength(before - 3);
  await undoByKeyboard(page, '3 posts deleted.');
  await said('Taken back for 3 posts.').waitFor();
  expect(await ofClient('in_review', 'zopfbrot')).toHaveLength(before);
  await expect.poll(() => rows().first().getAttribute('id')).toBe(first);
  await page.keyboard.press('Escape');
  await grid().focus();
  await page.keyboard.press('End');
  await expect.poll(active).not.toBe(first);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/posts\//);
});

it('many are moved by a day and rejected with one reason, and go back to what they were', async () => {
  const [one, two] = await ofClient('in_review', 'zopfbrot');
  await host.api('POST', `/api/pipeline/${one?.id}/approve`, {});
  await page.goto(`${host.origin}/pipeline?client=${client.id}&q=zopfbrot&sort=time`);
  await rows().first().getByRole('checkbox').click();
  await rows().nth(1).getByRole('checkbox').click();
  await bar().getByRole('button', { name: 'Move…' }).click();
  await page.getByRole('dialog', { name: 'Move 2 posts' }).getByRole('button', { name: 'Move' }).click();
  await said('2 posts moved.').waitFor();
  const moved = await host.api<Post>('GET', `/api/pipeline/${two?.id}`);
  expect(Date.parse(moved.scheduledFor) - Date.parse(two?.scheduledFor ?? '')).toBe(24 * 3_600_000);
  await undo(page, '2 posts moved.');
  await said('Taken back for 2 posts.').waitFor();

  // They come back to their places in the list a moment after it is said.
  await until('the two posts are first again', async () => {
    const ids = await Promise.all([0, 1].map((place) => rows().nth(place).getAttribute('data-post-id')));
    return ids[0] === one?.id && ids[1] === two?.id;
  });
  await rows().first().getByRole('checkbox').click();
  await rows().nth(1).getByRole('checkbox').click();
  await bar().getByRole('button', { name: 'Reject…' }).click();
  await page.getByLabel('Reason').fill('Too much bread');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await said('2 posts rejected.').waitFor();
  expect((await host.api<Post>('GET', `/api/pipeline/${two?.id}`)).rejectedReason).toBe('Too much bread');
  await undo(page, '2 posts rejected.');
  // That it was taken back was said before already, for the move.
  await until(
    'the rejection is taken back too',
    async () => (await host.api<Post>('GET', `/api/pipeline/${one?.id}`)).status === 'approved',
  );
});

it('the board approves by keyboard and by dragging, and takes it back', async () => {
  await page.goto(`${host.origin}/pipeline?client=${client.id}&view=board&q=anchors`);
  const column = (name: string): Locator => page.getByRole('region', { name });
  const card = (name: string): Locator => column(name).getByTestId('board-card');
  await card('To review').waitFor();
  await column('To review').getByRole('listbox').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await card('Scheduled').waitFor();
  expect(await ofClient('approved', 'anchors')).toHaveLength(1);
  await card('Scheduled').dragTo(column('Published'));
  expect(await ofClient('approved', 'anchors')).toHaveLength(1);
  await card('Scheduled').dragTo(column('To review'));
  await card('To review').waitFor();
  await clearMessages(page);
  await card('To review').dragTo(column('Scheduled'));
  await card('Scheduled').waitFor();
  await undo(page, '1 post approved.');
  await card('To review').waitFor();
  await column('To review').getByRole('listbox').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/posts\//);
});

it('writing says its price before, shows each post, and goes on when the page is loaded anew', async () => {
  await host.api('PUT', `/api/clients/${client.id}/rules`, {
    postsPerWeek: 7,
    days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    times: ['05:25'],
    platforms: ['facebook', 'instagram'],
  });
  await untilWeekIsWritten(host);
  await page.goto(`${host.origin}/clients/${client.id}?tab=pipeline`);
  await page.getByRole('button', { name: 'Write the week' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Write posts with AI' });
  await dialog.getByRole('combobox', { name: 'Clients' }).click();
  await page.getByRole('option', { name: own }).click();
  await dialog
    .getByTestId('write-total')
    .getByText(/\$0\.\d\d/)
    .waitFor();
  await dialog.getByText('7 pictures').waitFor();
  await visitor.shot('plan');
  await dialog.getByRole('button', { name: 'Write 7 posts' }).click();
  await dialog.getByTestId('writing-post').nth(6).waitFor();
  await visitor.shot('writing');
  await page.reload();
  await page.getByRole('button', { name: 'Write the week' }).first().click();
  await page.getByText('Done: 7 posts written.').or(dialog.getByTestId('writing-run')).first().waitFor();
  await until('all are written', async () => {
    const { items } = await host.api<{ items: { state: string; posts: { step: string }[] }[] }>(
      'GET',
      '/api/pipeline/writing',
    );
    return items.some(({ state, posts: steps }) => state === 'done' && steps.length >= 7);
  });
  await visitor.shot('written');
});

it('no page reported an error', () => {
  expect(visitor.errors).toEqual([]);
});
