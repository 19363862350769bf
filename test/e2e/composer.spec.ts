import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Draft, DraftSummary } from '../../shared/contract/drafts.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { undo, untilKeyboardIn } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { type Host, makeDataDir, startHost, until } from './host.ts';
import { standOnEachOther } from './steps.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
/** One of the sandbox's, with an account on each network. */
let client: Client;
let accounts: Account[];

beforeAll(async () => {
  host = await startHost(data.path);
  ({ client, accounts } = await until('a client has an account on each network', onAllNetworks));
  visitor = await visit('composer');
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

async function onAllNetworks(): Promise<{ client: Client; accounts: Account[] } | undefined> {
  const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  for (const each of items) {
    const found = await host.api<{ items: Account[] }>('GET', `/api/clients/${each.id}/accounts`);
    if (new Set(found.items.map(({ platform }) => platform)).size === 3) return { client: each, accounts: found.items };
  }
  return undefined;
}

const caption = (of: Page | Locator = page) => of.getByLabel('Caption', { exact: true });
const saved = (of = page) => of.locator('[data-testid=save-state][data-state=saved]').waitFor();
const drafts = async () => {
  const { items } = await host.api<{ items: DraftSummary[] }>('GET', '/api/drafts');
  return Promise.all(items.map(({ id }) => host.api<Draft>('GET', `/api/drafts/${id}`)));
};

async function compose(of = page): Promise<void> {
  await of.goto(`${host.origin}/posts/new?client=${client.id}`);
  await caption(of).waitFor();
  await of.getByRole('checkbox').nth(2).waitFor();
}

async function post(change: Record<string, unknown> = {}): Promise<Post> {
  return host.api<Post>('POST', '/api/pipeline', {
    clientId: client.id,
    caption: 'Bread of the day',
    scheduledFor: new Date(Date.now() + 20 * 86_400_000).toISOString(),
    targets: accounts.filter(({ platform }) => platform === 'facebook').map(({ id }) => ({ accountId: id })),
    ...change,
  });
}

describe('a post for three networks', () => {
  it('says it in own words on each, and goes to review', async () => {
    await compose();
    await caption().fill('Our sourdough sleeps for 24 hours. Come and taste it while it is warm.');
    for (const network of ['Instagram', 'TikTok']) {
      await page.getByLabel('Text of').getByText(network).click();
      await page.getByRole('button', { name: `Write its own text for ${network}` }).click();
      await page.getByLabel(`Caption on ${network}`).fill(`Only for ${network} @cafe #bread`);
      await page.locator('figure').getByText(`Only for ${network}`).waitFor();
    }
    await page.getByTestId('count-tiktok').getByText('28 / 2,200').waitFor();
    await page.getByLabel('First comment').fill('Which loaf is yours?');
    await page.getByText('Not on TikTok, which takes none.').waitFor();
    await page
      .getByText('Free slots by the client’s rules')
      .locator('..')
      .getByRole('radio')
      .first()
      .or(page.getByText('Free slots by the client’s rules').locator('..').locator('label').first())
      .first()
      .click();
    await saved();
    await visitor.shot('three-networks');
    await page.getByTestId('create').click();
    await page.waitForURL(/\/posts\/[0-9a-f]{32}$/);
    const id = page.url().split('/').at(-1) ?? '';
    const made = await host.api<Post>('GET', `/api/pipeline/${id}`);
    expect(made).toMatchObject({ status: 'in_review', firstComment: 'Which loaf is yours?' });
    expect(Object.fromEntries(made.targets.map((target) => [target.platform, target.caption]))).toEqual({
      facebook: null,
      instagram: 'Only for Instagram @cafe #bread',
      tiktok: 'Only for TikTok @cafe #bread',
    });
    expect(await drafts()).toEqual([]);
  });
});

describe('the AI’s help', () => {
  it('by keyboard: what is marked is reworded, accepted, and taken back', async () => {
    const text = 'Good morning. Teh bread is warm. Come by!';
    await compose();
    await caption().fill(text);
    await caption().focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const suggestion = page.getByTestId('suggestion');
    await suggestion.getByText('The bread is warm').waitFor();
    await untilKeyboardIn(suggestion.getByRole('button', { name: 'Accept' }));
    expect(await caption().inputValue()).toBe(text);
    await visitor.shot('suggestion');
    await page.keyboard.press('Enter');
    await suggestion.waitFor({ state: 'detached' });
    expect(await caption().inputValue()).toBe('Good morning. The bread is warm. Come by!');
    await page.keyboard.press('Control+z');
    expect(await caption().inputValue()).toBe(text);
  });

  it('by mouse: another one is asked for, one is accepted and undone, one is dismissed', async () => {
    const text = await caption().inputValue();
    await page.getByRole('button', { name: 'Warmer' }).click();
    const suggestion = page.getByTestId('suggestion');
    await suggestion.getByRole('button', { name: 'Another one' }).click();
    await suggestion.getByRole('button', { name: 'Accept' }).click();
    expect((await caption().inputValue()).length).toBeGreaterThan(text.length);
    await page.getByTestId('assist-undo').click();
    expect(await caption().inputValue()).toBe(text);
    await page.getByRole('button', { name: 'Translate' }).click();
    await page.getByRole('menuitem', { name: 'German' }).click();
    await suggestion.getByText(/Bei uns wartet/).waitFor();
    await suggestion.getByRole('button', { name: 'Dismiss' }).click();
    expect(await caption().inputValue()).toBe(text);
  });

  it('that does not come is said in plain words, and changes nothing', async () => {
    const text = await caption().inputValue();
    const before = await host.api<{ monthlyBudgetMicroUsd: number | null }>('GET', '/api/admin/settings');
    await host.api('PATCH', '/api/admin/settings', { monthlyBudgetMicroUsd: 0 });
    await page.getByRole('button', { name: 'Shorter' }).click();
    await page.getByText(/budget of \$0.00 is used up/).waitFor();
    expect(await caption().inputValue()).toBe(text);
    await host.api('PATCH', '/api/admin/settings', { monthlyBudgetMicroUsd: before.monthlyBudgetMicroUsd });
  });
});

describe('what is typed', () => {
  it('is there after the host was killed, but for two seconds, and the rest follows when it is back', async () => {
    await compose();
    const typed: { at: number; length: number }[] = [];
    await caption().focus();
    for (let letter = 0; letter < 60; letter += 1) {
      await page.keyboard.type(letter % 6 === 5 ? ' ' : 'x', { delay: 50 });
      typed.push({ at: performance.now(), length: letter + 1 });
    }
    const killed = performance.now();
    await host.pullThePlug();
    await page.keyboard.type(' while it was away');
    await page.locator('[data-testid=save-state][data-state=failed]').waitFor();
    const whole = await caption().inputValue();
    const { port } = new URL(host.origin);
    host = await startHost(data.path, { AUTOSOCIAL_PORT: port });
    const twoSecondsBefore = typed.findLast(({ at }) => at < killed - 2_000)?.length ?? 0;
    const [kept] = await drafts();
    expect(kept?.content.caption.length).toBeGreaterThanOrEqual(twoSecondsBefore);
    expect(twoSecondsBefore).toBeGreaterThan(10);
    await until('the rest is kept', async () => (await drafts())[0]?.content.caption === whole);
    await saved();
  });

  it('is there after the browser was killed, and is gone on with', async () => {
    const other = await visit('composer-killed');
    await other.page.goto(`${host.origin}/login`);
    await other.page.request.post(`${host.origin}/api/session`, {
      data: { token: 'token-of-the-end-to-end-tests' },
      headers: { origin: host.origin },
    });
    await compose(other.page);
    await caption(other.page).pressSequentially('Closed while typing', { delay: 20 });
    const isKept = async () => (await drafts()).some(({ content }) => content.caption === 'Closed while typing');
    await until('all of it is kept', isKept, 2_000);
    const session = await other.page.context().browser()?.newBrowserCDPSession();
    await session?.send('Browser.crash').catch(() => undefined);
    await compose();
    await page.getByTestId('unfinished').getByText('Closed while typing').waitFor();
    await visitor.shot('continue');
    await page
      .getByTestId('unfinished')
      .locator('div', { hasText: 'Closed while typing' })
      .getByRole('link', { name: 'Continue' })
      .first()
      .click();
    await until('it is back', async () => (await caption().inputValue()) === 'Closed while typing');
  });

  it('can be discarded, and brought back', async () => {
    await page.getByRole('button', { name: 'Discard' }).click();
    await until('it is gone', async () =>
      (await drafts()).every(({ content }) => content.caption !== 'Closed while typing'),
    );
    await expect.poll(() => caption().inputValue()).toBe('');
    await undo(page, 'Draft discarded.');
    await until('it is back', async () => (await caption().inputValue()) === 'Closed while typing');
  });
});

describe('an approved post that is changed', () => {
  it('stays approved until the changes are saved, and they wait meanwhile', async () => {
    const { id } = await post();
    await host.api('POST', `/api/pipeline/${id}/approve`, {});
    await page.goto(`${host.origin}/posts/${id}`);
    await page.getByTestId('edit').click();
    await caption().fill('Bread of tomorrow');
    await saved();
    expect(await host.api<Post>('GET', `/api/pipeline/${id}`)).toMatchObject({
      status: 'approved',
      caption: 'Bread of the day',
    });
    await page.getByRole('link', { name: 'Home' }).first().click();
    await page.goto(`${host.origin}/posts/${id}`);
    await page.getByTestId('waiting-changes').getByRole('button', { name: 'Go on with them' }).click();
    await expect.poll(() => caption().inputValue()).toBe('Bread of tomorrow');
    await page.keyboard.press('Control+Enter');
    await until('it waits for review', async () => {
      const { status, caption: now } = await host.api<Post>('GET', `/api/pipeline/${id}`);
      return status === 'in_review' && now === 'Bread of tomorrow';
    });
  });

  it('without a connection, in a window that is closed, keeps the changes for whoever comes back', async () => {
    const { id } = await post();
    const other = await page.context().newPage();
    await other.goto(`${host.origin}/posts/${id}`);
    await other.getByTestId('edit').click();
    const { port } = new URL(host.origin);
    await host.pullThePlug();
    await caption(other).fill('Typed without a line');
    await other.locator('[data-testid=save-state][data-state=failed]').waitFor();
    await other.close();
    host = await startHost(data.path, { AUTOSOCIAL_PORT: port });
    const isKept = async () => (await drafts()).some(({ content }) => content.caption === 'Typed without a line');
    await until('it is kept', isKept, 30_000);
    expect(await host.api<Post>('GET', `/api/pipeline/${id}`)).toMatchObject({ caption: 'Bread of the day' });
    await page.getByText(/typed while there was no connection, are saved/).waitFor();
    await visitor.shot('kept-without-a-line');
    await page.getByRole('button', { name: 'Review', exact: true }).click();
    await page.getByTestId('waiting-changes').getByRole('button', { name: 'Go on with them' }).click();
    expect(await caption().inputValue()).toBe('Typed without a line');
    await page.keyboard.press('Control+Enter');
    await until('it is applied', async () => {
      return (await host.api<Post>('GET', `/api/pipeline/${id}`)).caption === 'Typed without a line';
    });
  });

  it('and was changed by somebody else shows both, and loses neither', async () => {
    const { id } = await post();
    await page.goto(`${host.origin}/posts/${id}`);
    await page.getByTestId('edit').click();
    await caption().fill('Mine');
    await saved();
    await host.api('PATCH', `/api/pipeline/${id}`, { caption: 'Theirs' });
    const conflict = page.getByTestId('conflict');
    await conflict.getByText('Theirs', { exact: true }).waitFor();
    await conflict.getByText('Mine', { exact: true }).waitFor();
    await visitor.shot('both-versions');
    await conflict.getByRole('button', { name: 'Go on with mine' }).click();
    await conflict.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    await until('mine stands', async () => (await host.api<Post>('GET', `/api/pipeline/${id}`)).caption === 'Mine');
  });
});

describe('a time', () => {
  it('close to another post is warned of, and a better one is taken by a click', async () => {
    const at = new Date(Math.ceil(Date.now() / 86_400_000 + 9) * 86_400_000 + 10 * 3_600_000).toISOString();
    await post({ scheduledFor: at });
    await page.goto(`${host.origin}/posts/new?client=${client.id}&at=${encodeURIComponent(at)}`);
    const warnings = page.getByTestId('schedule-warnings');
    await warnings.getByText('Another post goes to Facebook at the same time.').waitFor();
    await visitor.shot('time-warning');
    await warnings.getByRole('button', { name: /^Take/ }).first().click();
    await warnings.getByText(/at the same time/).waitFor({ state: 'detached' });
  });
});

it('nothing was reported as an error but the lost line', () => {
  const lost = /WebSocket|ERR_CONNECTION_|Failed to fetch/;
  expect(visitor.errors.filter((error) => !lost.test(error))).toEqual([]);
});
