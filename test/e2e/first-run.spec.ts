import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Post } from '../../shared/contract/pipeline.ts';
import { apiToken, type Host, makeDataDir, startHost, until } from './host.ts';
import { untilKeyboardIn } from './acting.ts';
import { type Person, type Visitor, visit } from './browser.ts';
import { zoneInDaytime } from './daytime.ts';

const data = makeDataDir();
let host: Host;
/** Somebody who knows the app, and whoever else came. */
let regular: Visitor;
const visitors: Visitor[] = [];

beforeAll(async () => {
  host = await startHost(data.path);
  await until('the sample agency has three posts to review', async () => (await postsOf('in_review')).length >= 3);
  // Her day is in its middle, so that it has posts whenever this runs.
  regular = await atHome('first-run', { timezone: zoneInDaytime() });
});

afterAll(async () => {
  for (const visitor of visitors) await visitor.leave();
  await host.stop();
  data.remove();
});

const postsOf = async (status: string): Promise<Post[]> =>
  (await host.api<{ items: Post[] }>('GET', `/api/pipeline?status=${status}`)).items;

/** Somebody who is signed in and sees Home. */
async function atHome(walk: string, person: Person): Promise<Visitor> {
  const visitor = await visit(walk, undefined, person);
  visitors.push(visitor);
  const { page } = visitor;
  await page.request.post(`${host.origin}/api/session`, {
    data: { token: apiToken },
    headers: { origin: host.origin },
  });
  await page.goto(host.origin);
  await page.getByTestId('needs-me').waitFor();
  return visitor;
}

const tour = (page: Page, step: string): Locator => page.locator(`[data-testid=tour][data-step=${step}]`);
const isAt = (page: Page, path: string): Promise<void> => page.waitForURL((url) => url.pathname === path);

it('the tour begins by itself on the first visit, and ends with a post approved by mouse', async () => {
  const { page, shot, errors } = await atHome('tour-by-mouse', { isNew: true });
  await tour(page, 'open').getByText('Step 1 of 3').waitFor();
  await shot('open');
  const approvedBefore = (await postsOf('approved')).length;
  await tour(page, 'open').getByRole('link', { name: 'Open the review' }).click();
  await isAt(page, '/review');
  await tour(page, 'approve').getByText('Look at it, then approve it').waitFor();
  await shot('approve');
  await page.getByTestId('approve').click();
  await tour(page, 'done')
    .getByText(/goes out .* by itself/)
    .waitFor();
  await shot('done');
  expect((await postsOf('approved')).length + (await postsOf('publishing')).length).toBeGreaterThan(approvedBefore);
  await tour(page, 'done').getByRole('button', { name: 'Done' }).click();
  await page.goto(host.origin);
  await page.getByTestId('needs-me').waitFor();
  expect(await page.getByTestId('tour').count()).toBe(0);
  expect(errors).toEqual([]);
});

it('the tour is asked for, left, and gone on with by keyboard', async () => {
  const { page, errors } = regular;
  await page.goto(host.origin);
  await page.getByTestId('needs-me').waitFor();
  expect(await page.getByTestId('tour').count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).fill('tour');
  await page.locator('[data-combobox-selected]').getByText('Take the tour').waitFor();
  await page.keyboard.press('Enter');
  await untilKeyboardIn(tour(page, 'open'));

  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await isAt(page, '/review');
  await tour(page, 'approve').waitFor();
  await page.reload();
  await tour(page, 'approve').focus();
  await page.keyboard.press('Escape');
  await tour(page, 'approve').waitFor({ state: 'detached' });

  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Take the tour' }).focus();
  await page.keyboard.press('Enter');
  await tour(page, 'approve').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('[data-testid=approve]:enabled').waitFor();
  await page.keyboard.press('a');
  await tour(page, 'done').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('tour').waitFor({ state: 'detached' });
  expect(errors).toEqual([]);
});

it('the checklist shows what is done and what is open, from what really happened', async () => {
  const { page, errors } = regular;
  await page.goto(host.origin);
  await page.getByTestId('needs-me').waitFor();
  await page.getByRole('link', { name: 'Go live' }).click();
  await isAt(page, '/go-live');
  const stateOf = (step: string, state: string) => page.locator(`[data-testid=live-${step}][data-state=${state}]`);
  await stateOf('approve', 'done').waitFor();
  await stateOf('start', 'open').getByText('npm start -- --live').waitFor();
  await stateOf('groq', 'later').waitFor();
  await stateOf('stop', 'open').getByRole('button', { name: 'Show it' }).click();
  await page.getByRole('button', { name: 'Stop now' }).click();
  await page.getByRole('dialog', { name: 'Stopped' }).getByRole('button', { name: 'Close' }).last().click();
  await stateOf('stop', 'done').waitFor();
  await page.getByTestId('kill-switch').click();
  await page.getByRole('button', { name: 'Resume now' }).click();
  await page.getByText('Publishing goes on').first().waitFor();
  expect(errors).toEqual([]);
});

it('every number of Home leads to the list behind it', async () => {
  const { page, errors } = regular;
  await page.goto(host.origin);
  await page.getByTestId('needs-me').waitFor();
  const figure = (index: number) => page.getByTestId('this-week').locator('a[href^="/pipeline"]').nth(index);
  for (const index of [0, 1, 2, 3]) {
    // Posts are still being written, so a number may be older than the list: then it is looked at anew.
    const isTold = async () => {
      await page.goto(host.origin);
      const number = Number(/^[\d,]+/.exec(await figure(index).innerText())?.[0]);
      await figure(index).click();
      await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
      return number === (await page.locator('[data-post-id]').count());
    };
    await until(`number ${index} is that of its list`, isTold);
    expect(new URL(page.url()).searchParams.get('show')).not.toBeNull();
  }
  expect(errors).toEqual([]);
});

it('the line of the day is walked with the arrows, and leads to a post', async () => {
  const { page, errors } = regular;
  await page.goto(host.origin);
  await page.getByTestId('needs-me').waitFor();
  const posts = page.getByTestId('today').getByRole('listitem').getByRole('link');
  await posts.first().waitFor();
  await page.getByTestId('today').locator('ol a[tabindex="0"]').focus();
  // Posts may still be added to the day.
  await until('the first one has the keyboard', async () => {
    await page.keyboard.press('ArrowLeft');
    return posts.first().evaluate((link) => link === document.activeElement);
  });
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname.startsWith('/posts/') || url.pathname === '/calendar');
  expect(errors).toEqual([]);
});

it('speaks the language that is chosen before signing in, and runs its way', async () => {
  const visitor = await visit('language', undefined, { locale: 'de-AT' });
  visitors.push(visitor);
  const { page } = visitor;
  await page.goto(`${host.origin}/login`);
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await Promise.all([page.waitForEvent('load'), page.getByRole('menuitem', { name: 'العربية' }).click()]);
  await page.getByRole('textbox').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ar');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');

  await page.request.post(`${host.origin}/api/session`, {
    data: { token: apiToken },
    headers: { origin: host.origin },
  });
  await page.goto(host.origin);
  await page.getByTestId('needs-me').waitFor();
  const [navigation, content] = await Promise.all([
    page.getByRole('navigation').first().boundingBox(),
    page.getByTestId('needs-me').boundingBox(),
  ]);
  expect(navigation?.x ?? 0).toBeGreaterThan((content?.x ?? 0) + (content?.width ?? 0));
  await visitor.shot('home-rtl');
  expect(visitor.errors).toEqual([]);
});
