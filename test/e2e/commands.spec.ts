import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  host = await startHost(data.path);
  await until('the sample agency has its first post', async () => (await postsToReview()).length > 0);
  visitor = await visit('commands');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByTestId('needs-me').waitFor();
});

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

beforeEach(async () => {
  await page.goto(host.origin);
  await heading('What needs you')
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
});

const heading = (name: string | RegExp): Locator => page.getByRole('heading', { name });
const palette = (): Locator => page.getByRole('dialog', { name: 'Search and commands' });
const help = (): Locator => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const field = (): Locator => page.getByRole('combobox', { name: 'Search', exact: true });
/** The one that Enter would take. */
const chosen = (name: string | RegExp): Locator =>
  page.getByRole('option', { name }).and(page.locator('[data-combobox-selected]'));
const isAt = (path: string): Promise<void> => page.waitForURL((url) => url.pathname === path);
const postsToReview = async (): Promise<Post[]> =>
  (await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review')).items;

/** Opens the palette, types, and takes the first that is offered. */
async function ask(typed: string, first: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await field().fill(typed);
  await chosen(first).waitFor();
  await page.keyboard.press('Enter');
  await palette().waitFor({ state: 'detached' });
}

/** What is opened next must not have the keyboard taken away by what goes. */
async function closeByKeyboard(dialog: Locator): Promise<void> {
  await untilKeyboardIn(dialog);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

it('the palette leads to a page, to a client, and to a post by its words, by keyboard alone', async () => {
  await ask('setti', 'Settings');
  await isAt('/settings');
  const [client] = (await host.api<{ items: Client[] }>('GET', '/api/clients')).items;
  await ask(client?.name.slice(0, 8).toLowerCase() ?? '', new RegExp(client?.name ?? ''));
  await isAt(`/clients/${client?.id}`);
  const post = (await postsToReview()).find(({ caption }) => caption.includes('cinnamon buns'));
  await ask('BUNS cinnamon', /cinnamon buns/);
  await isAt(`/posts/${post?.id}`);
});

it('the palette starts what one can do', async () => {
  await ask('write coming', 'Write the coming week');
  await closeByKeyboard(page.getByRole('dialog', { name: 'Write posts with AI' }));
  await ask('stop', /^Stop everything/);
  await page.getByLabel('Reason').fill('Trying it out');
  await page.getByRole('button', { name: 'Stop now' }).click();
  await closeByKeyboard(page.getByRole('dialog', { name: 'Stopped' }));
  await ask('resume', /^Resume publishing/);
  await page.getByRole('button', { name: 'Resume now' }).click();
  await page.getByText('Publishing goes on.').waitFor();
});

it('opens by its button too, moves with the arrows, and gives the keyboard back', async () => {
  const search = page.getByRole('button', { name: 'Search' }).first();
  await search.focus();
  await page.keyboard.press('Enter');
  await chosen(/^Home/).waitFor();
  await page.keyboard.press('ArrowDown');
  await chosen(/^Review/).waitFor();
  await field().fill('no such thing');
  await page.getByText('Nothing found for “no such thing”.').waitFor();
  await page.keyboard.press('Escape');
  await palette().waitFor({ state: 'detached' });
  await untilKeyboardIn(search);
});

it('two keys lead to every main page, n to a new post, and ? tells them all', async () => {
  for (const [key, path] of [
    ['r', '/review'],
    ['p', '/pipeline'],
    ['c', '/calendar'],
    ['l', '/clients'],
    ['a', '/activity'],
    ['s', '/settings'],
    ['h', '/'],
  ] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await isAt(path);
  }
  await page.keyboard.press('?');
  await help().getByText('New post').waitFor();
  await visitor.shot('help');
  // The sheet has the keyboard now.
  await untilKeyboardIn(help());
  await page.keyboard.press('n');
  await closeByKeyboard(help());
  expect(new URL(page.url()).pathname).toBe('/');
  await page.keyboard.press('n');
  await isAt('/posts/new');
});

it('does nothing while somebody types', async () => {
  await page.keyboard.press('n');
  await isAt('/posts/new');
  const client = page.getByRole('combobox', { name: 'Client' });
  await client.fill('');
  await client.pressSequentially('gn?gh');
  expect(await client.inputValue()).toBe('gn?gh');
  expect(new URL(page.url()).pathname).toBe('/posts/new');
  expect(await help().count()).toBe(0);
});

it('a key after g never decides about a post under review', async () => {
  const before = (await postsToReview()).length;
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByTestId('approve').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await isAt('/activity');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByTestId('approve').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.keyboard.press('?');
  await help().waitFor();
  expect(await page.getByTestId('approve').count()).toBe(1);
  expect((await postsToReview()).length).toBeGreaterThanOrEqual(before);
});

/** The button of a shortcut in the settings, by what it does. */
const keyOf = (what: string): Locator => page.getByRole('button', { name: new RegExp(`^${what}: `) });
const caps = (what: string): Promise<string> => keyOf(what).innerText();

/** Chooses another key, as a person does. */
async function rebind(what: string, key: string): Promise<void> {
  await keyOf(what).click();
  await page.getByText('Press the new key…').waitFor();
  await page.keyboard.press(key);
  await page.getByText('Press the new key…').waitFor({ state: 'detached' });
}

it('another key for approving is chosen in the settings, decides in the review, and is told everywhere', async () => {
  await page.goto(`${host.origin}/settings?tab=shortcuts`);
  await rebind('Approve and go on', 'y');
  expect(await caps('Approve and go on')).toBe('Y');
  // What works everywhere is not done while it is chosen.
  await rebind('New post', 'Shift+N');
  expect(await caps('New post')).toMatch(/⇧ N/);
  await rebind('Activity', 'o');
  expect(new URL(page.url()).pathname).toBe('/settings');
  await visitor.shot('shortcuts');

  await page.keyboard.press('g');
  await page.keyboard.press('r');
  const approve = page.getByTestId('approve');
  await approve.waitFor();
  expect(await approve.innerText()).toMatch(/Approve\s*Y/);
  expect(await approve.getAttribute('aria-keyshortcuts')).toBe('Y');
  const waiting = (await postsToReview()).map(({ id }) => id);
  await page.keyboard.press('a');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await page.getByText(/^Approved\. It goes out/).count()).toBe(0);
  await page.keyboard.press('y');
  await page.getByText(/^Approved\. It goes out/).waitFor();
  await until('the core has it', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=approved');
    return items.filter(({ id }) => waiting.includes(id)).length === 1;
  });

  await page.keyboard.press('?');
  await help().getByText('Approve and go on').waitFor();
  expect(await help().locator('dl > div', { hasText: 'Approve and go on' }).innerText()).toMatch(/^Y\s/);
  await page.keyboard.press('Escape');
  await help().waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await field().fill('activity');
  expect(await chosen('Activity').innerText()).toMatch(/G\s*O/);
  await page.keyboard.press('Escape');
  await palette().waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await isAt('/activity');
  await page.keyboard.press('Shift+N');
  await isAt('/posts/new');
});

