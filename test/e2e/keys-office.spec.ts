import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settings } from '../../shared/contract/admin.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { keyAt, undoByKeyboard, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until, untilWeekIsWritten } from './host.ts';
import { untilWhole } from './places.ts';
import { standOnEachOther } from './steps.ts';

/* What the office around the posts does: every page reached, stopped and searched, by keyboard and by mouse. */

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;

const main = [
  ['Home', '/'],
  ['Review', '/review'],
  ['Posts', '/pipeline'],
  ['Calendar', '/calendar'],
  ['Clients', '/clients'],
  ['Insights', '/insights'],
  ['Activity', '/activity'],
  ['Settings', '/settings'],
] as const;

beforeAll(async () => {
  host = await startHost(data.path);
  const sample = await until('the sample agency has its first post', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review');
    return items.find(({ source }) => source === 'manual');
  });
  client = await host.api<Client>('GET', `/api/clients/${sample.clientId}`);
  await until('it has a past', async () => {
    const [from, to] = [89, 0].map((ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10));
    const path = `/api/insights/posts?from=${from}&to=${to}&clientId=${client.id}&limit=1`;
    return (await host.api<{ items: unknown[] }>('GET', path)).items.length > 0;
  });
  await untilWeekIsWritten(host);
  visitor = await visit('keys-office');
  page = visitor.page;
  await page.goto(host.loginLink);
  await page.getByTestId('needs-me').waitFor();
}, 180_000);

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

standOnEachOther(() => visitor);

const button = (name: string | RegExp, within: Page | Locator = page): Locator =>
  within.getByRole('button', { name, exact: true });
const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const isAt = (path: string): Promise<void> => page.waitForURL((url) => url.pathname === path);
const settings = (): Promise<Settings> => host.api('GET', '/api/admin/settings');

async function open(path: string): Promise<void> {
  await page.goto(host.origin + path);
  await untilWhole(page);
}

/** What a click or a key gives to download. */
async function downloadOf(act: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  return file.suggestedFilename();
}

it('the palette leads to every page, and from every page the switch that stops everything is opened', async () => {
  for (const [name, path] of main) {
    await page.keyboard.press('Control+k');
    await untilKeyboardIn(page.getByRole('combobox', { name: 'Search', exact: true }));
    await page.keyboard.type(name);
    const chosen = page.locator('[data-combobox-option][data-combobox-selected]').filter({ hasText: name });
    await chosen.waitFor();
    await page.keyboard.press('Enter');
    await isAt(path);
    await dialog('Search and commands').waitFor({ state: 'detached' });
    await keyAt(page.getByTestId('kill-switch'));
    await untilKeyboardIn(page.getByLabel('Reason'));
    await page.keyboard.press('Escape');
    await page.getByLabel('Reason').waitFor({ state: 'detached' });
  }
});

it('the navigation leads to every page by mouse, and everywhere one sees that all is stopped', async () => {
  await page.getByTestId('kill-switch').click();
  await button('Stop now').click();
  await button('Close', dialog('Stopped')).last().click();
  await dialog('Stopped').waitFor({ state: 'detached' });
  for (const [name, path] of main) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
    await isAt(path);
    await page.getByText('Everything is stopped. Nothing is being published.').waitFor();
    await page.locator('[data-testid=kill-switch][data-engaged=true]').waitFor();
  }
});

it('by keyboard publishing goes on, and is stopped', async () => {
  await keyAt(page.getByTestId('kill-switch'));
  await untilKeyboardIn(dialog('Resume publishing?'));
  await keyAt(button('Resume now', dialog('Resume publishing?')));
  await page.locator('[data-testid=kill-switch][data-engaged=false]').waitFor();
  await keyAt(page.getByTestId('kill-switch'));
  await untilKeyboardIn(page.getByLabel('Reason'));
  await page.keyboard.type('By keys');
  await page.keyboard.press('Enter');
  await untilKeyboardIn(dialog('Stopped'));
  await page.keyboard.press('Escape');
  await dialog('Stopped').waitFor({ state: 'detached' });
  const { items } = await host.api<{ items: { reason: string | null }[] }>('GET', '/api/admin/kill-switch');
  expect(items[0]?.reason).toBe('By keys');
  await host.api('PUT', '/api/admin/kill-switch', { scope: 'global', id: null, engaged: false });
  await page.locator('[data-testid=kill-switch][data-engaged=false]').waitFor();
});

