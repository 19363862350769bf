import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { undo, undoByKeyboard, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { wallTimeIn, zoneInDaytime } from './daytime.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';
import { standOnEachOther } from './steps.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;
let accountId: string;

/** Far enough ahead that nothing else writes there; the 15th is in the middle of a month. */
const far = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 4, 15, 9));
const day = (date: number): string => `${far.toISOString().slice(0, 8)}${String(date).padStart(2, '0')}`;

beforeAll(async () => {
  host = await startHost(data.path);
  const sample = await until('the sample agency has its first post', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline');
    return items.find(({ timezone, source }) => source === 'manual' && timezone !== 'UTC');
  });
  client = await host.api<Client>('GET', `/api/clients/${sample.clientId}`);
  const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`);
  accountId = items.find(({ platform }) => platform === 'facebook')?.id ?? '';
  visitor = await visit('calendar');
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

const open = (path: string): Promise<unknown> => page.goto(host.origin + path);
const entry = (name: string | RegExp): Locator =>
  page.getByTestId('calendar-entry').and(page.getByRole('button', { name }));
const cell = (date: number): Locator =>
  page.getByRole('button', {
    name: `${date} ${far.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${far.getUTCFullYear()}`,
    exact: true,
  });
const postOf = (id: string): Promise<Post> => host.api('GET', `/api/pipeline/${id}`);

function newPost(caption: string, scheduledFor: string): Promise<Post> {
  return host.api('POST', '/api/pipeline', { clientId: client.id, caption, scheduledFor, targets: [{ accountId }] });
}

/** A week shows two posts an hour: this one is to be one of them. */
async function clearHour({ id, clientId }: Pick<Post, 'id' | 'clientId'>): Promise<void> {
  const { items } = await host.api<{ items: Post[] }>('GET', `/api/pipeline?clientId=${clientId}&limit=200`);
  const hour = items.find((post) => post.id === id)?.wallTime.slice(0, 13);
  for (const { wallTime, ...post } of items)
    if (post.id !== id && wallTime.slice(0, 13) === hour) await host.api('DELETE', `/api/pipeline/${post.id}`);
}

it('says on whose clock its times are, and shows the free slots of the plan', async () => {
  await open('/clients');
  await page.getByRole('link', { name: client.name }).first().click();
  await page.getByRole('tab', { name: 'Calendar' }).click();
  await page.getByTestId('calendar-zone').getByText('Times on the clock in').waitFor();
  const { items } = await host.api<{ items: { at: string; wallTime: string; taken: boolean }[] }>(
    'GET',
    `/api/clients/${client.id}/slots?days=31`,
  );
  const free = items.filter(({ taken }) => !taken).at(-1);
  await page.goto(`${page.url()}&view=day&day=${free?.wallTime.slice(0, 10)}`);
  await entry(/free slot/i)
    .first()
    .click();
  await page.getByRole('heading', { name: 'New post' }).waitFor();
  expect(new URL(page.url()).searchParams.get('client')).toBe(client.id);
  expect(new URL(page.url()).searchParams.get('at')).toMatch(new RegExp(`^${free?.at.slice(0, 10)}T`));
});

it('leads on where nothing is planned', async () => {
  await open(`/calendar?day=${day(15)}`);
  await page.getByText('Nothing planned in these days').waitFor();
  await page.getByTestId('calendar').getByRole('link', { name: 'New post' }).waitFor();
});

it('an approved post is dragged to another day, keeps its time and its approval, and comes back by one click', async () => {
  const { id, contentHash, wallTime } = await newPost('Drag me along', far.toISOString());
  const approved = await host.api<Post>('POST', `/api/pipeline/${id}/approve`, { contentHash });
  await open(`/calendar?day=${day(15)}&client=${client.id}`);
  await entry(/Drag me along/).waitFor();
  await visitor.shot('before');

  await entry(/Drag me along/).dragTo(cell(19), { targetPosition: { x: 60, y: 90 } });
  await page.getByText(/^Moved to/).waitFor();
  await visitor.shot('moved');
  const moved = await postOf(id);
  expect(moved.wallTime).toBe(`${day(19)}${wallTime.slice(10)}`);
  expect([moved.status, moved.approvedAt]).toEqual(['approved', approved.approvedAt]);

  await undo(page, 'Moved to');
  await until('it is back', async () => (await postOf(id)).wallTime === wallTime);
});

it('in the week it is dragged to another hour', async () => {
  const { id } = await newPost('Later, please', new Date(far.getTime() + 3_600_000).toISOString());
  const before = (await postOf(id)).wallTime;
  // Loaded anew: what is still on its way to the page would take the entry out of one's hand.
  await open(`/calendar?day=${day(15)}&client=${client.id}`);
  await entry(/Later, please/).waitFor();
  await page.getByText('Week', { exact: true }).click();
  const later = String(Number(before.slice(11, 13)) + 2).padStart(2, '0');
  const slot = page.getByRole('button', { name: new RegExp(`${before.slice(0, 10)} ${later}:00`) });
  await entry(/Later, please/).dragTo(slot, { sourcePosition: { x: 20, y: 5 }, targetPosition: { x: 20, y: 5 } });
  await until('it has moved', async () => (await postOf(id)).wallTime === `${before.slice(0, 10)}T${later}:00`);
  await visitor.shot('week');
});

it('what the core refuses goes back, and the reason is said', async () => {
  await page.setViewportSize({ width: 1440, height: 2_000 });
  // On a clock where it is day, hours that have passed are on the same page.
  const timezone = zoneInDaytime();
  const { items: clients } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  const other = clients.find(({ id }) => id !== client.id);
  await host.api('PATCH', `/api/clients/${other?.id}`, { timezone });
  const { items: accounts } = await host.api<{ items: Account[] }>('GET', `/api/clients/${other?.id}/accounts`);
  const post = await host.api<Post>('POST', '/api/pipeline', {
    clientId: other?.id,
    caption: 'Not into the past',
    scheduledFor: new Date(Date.now() + 3_600_000).toISOString(),
    targets: [{ accountId: accounts.find(({ platform }) => platform === 'facebook')?.id }],
  });
  await clearHour(post);
  const today = post.wallTime.slice(0, 10);
  await open(`/calendar?client=${other?.id}&view=week&day=${today}&slots=hide`);
  await entry(/Not into the past/).waitFor();
  const threeHoursAgo = wallTimeIn(timezone, Date.now() - 3 * 3_600_000).slice(11, 13);
  const slot = page.getByRole('button', { name: new RegExp(`${today} ${threeHoursAgo}:00`) });
  await entry(/Not into the past/).dragTo(slot, {
    sourcePosition: { x: 20, y: 5 },
    targetPosition: { x: 20, y: 5 },
  });
  await page.getByText('The post stays where it was.').waitFor();
  await visitor.shot('refused');
  expect((await postOf(post.id)).scheduledFor).toBe(post.scheduledFor);
  await entry(/Not into the past/).waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('by keyboard a post is moved with Shift and the arrows, which stay at it, and taken back', async () => {
  const { id, contentHash } = await newPost('With the keys', new Date(far.getTime() + 4 * 86_400_000).toISOString());
  const { approvedAt, wallTime } = await host.api<Post>('POST', `/api/pipeline/${id}/approve`, { contentHash });
  await open(`/calendar?day=${day(15)}&client=${client.id}`);
  const post = entry(/With the keys/);
  const isAt = (date: number) =>
    until(`it is at the ${date}`, async () => (await postOf(id)).wallTime.slice(8, 10) === `${date}`);
  await post.press('Shift+ArrowDown');
  await isAt(26);
  await untilKeyboardIn(post);
  await page.keyboard.press('Shift+ArrowLeft');
  await isAt(25);
  await untilKeyboardIn(post);
  await visitor.shot('by-keys');
  expect(await postOf(id)).toMatchObject({
    status: 'approved',
    approvedAt,
    wallTime: `${day(25)}${wallTime.slice(10)}`,
  });
  await undoByKeyboard(page, 'Moved to');
  await isAt(26);
  await page.keyboard.press('Escape');
});

it('by keyboard a move beyond what the core allows is refused, and the reason is said', async () => {
  // Posts may be planned five years ahead; this is four days before that.
  const { id, scheduledFor, wallTime } = await newPost(
    'Not that far',
    new Date(Date.now() + 1_821 * 86_400_000).toISOString(),
  );
  await open(`/calendar?day=${wallTime.slice(0, 10)}&client=${client.id}`);
  await entry(/Not that far/).press('Shift+ArrowDown');
  await page.getByText('The post stays where it was.').waitFor();
  expect((await postOf(id)).scheduledFor).toBe(scheduledFor);
  await entry(/Not that far/).waitFor();
});

it('by keyboard a post goes over the edge of the week that is shown, and is opened', async () => {
  const sunday = new Date(far.getTime() + (35 - far.getUTCDay()) * 86_400_000);
  const { id, wallTime } = await newPost('Over the edge', sunday.toISOString());
  await open(`/calendar?day=${wallTime.slice(0, 10)}&client=${client.id}`);
  await entry(/Over the edge/).waitFor();
  await page.getByRole('radio', { name: 'Month' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => url.searchParams.get('view') === 'week');
  await entry(/Over the edge/).press('Shift+ArrowRight');
  await until('it is on Monday', async () => (await postOf(id)).wallTime.slice(0, 10) > wallTime.slice(0, 10));
  await page.waitForURL((url) => (url.searchParams.get('day') ?? '') > wallTime.slice(0, 10));
  await untilKeyboardIn(entry(/Over the edge/));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/posts/${id}`);
});

