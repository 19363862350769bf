import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Brand } from '../../shared/contract/brand.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Rules } from '../../shared/contract/rules.ts';
import { undo, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost } from './host.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;

beforeAll(async () => {
  host = await startHost(data.path);
  visitor = await visit('clients');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
});

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await visitor.shot('stumbled');
});

const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const row = (name: string): Locator => page.getByTestId('client-card').filter({ hasText: name });
const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
const storedRules = (): Promise<Rules> => host.api('GET', `/api/clients/${client.id}/rules`);
const storedBrand = (): Promise<Brand> => host.api('GET', `/api/clients/${client.id}/brand`);

async function openTab(tab: string): Promise<void> {
  await page.goto(`${host.origin}/clients/${client.id}?tab=${tab}`);
}

describe('the clients', () => {
  it('are added, found and gone through by keyboard alone', async () => {
    await page.goto(`${host.origin}/clients`);
    await row('Tidewater Yoga').waitFor();
    await button('Add client').press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a client' });
    await untilKeyboardIn(dialog.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.type('Zimt & Zucker');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Zimt & Zucker' }).waitFor();
    client = (await host.api<{ items: Client[] }>('GET', '/api/clients')).items.find(
      ({ name }) => name === 'Zimt & Zucker',
    )!;

    await page.goto(`${host.origin}/clients`);
    await row('Zimt & Zucker').getByText('Being set up').first().waitFor();
    const search = page.getByRole('searchbox', { name: 'Search clients' });
    await search.press('ArrowDown');
    const first = await focused();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe(first);
    await search.fill('zucker');
    await expect.poll(() => page.getByTestId('client-card').count()).toBe(1);
    await search.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Zimt & Zucker' }).waitFor();
  });

  it('are filtered and ordered in the address, so that the way back leads to the same list', async () => {
    await page.goto(`${host.origin}/clients`);
    await page.getByText(/^At rest/).click();
    await expect.poll(() => page.getByTestId('client-card').count()).toBe(1);
    await row('Zimt & Zucker').getByRole('link').click();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByTestId('client-card').count()).toBe(1);
    await page.getByText(/^All \d/).click();
    await page.getByRole('columnheader', { name: 'Client' }).getByRole('button').click();
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('name');
    await expect.poll(() => page.getByTestId('client-card').first().textContent()).toContain('Juniper Lane');
    await page.getByRole('searchbox', { name: 'Search clients' }).fill('nobody at all');
    await button('Show all clients').click();
    await expect.poll(() => page.getByTestId('client-card').count()).toBe(4);
  });

  it('show at a glance when they are stopped', async () => {
    await row('Zimt & Zucker').getByRole('link').click();
    await button('More actions').click();
    await page.getByRole('menuitem', { name: 'Stop this client' }).click();
    await page.getByRole('dialog', { name: 'Stopped' }).getByRole('button', { name: 'Close' }).last().click();
    await page.getByTestId('client-health').getByText('Stopped: nothing goes out').waitFor();
    await page.getByTestId('needs-here').getByRole('button', { name: 'Resume this client' }).waitFor();
    await host.api('PUT', '/api/admin/kill-switch', { scope: 'client', id: client.id, engaged: false });
    await page.getByTestId('client-health').getByText('Being set up').waitFor();
  });

  it('have tabs that the arrow keys reach and the address names', async () => {
    await page.getByRole('tab', { name: 'Overview' }).focus();
    for (const tab of ['pipeline', 'calendar', 'brand']) {
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => new URL(page.url()).searchParams.get('tab')).toBe(tab);
    }
    for (const tab of ['insights', 'activity']) {
      await openTab(tab);
      await page.locator(`[role=tab][aria-selected=true]`).waitFor();
    }
    await page.getByText('Added Zimt & Zucker').waitFor();
    expect(await page.getByText('Tidewater').count()).toBe(0);
  });
});