it('on Home a number leads to its list by keyboard, and a post of today is opened by mouse', async () => {
  await open('/');
  await keyAt(page.getByTestId('needs-me').getByRole('link', { name: 'Start reviewing' }));
  await isAt('/review');
  await open('/');
  await keyAt(page.getByTestId('this-week').locator('a[href^="/pipeline"]').first());
  await isAt('/pipeline');
  await open('/');
  const today = page.getByTestId('today-post').first();
  // On the last minutes of a day nothing of it may be left.
  if ((await today.count()) === 0) await page.getByTestId('needs-me').getByRole('link').first().click();
  else await today.click();
  await page.waitForURL((url) => url.pathname !== '/');
});

it('the figures and the report are taken along by keyboard, and a best post is opened', async () => {
  await open(`/insights?client=${client.id}&period=days90`);
  await keyAt(button('Download CSV'));
  await untilKeyboardIn(page.getByRole('menu'));
  const figures = page.getByRole('menuitem', { name: 'Figures of the posts' });
  expect(await downloadOf(() => figures.press('Enter'))).toMatch(/^insights-posts-.*\.csv$/);
  await keyAt(page.getByTestId('best-post').first());
  await page.waitForURL(/\/posts\//);
  await open(`/clients/${client.id}?tab=insights`);
  await keyAt(button('Monthly report'));
  const make = button('Make the PDF');
  await untilKeyboardIn(page.getByRole('dialog'));
  expect(await downloadOf(() => keyAt(make))).toMatch(/\.pdf$/);
});

it('the log is narrowed by keyboard and by mouse, and cleared', async () => {
  await open('/activity');
  const entries = page.getByTestId('log-entry');
  await keyAt(page.getByRole('radiogroup', { name: 'Level' }).getByRole('radio', { name: 'All' }), 'ArrowRight');
  await page.waitForURL((url) => url.searchParams.get('level') === 'warning');
  await keyAt(button('Clear filters').first());
  await page.waitForURL((url) => !url.searchParams.has('level'));
  await keyAt(page.getByRole('combobox', { name: 'About' }));
  await page.getByRole('option', { name: 'Clients' }).waitFor();
  const chosen = page.locator('[data-combobox-option][data-combobox-selected]').filter({ hasText: 'Clients' });
  await until('clients are reached', async () => {
    await page.keyboard.press('ArrowDown');
    return (await chosen.count()) === 1;
  });
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('about') === 'clients');
  await entries.filter({ hasText: client.name }).first().waitFor();

  await page.getByRole('combobox', { name: 'Client', exact: true }).click();
  await page.getByRole('option', { name: client.name }).click();
  await page.waitForURL((url) => url.searchParams.get('client') === client.id);
  await entries.filter({ hasText: client.name }).first().waitFor();
  const others = page.getByTestId('log-entry').filter({ hasNotText: client.name });
  await expect.poll(() => others.count()).toBe(0);
});

it('a job is run by mouse, and a client’s budget set by mouse', async () => {
  await open('/activity?tab=jobs');
  await button('Run now: Clearing out deleted media').click();
  await page.getByText('Clearing out deleted media: done in').waitFor();
  await page.getByRole('tab', { name: 'Usage' }).click();
  await button(`Set budget for ${client.name}`).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Dollars a month' }).fill('7');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Budget saved.').waitFor();
  await page.getByTestId('usage-client').filter({ hasText: client.name }).getByText('$7.00').first().waitFor();
});

