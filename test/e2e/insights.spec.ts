import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { readPdf } from '../../main/reports/sample.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Overview, RankedPost } from '../../shared/contract/insights.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';
import { standOnEachOther } from './steps.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;

const dayOf = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
const figures = (days: number): Promise<Overview> =>
  host.api('GET', `/api/insights?from=${dayOf(days - 1)}&to=${dayOf(0)}`);

beforeAll(async () => {
  host = await startHost(data.path);
  await until(
    'the sample agency has its past',
    async () => (await figures(90)).clients.filter(({ now }) => now.posts >= 14).length === 3,
    60_000,
  );
  const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  client = items.find(({ name }) => name.startsWith('Juniper')) ?? (items[0] as Client);
  visitor = await visit('insights');
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

const tile = (name: string) => page.getByTestId(`tile-${name}`);
const shown = (value: number | null): string => (value ?? 0).toLocaleString('en-US');

it('says what the last 28 days brought, and what a network does not tell', async () => {
  await page.goto(`${host.origin}/insights`);
  const { now } = await figures(28);
  expect(now.views).toBeGreaterThan(0);
  await tile('views').getByText(shown(now.views), { exact: true }).waitFor();
  await tile('posts').getByText(shown(now.posts), { exact: true }).waitFor();
  await tile('viewers').getByText('Not given by TikTok').waitFor();
  await page.getByTestId('trend').locator('path.recharts-area-curve').waitFor();
  await visitor.shot('all-clients');
});

it('another period is chosen by the mouse, and the address keeps it', async () => {
  await page.getByRole('combobox', { name: 'Period' }).click();
  await page.getByRole('option', { name: '7 days' }).click();
  await tile('views')
    .getByText(shown((await figures(7)).now.views), { exact: true })
    .waitFor();
  expect(new URL(page.url()).searchParams.get('period')).toBe('days7');
  await page.reload();
  await tile('views')
    .getByText(shown((await figures(7)).now.views), { exact: true })
    .waitFor();
});

it('and by the keyboard; the chart has a table beside it', async () => {
  const period = page.getByRole('combobox', { name: 'Period' });
  await period.focus();
  await page.keyboard.press('Enter');
  const chosen = page.getByRole('option', { name: '90 days' }).and(page.locator('[data-combobox-selected]'));
  await until('90 days are reached', async () => {
    await page.keyboard.press('ArrowDown');
    return (await chosen.count()) === 1;
  });
  await page.keyboard.press('Enter');
  await until('the address says 90 days', async () => page.url().includes('period=days90'));
  await page.getByRole('radio', { name: 'Table' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('table', { name: 'Day by day' }).getByRole('row').nth(90).waitFor();
});

it('tables are sorted by what one clicks on, unknown figures last', async () => {
  const table = page.getByRole('region', { name: 'By client' });
  await table.getByRole('button', { name: 'Client' }).click();
  const names = await table.getByRole('rowheader').allTextContents();
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
  const networks = page.getByRole('region', { name: 'By network' });
  await networks.getByRole('button', { name: 'Saves' }).click();
  expect((await networks.getByRole('rowheader').allTextContents())[0]).toBe('Instagram');
  await networks
    .getByRole('row', { name: /TikTok/ })
    .getByText('not given')
    .first()
    .waitFor();
});

it('a click on a best post opens it', async () => {
  const { items } = await host.api<{ items: RankedPost[] }>(
    'GET',
    `/api/insights/posts?from=${dayOf(89)}&to=${dayOf(0)}&limit=1`,
  );
  // Those of the period before stay until the ones of this period are there.
  const best = page.getByTestId('best-post').first();
  await expect.poll(() => best.getAttribute('href')).toBe(`/posts/${items[0]?.postId}`);
  await best.click();
  await page.waitForURL(`**/posts/${items[0]?.postId}`);
  await page.goBack();
});

it('the figures that are shown are taken along as CSV', async () => {
  await page.goto(`${host.origin}/insights?client=${client.id}&network=instagram&period=days90`);
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Figures of the posts' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`insights-posts-${dayOf(89)}-${dayOf(0)}.csv`);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text.startsWith('\uFEFFpublished_at,client,network,account,post_id,caption,views,people_reached,')).toBe(true);
  expect(text.match(/,instagram,/g)).toHaveLength(14);
  expect(text).not.toContain(',facebook,');
});

it('a client’s report of a month is made as a PDF', async () => {
  await page.goto(`${host.origin}/clients/${client.id}?tab=insights`);
  await tile('views').waitFor();
  await page.getByTestId('best-times').getByText('posts stand behind this').waitFor();
  await page.getByRole('button', { name: 'Monthly report' }).click();
  await visitor.shot('report');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Make the PDF' }).click(),
  ]);
  await page.getByText('is in your downloads').waitFor();
  expect(file.suggestedFilename()).toMatch(/^Juniper.* \d{4}-\d\d\.pdf$/);
  const { text, pages, boxes } = readPdf(readFileSync(await file.path()));
  expect(pages).toBeGreaterThan(1);
  expect(text).toContain(client.name);
  expect(text).toContain('The month in short');
  expect(boxes).toBe(0);
});

it('no page reported an error on the way', () => {
  expect(visitor.errors).toEqual([]);
});