it('a click opens the post, and the way back leads to the same days', async () => {
  await open(`/calendar?day=${day(15)}&client=${client.id}`);
  await entry(/Drag me along/).click();
  await page.getByRole('button', { name: 'Reschedule' }).waitFor();
  await page.goBack();
  await entry(/Drag me along/).waitFor();
  expect(new URL(page.url()).searchParams.get('day')).toBe(day(15));
});

it('the network filter leaves only that network', async () => {
  await page.getByRole('combobox', { name: 'Network' }).click();
  await page.getByRole('option', { name: 'TikTok' }).click();
  await page.getByText('No post matches').waitFor();
  await page.getByRole('button', { name: 'All networks' }).click();
  await entry(/Drag me along/).waitFor();
});

it('a month of 1,000 posts is read whole, and says how many more there are', async () => {
  const posts = Array.from({ length: 1_000 }, (_, index) => index);
  const write = async (index: number) => {
    const at = new Date(Date.UTC(far.getUTCFullYear(), 6, 1 + (index % 28), 7 + (index % 13), (index * 7) % 60));
    await newPost(`Post ${index}`, at.toISOString());
  };
  for (let first = 0; first < posts.length; first += 20) {
    await Promise.all(posts.slice(first, first + 20).map(write));
  }
  const july = `${far.getUTCFullYear()}-07-10`;
  await open(`/calendar?day=${july}&client=${client.id}&slots=hide`);
  const more = page.getByTestId('calendar-entry').filter({ hasText: /^\+\d+ more/ });
  await more.nth(27).waitFor();
  const hidden = (await more.allTextContents()).reduce((sum, text) => sum + Number(/\d+/.exec(text)?.[0]), 0);
  const shown = await page.locator('[data-testid=calendar-entry][data-kind=post]').count();
  expect(hidden + shown).toBe(1_000);
  await visitor.shot('a-thousand');
});

it('no page reported an error on the way', () => {
  // The refusal above is one by the core's own words.
  expect(visitor.errors.filter((error) => !error.includes('422'))).toEqual([]);
});
