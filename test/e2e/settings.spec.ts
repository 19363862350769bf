import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settings } from '../../shared/contract/admin.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Rules } from '../../shared/contract/rules.ts';
import { undo } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until, untilWeekIsWritten } from './host.ts';
import { untilWhole } from './places.ts';

/* The log, the jobs, what AI may cost, and the settings that new clients and the dashboard itself follow. */

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;

beforeAll(async () => {
  host = await startHost(data.path);
  await untilWeekIsWritten(host);
  client = (await host.api<{ items: Client[] }>('GET', '/api/clients')).items[0] as Client;
  visitor = await visit('settings');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByTestId('needs-me').waitFor();
}, 180_000);

afterAll(async () => {
  expect(visitor.errors).toEqual([]);
  await visitor.leave();
  await host.stop();
  data.remove();
});

const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const entries = (): Locator => page.getByTestId('log-entry');
const settings = (): Promise<Settings> => host.api<Settings>('GET', '/api/admin/settings');

async function open(path: string): Promise<void> {
  await page.goto(host.origin + path);
  await untilWhole(page);
}

/** Saves the form, and waits until that is said. */
async function save(): Promise<void> {
  await button('Save changes').click();
  await page.getByText('Settings saved.').last().waitFor();
  await button('Save changes').waitFor({ state: 'detached' });
}

it('an entry of the log is found by its words and leads to what it is about; the address keeps the search', async () => {
  const word = `Needle ${Date.now()}`;
  const added = await host.api<Client>('POST', '/api/clients', { name: word });
  await open('/activity');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill(word.toLowerCase());
  await until('only the one entry is left', async () => (await entries().count()) === 1);
  expect(await entries().textContent()).toContain(`Added ${word}`);
  await page.waitForURL((url) => url.searchParams.get('find') === word.toLowerCase());
  await page.reload();
  await until('it is found again', async () => (await entries().count()) === 1);

  await page.getByRole('searchbox', { name: 'Search the log' }).fill('no such words');
  await page.getByText('Nothing found').waitFor();
  await button('Clear filters').first().click();
  await until('all are there again', async () => (await entries().count()) > 3);

  await page.getByRole('searchbox', { name: 'Search the log' }).focus();
  await page.keyboard.type(word);
  await until('it is found by keyboard', async () => (await entries().count()) === 1);
  await entries().getByRole('link').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/clients/${added.id}**`);
});

it('the log is exported as a table, with what a spreadsheet would compute made harmless', async () => {
  await host.api('PATCH', `/api/clients/${client.id}`, { name: '=1+1' });
  await host.api('PATCH', `/api/clients/${client.id}`, { name: client.name });
  await open('/activity?about=clients');
  const [download] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
  const table = Buffer.concat(chunks).toString('utf8');
  expect(table.split('\r\n')[0]).toBe('\uFEFFWhen,Level,Who,Client,What happened,Kind');
  expect(table).toContain('client.changed');
  expect(table).not.toMatch(/(^|,)"?=/m);
});

it('a job is run by hand, and says how it went', async () => {
  await open('/activity?tab=jobs');
  const row = page.getByTestId('job-clear-media');
  await row.getByText('Not run yet').waitFor();
  await button('Run now: Clearing out deleted media').press('Enter');
  await row.getByText('Went well').waitFor();
  await page.getByText('Clearing out deleted media: done in').waitFor();
});

it('a budget of a client stops writing for it with a sentence, and shows as used up', async () => {
  await open('/activity?tab=usage');
  await button(`Set budget for ${client.name}`).click();
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Dollars a month' });
  await field.fill('0');
  await page.keyboard.press('Enter');
  await page.getByText('Budget saved.').waitFor();
  const row = page.getByTestId('usage-client').filter({ hasText: client.name });
  await row.getByText('Used up').waitFor();

  const refusal = await until(
    'nobody else writes for the client',
    async () => {
      const refused: unknown = await host
        .api('POST', '/api/pipeline/generate', { clientId: client.id, days: 31 })
        .catch((error: unknown) => error);
      return !String(refused).includes('being written already') && String(refused);
    },
    100_000,
  );
  expect(refusal).toContain(
    `This month's AI budget of $0.00 for ${client.name} is used up. Raise it under Activity → Usage to go on.`,
  );
  const stats = await host.api<{ budgets: { clientId: string; state: string }[] }>('GET', '/api/admin/stats');
  expect(stats.budgets).toMatchObject([{ clientId: client.id, state: 'used_up' }]);
  await open('/activity?about=money');
  await entries().filter({ hasText: 'is used up' }).first().waitFor();

  await open('/activity?tab=usage');
  await button(`Change the budget of ${client.name}`).click();
  await button('Take the limit away').click();
  await row.getByText('No limit').waitFor();
});

it('what new clients begin with reaches the next one', async () => {
  await open('/settings?tab=defaults');
  await page.getByRole('textbox', { name: 'Posts a week' }).fill('5');
  await page.getByRole('checkbox', { name: 'TikTok' }).check();
  await save();
  await page.getByRole('link', { name: 'Agency', exact: true }).first().click();
  await page.getByRole('textbox', { name: 'Contact' }).fill('hello@lighthouse.example');
  await page.getByRole('combobox', { name: 'Language of posts' }).fill('Portuguese');
  await page.getByRole('option', { name: 'Portuguese', exact: true }).click();
  await save();
  expect(await settings()).toMatchObject({ agencyContact: 'hello@lighthouse.example', agencyLanguage: 'pt' });

  await open('/clients?add=true');
  await page.getByRole('textbox', { name: 'Name' }).fill('Newcomer');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/clients\/[^?/]+/);
  const newcomer = await until('the client is there', async () => {
    const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
    return items.find(({ name }) => name === 'Newcomer');
  });
  expect(newcomer.language).toBe('pt');
  expect(await host.api<Rules>('GET', `/api/clients/${newcomer.id}/rules`)).toMatchObject({
    postsPerWeek: 5,
    platforms: ['facebook', 'instagram', 'tiktok'],
    autoApprove: false,
  });
});

it('the language is changed to one that runs from the right, and back', async () => {
  await open('/settings?tab=look');
  // The page is loaded anew, so there is no telling what became of the radio.
  await page.getByRole('radio', { name: 'العربية' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ar' && document.documentElement.dir === 'rtl');
  await untilWhole(page);
  await page.getByRole('radio', { name: 'English' }).press('Space');
  await page.waitForFunction(() => document.documentElement.lang === 'en' && document.documentElement.dir === 'ltr');
  await untilWhole(page);
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
});

it('the theme is changed at once', async () => {
  const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  await open('/settings?tab=look');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await until('it is dark', async () => (await scheme()) === 'dark');
  await page.getByRole('radio', { name: 'Light' }).check();
  await until('it is light', async () => (await scheme()) === 'light');
});

it('a logo is put, seen, and taken away with a way back', async () => {
  await open('/settings?tab=agency');
  const picture = Buffer.from(onePixel, 'base64');
  await page.setInputFiles('input[type=file]', { name: 'logo.png', mimeType: 'image/png', buffer: picture });
  await page.getByText('Logo saved.').waitFor();
  await until('it is drawn', () =>
    page.getByRole('img', { name: 'Logo' }).evaluate((image) => (image as HTMLImageElement).naturalWidth === 1),
  );
  const logo = async () => (await host.api<{ picture: string | null }>('GET', '/api/admin/settings/logo')).picture;
  const before = await logo();
  await button('Remove').click();
  await until('it is gone', async () => (await logo()) === null);
  await undo(page, 'Logo removed.');
  await until('it is back', async () => (await logo()) === before);
});

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