describe('a brand', () => {
  const example = (): Locator => page.getByTestId('brand-example');

  it('shows every change in the example at once', async () => {
    await openTab('brand');
    await example().getByText('A post would stand here.').waitFor();
    await button('Add a colour').click();
    await page.getByLabel('Hex value').fill('#ffe066');
    await page.getByText('Too pale for words on white').waitFor();
    await page.getByLabel('Hex value').fill('#7a1f2b');
    await page.getByText('Also good for words on white').waitFor();
    await page.keyboard.press('Escape');
    await button('Add a call to action').click();
    await page.getByRole('textbox', { name: 'Call to action 1' }).fill('Come by before ten.');
    await example().getByText('Come by before ten.').first().waitFor();
    await page.getByRole('combobox', { name: 'Hashtags' }).fill('zimt');
    await page.keyboard.press('Enter');
    await example().getByText('#zimt').waitFor();
    await button('Add an example').click();
    await page.getByRole('textbox', { name: 'Example post 1' }).fill('Warm rolls, cheap smiles.');
    await example().getByText('Warm rolls, cheap smiles.').waitFor();
  });

  it('marks banned words wherever they stand, and says why', async () => {
    await page.getByRole('combobox', { name: 'Banned words and phrases' }).fill('cheap');
    await page.keyboard.press('Enter');
    expect(await example().locator('mark').textContent()).toBe('cheap');
    await page.getByText('The example post “Warm rolls, cheap smiles.” holds “cheap”.').waitFor();
    await page.getByLabel('Try it').fill('So c h e a p, and #CheapBread too. Not cheapest.');
    const tester = page.getByTestId('tester');
    await tester.getByText('is “cheap” with its letters spelled out.').waitFor();
    await tester.getByText('is “cheap” inside a hashtag.').waitFor();
    await tester.getByText('2 hits: a post with this text would be stopped.').waitFor();
    await visitor.shot('brand');
  });

  it('is saved in one go, guarded while it is not, and taken back', async () => {
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page
      .getByRole('dialog', { name: 'Leave without saving?' })
      .getByRole('button', { name: 'Keep editing' })
      .click();
    await button('Save changes').click();
    await page.getByText('Brand saved.').waitFor();
    expect(await storedBrand()).toMatchObject({ bannedTerms: ['cheap'], colors: ['#7a1f2b'], hashtags: ['#zimt'] });
    await undo(page, 'Brand saved.');
    await expect.poll(async () => (await storedBrand()).bannedTerms).toEqual([]);
    await expect.poll(() => page.getByRole('textbox', { name: 'Call to action 1' }).count()).toBe(0);
  });

  it('has the AI write an example by what is not saved yet, and what it cost is counted', async () => {
    const spent = async () => (await host.api<{ spend: { calls: number } }>('GET', '/api/admin/stats')).spend.calls;
    const before = await spent();
    await page.getByRole('textbox', { name: 'Voice' }).fill('A bakery by the sea, cheerful and salty.');
    await button('Write an example').click();
    await example().getByText('Written by the AI from what stands here now.').waitFor();
    expect(await spent()).toBeGreaterThan(before);
    await button('Keep as an example post').click();
    expect(await page.getByRole('textbox', { name: 'Example post 1' }).inputValue()).not.toBe('');
    const posts = await host.api<{ items: unknown[] }>('GET', `/api/pipeline?clientId=${client.id}`);
    expect(posts.items).toEqual([]);
    await button('Discard').click();
  });
});

describe('rules', () => {
  it('show the slots they give before they are saved', async () => {
    await openTab('rules');
    const slots = page.getByTestId('slots');
    await slots.waitFor();
    for (const day of ['Mon', 'Wed', 'Fri']) await page.getByText(day, { exact: true }).first().click();
    await page.getByText('Choose at least one day and one time.').waitFor();
    await page.getByText('These rules give no slot.').waitFor();
    await page.getByText('Tue', { exact: true }).first().click();
    await page.getByText('only 1 of 3 posts can be planned').waitFor();
    await page.getByRole('spinbutton', { name: 'Hour to add' }).fill('17');
    await button('Add time').click();
    await expect.poll(() => slots.getByText('17:00').count()).toBe(2);
    await expect.poll(() => slots.getByText('09:00').count()).toBe(2);
    expect((await storedRules()).days).toEqual(['mon', 'wed', 'fri']);
  });

  it('say what they let the app do by itself', async () => {
    await page.getByRole('switch', { name: 'Approve by itself' }).press('Space');
    await page.getByText('Nobody sees these posts before they are published').waitFor();
    await page.getByRole('textbox', { name: 'How late a post may still go out' }).fill('45');
    await page.getByText('still goes out by itself until 09:45').waitFor();
    await visitor.shot('rules');
    await page.getByRole('switch', { name: 'Approve by itself' }).press('Space');
    await button('Save changes').click();
    await page.getByText('Rules saved.').waitFor();
    expect(await storedRules()).toMatchObject({ days: ['tue'], times: ['09:00', '17:00'], graceMinutes: 45 });
    await undo(page, 'Rules saved.');
    await expect.poll(async () => (await storedRules()).days).toEqual(['mon', 'wed', 'fri']);
  });

  it('no page reported an error on the way', () => {
    expect(visitor.errors).toEqual([]);
  });
});