it('a key that is taken is refused, and the two can change places; all go back to how they came', async () => {
  await page.goto(`${host.origin}/settings?tab=shortcuts`);
  await page.getByRole('button', { name: 'Reset all' }).click();
  expect(await caps('Approve and go on')).toBe('A');
  await rebind('Approve and go on', 'r');
  await page.getByRole('alert').getByText('R is the key for “Reject, with a reason” already.').waitFor();
  expect(await caps('Approve and go on')).toBe('A');
  await visitor.shot('shortcut-taken');
  await page.getByRole('button', { name: 'Swap the two' }).click();
  expect([await caps('Approve and go on'), await caps('Reject, with a reason')]).toEqual(['R', 'A']);

  for (const [key, why] of [
    ['g', /^G belongs to the browser/],
    ['F5', /^Take a letter/],
    ['Control+c', /^Ctrl C belongs to the browser/],
  ] as const) {
    await rebind('Edit here', key);
    await page.getByRole('alert').getByText(why).waitFor();
  }
  await rebind('Search, go anywhere, do anything', 'b');
  await page.getByText('This works while you type, so its key needs Ctrl.').waitFor();
  await keyOf('Edit here').click();
  await page.keyboard.press('Escape');
  expect(await caps('Edit here')).toBe('E');

  // One alone cannot go back to a key that another has, unless they change places.
  await page.getByRole('button', { name: 'Back to A: Approve and go on' }).click();
  await page.getByRole('button', { name: 'Swap the two' }).click();
  expect([await caps('Approve and go on'), await caps('Reject, with a reason')]).toEqual(['A', 'R']);
  expect(await page.getByRole('button', { name: 'Reset all' }).count()).toBe(0);
});

it('no page reported an error on the way', () => {
  expect(visitor.errors).toEqual([]);
});