it('settings are gone through and saved by keyboard: who we are, what we are told, and how it looks', async () => {
  await open('/settings?tab=agency');
  await keyAt(page.getByRole('textbox', { name: 'Contact' }), 'Control+a');
  await page.keyboard.type('desk@lighthouse.example');
  await keyAt(button('Save changes'));
  await expect.poll(async () => (await settings()).agencyContact).toBe('desk@lighthouse.example');
  await button('Save changes').waitFor({ state: 'detached' });

  await open('/settings?tab=notifications');
  await keyAt(page.getByRole('switch').first(), 'Space');
  await keyAt(button('Save changes'));
  await expect.poll(async () => (await settings()).quietHours).toEqual({ from: '22:00', to: '07:00' });

  await open('/settings?tab=look');
  const scheme = (): Promise<string | undefined> =>
    page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  await keyAt(page.getByRole('radio', { name: 'Light' }), 'Space');
  await expect.poll(scheme).toBe('light');
  await page.keyboard.press('ArrowRight');
  await expect.poll(scheme).toBe('dark');
  await keyAt(button('Colour scheme'));
  await untilKeyboardIn(page.getByRole('menu'));
  await page.getByRole('menuitem', { name: 'Light' }).press('Enter');
  await expect.poll(scheme).toBe('light');
});

it('a link for the client is made and ended, and an account looked at, by keyboard', async () => {
  await open(`/clients/${client.id}?tab=accounts`);
  await keyAt(button('Create link'));
  await page.getByTestId('link-open').waitFor();
  await keyAt(page.getByTestId('link-open').getByRole('button'));
  const question = page.getByRole('dialog');
  await untilKeyboardIn(question);
  await keyAt(question.getByRole('button').last());
  await page.getByTestId('link-revoked').waitFor();
  const row = page.getByTestId('account-facebook');
  await keyAt(button('More', row));
  await keyAt(button('Disconnect', row));
  await untilKeyboardIn(dialog(/^Disconnect/));
  await page.keyboard.press('Escape');
  await dialog(/^Disconnect/).waitFor({ state: 'detached' });
});

it('a picture is described by keyboard, and taken back', async () => {
  await open(`/clients/${client.id}?tab=media`);
  await keyAt(page.getByTestId('media-card').first());
  const drawer = page.getByRole('dialog');
  await untilKeyboardIn(drawer);
  const field = drawer.getByLabel('Alt text');
  const before = await field.inputValue();
  await keyAt(field, 'Control+a');
  await page.keyboard.type('What one sees');
  await page.keyboard.press('Tab');
  await undoByKeyboard(page, 'Alt text saved');
  await expect.poll(() => field.inputValue()).toBe(before);
});

it('the checklist for going live is walked by keyboard', async () => {
  await open('/');
  await keyAt(page.getByRole('link', { name: 'Go live' }));
  await isAt('/go-live');
  const step = page.locator('[data-testid=live-stop]');
  await step.waitFor();
  await keyAt(page.getByRole('main').getByRole('link').first());
  await page.waitForURL((url) => url.pathname !== '/go-live');
});

it('a backup is taken and brought back by keyboard', async () => {
  await open('/settings?tab=data');
  await keyAt(button('Back up now'));
  await page.getByText(/^Backed up and checked: \d+ posts/).waitFor();
  const { name } = await host.api<Client>('PATCH', `/api/clients/${client.id}`, { name: 'Renamed since' });
  expect(name).toBe('Renamed since');
  await keyAt(button('Restore…').first());
  const ask = dialog('Restore this backup?');
  await untilKeyboardIn(ask);
  await keyAt(ask.getByRole('checkbox'), 'Space');
  await keyAt(button('Restore and restart', ask));
  await dialog('Restored').waitFor({ timeout: 60_000 });
  expect((await host.api<Client>('GET', `/api/clients/${client.id}`)).name).toBe(client.name);
  await keyAt(dialog('Restored').getByRole('link', { name: 'See what waits' }));
  await isAt('/pipeline');
});

it('nothing was reported as an error but the lost line of the restore', () => {
  const lost = /WebSocket|ERR_CONNECTION_|Failed to fetch/;
  expect(visitor.errors.filter((error) => !lost.test(error))).toEqual([]);
});
