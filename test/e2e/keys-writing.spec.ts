import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Brand } from '../../shared/contract/brand.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { DraftSummary } from '../../shared/contract/drafts.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import type { Rules } from '../../shared/contract/rules.ts';
import { keyAt, undoByKeyboard, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';
import { standOnEachOther } from './steps.ts';

/* A post, a brand and rules, written with the keyboard alone. */

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
/** With an account on each network; on a clock on which nobody tests. */
let client: Client;
const zone = 'Asia/Kolkata';

beforeAll(async () => {
  host = await startHost(data.path);
  client = await until('a client has an account on each network', onAllNetworks);
  client = await host.api<Client>('PATCH', `/api/clients/${client.id}`, { timezone: zone });
  visitor = await visit('keys-writing');
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

async function onAllNetworks(): Promise<Client | undefined> {
  const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  for (const each of items) {
    const accounts = await host.api<{ items: Account[] }>('GET', `/api/clients/${each.id}/accounts`);
    if (new Set(accounts.items.map(({ platform }) => platform)).size === 3) return each;
  }
  return undefined;
}

const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
const caption = (): Locator => page.getByLabel('Caption', { exact: true });
const openTab = (tab: string): Promise<unknown> => page.goto(`${host.origin}/clients/${client.id}?tab=${tab}`);
const storedBrand = (): Promise<Brand> => host.api('GET', `/api/clients/${client.id}/brand`);
const storedRules = (): Promise<Rules> => host.api('GET', `/api/clients/${client.id}/rules`);

/** Types into a field that the Tab key comes to, over what stands there. */
async function typeAt(field: Locator, text: string): Promise<void> {
  await keyAt(field, 'Control+a');
  await page.keyboard.type(text);
}

it('a post for three networks is written, with words of its own for one, and saved for review', async () => {
  await page.keyboard.press('n');
  await page.waitForURL((url) => url.pathname === '/posts/new');
  await typeAt(page.getByRole('combobox', { name: 'Client' }), client.name.slice(0, 8));
  await page.getByRole('option', { name: client.name }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox').nth(2).waitFor();
  await typeAt(caption(), 'Warm rolls from seven o’clock.');

  const tabs = page.getByRole('radiogroup', { name: 'Text of' });
  await keyAt(tabs.getByRole('radio', { name: 'All' }), 'ArrowRight');
  await page.keyboard.press('ArrowRight');
  await keyAt(button('Write its own text for Instagram'));
  await typeAt(page.getByLabel('Caption on Instagram'), 'Only for those who scroll.');
  await page
    .getByRole('figure', { name: /Instagram/ })
    .getByText('Only for those who scroll.')
    .waitFor();
  await typeAt(page.getByLabel('First comment'), 'Which one is yours?');
  await keyAt(page.getByText('Free slots by the client’s rules').locator('..').getByRole('checkbox').first(), 'Space');
  await keyAt(page.getByTestId('create'));
  await page.waitForURL(/\/posts\/[0-9a-f]{32}$/);
  const made = await host.api<Post>('GET', `/api/pipeline/${page.url().split('/').at(-1)}`);
  expect(made).toMatchObject({ status: 'in_review', firstComment: 'Which one is yours?' });
  expect(Object.fromEntries(made.targets.map((target) => [target.platform, target.caption]))).toEqual({
    facebook: null,
    instagram: 'Only for those who scroll.',
    tiktok: null,
  });
});

it('only what is marked goes to the AI, and only that is replaced', async () => {
  await page.goto(`${host.origin}/posts/new?client=${client.id}`);
  await typeAt(caption(), 'Teh bread is warm. Teh door is open.');
  await page.keyboard.press('Control+Home');
  for (let letter = 0; letter < 'Teh bread is warm.'.length; letter += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Tab');
  await untilKeyboardIn(button('Shorter'));
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await untilKeyboardIn(page.getByTestId('suggestion').getByRole('button', { name: 'Accept' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => caption().inputValue()).toBe('The bread is warm. Teh door is open.');
  await keyAt(page.getByTestId('assist-undo'));
  await expect.poll(() => caption().inputValue()).toBe('Teh bread is warm. Teh door is open.');
});

it('a time that another post has is warned of, and a better one taken', async () => {
  const accounts = await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`);
  const at = new Date(Math.ceil(Date.now() / 86_400_000 + 9) * 86_400_000 + 10 * 3_600_000).toISOString();
  const targets = accounts.items.map(({ id }) => ({ accountId: id }));
  await host.api('POST', '/api/pipeline', { clientId: client.id, caption: 'First', scheduledFor: at, targets });
  await page.goto(`${host.origin}/posts/new?client=${client.id}&at=${encodeURIComponent(at)}`);
  const warnings = page.getByTestId('schedule-warnings');
  await warnings.getByText(/at the same time\./).waitFor();
  await keyAt(warnings.getByRole('button', { name: /^Take/ }).first());
  await warnings.getByText(/at the same time/).waitFor({ state: 'detached' });
});

it('what was typed is kept, gone on with from the list, and discarded with a way back', async () => {
  await typeAt(caption(), 'Begun and left');
  await page.locator('[data-testid=save-state][data-state=saved]').waitFor();
  const drafts = async () => (await host.api<{ items: DraftSummary[] }>('GET', '/api/drafts')).items;
  await until('it is kept', async () => (await drafts()).some(({ title }) => title === 'Begun and left'));
  await page.goto(`${host.origin}/posts/new?client=${client.id}`);
  const row = page.getByTestId('unfinished').locator('div', { hasText: 'Begun and left' });
  await keyAt(row.getByRole('link', { name: 'Continue' }).first());
  await expect.poll(() => caption().inputValue()).toBe('Begun and left');
  await keyAt(button('Discard'));
  await expect.poll(() => caption().inputValue()).toBe('');
  await undoByKeyboard(page, 'Draft discarded.');
  await expect.poll(() => caption().inputValue()).toBe('Begun and left');
});

it('a brand is changed: its words, its tester, its example; saved, and taken back', async () => {
  await openTab('brand');
  const before = await storedBrand();
  await typeAt(page.getByRole('textbox', { name: 'Voice' }), 'Short and salty.');
  await keyAt(page.getByRole('combobox', { name: 'Banned words and phrases' }), 'End');
  await page.keyboard.type('bargain');
  await page.keyboard.press('Enter');
  await typeAt(page.getByLabel('Try it'), 'A b a r g a i n, they say.');
  await page.getByTestId('tester').getByText('is “bargain” with its letters spelled out.').waitFor();
  await keyAt(page.getByRole('combobox', { name: 'Hashtags' }), 'End');
  await page.keyboard.type('seabread');
  await page.keyboard.press('Enter');
  await keyAt(button('Add a call to action'));
  await typeAt(page.getByRole('textbox', { name: /^Call to action/ }).last(), 'Come before the gulls.');
  await keyAt(button('Add a colour'));
  await page.getByLabel('Hex value').waitFor();
  await page.keyboard.press('Escape');
  await keyAt(button('Save changes'));
  await page.getByText('Brand saved.').waitFor();
  expect(await storedBrand()).toMatchObject({
    hashtags: expect.arrayContaining(['#seabread']),
    ctas: [...before.ctas, 'Come before the gulls.'],
    bannedTerms: [...before.bannedTerms, 'bargain'],
  });
  await undoByKeyboard(page, 'Brand saved.');
  await expect.poll(async () => (await storedBrand()).bannedTerms).toEqual(before.bannedTerms);
});

it('rules are changed, and give their slots on the client’s clock and on mine', async () => {
  await openTab('rules');
  const slots = page.getByTestId('slots');
  await slots.waitFor();
  const before = await storedRules();
  await slots.getByRole('columnheader', { name: 'Kolkata' }).first().waitFor();
  await slots
    .getByRole('columnheader', { name: /\(you\)$/ })
    .first()
    .waitFor();
  const day = page.getByRole('checkbox', { name: 'Sun', exact: true });
  const had = await day.isChecked();
  await keyAt(day, 'Space');
  expect(await day.isChecked()).toBe(!had);
  await typeAt(page.getByRole('spinbutton', { name: 'Hour to add' }), '21');
  // Two figures, and the minutes come next.
  await untilKeyboardIn(page.getByRole('spinbutton', { name: 'Minute to add' }));
  await page.keyboard.type('40');
  await keyAt(button('Add time'));
  await button('Remove 21:40').waitFor();
  await keyAt(button('Save changes'));
  await page.getByText('Rules saved.').waitFor();
  expect((await storedRules()).times).toContain('21:40');

  const { items } = await host.api<{ items: { at: string }[] }>('GET', `/api/clients/${client.id}/slots?days=14`);
  const clock = (at: string, timeZone?: string): string =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(Date.parse(at));
  const late = items.find(({ at }) => clock(at, zone) === '21:40');
  const row = slots.getByRole('row').filter({ hasText: '21:40' }).first();
  await row
    .getByText(clock(late?.at ?? ''))
    .last()
    .waitFor();
  await visitor.shot('slots-on-both-clocks');

  await keyAt(button('Remove 21:40'));
  await button('Remove 21:40').waitFor({ state: 'detached' });
  await undoByKeyboard(page, 'Rules saved.');
  await expect.poll(async () => (await storedRules()).times).toEqual(before.times);
});
