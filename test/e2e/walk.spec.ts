import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { isReal } from '../electron/start-desktop.ts';
import { makeDataDir, until, untilWritingIsFar } from './host.ts';
import { standOnEachOther } from './steps.ts';
import { type Walker, walkOnDesktop, walkOnServer } from './walkers.ts';

/** The sample client whose first post goes to all three networks, and how each network names it. */
const sample: Record<Platform, string> = {
  facebook: 'Juniper Lane Coffee & Bakes',
  instagram: 'juniperlane.coffee',
  tiktok: 'Juniper Lane Coffee',
};
/** The client the visitor adds herself. */
const own: Record<Platform, string> = {
  facebook: 'Harbour Bakery',
  instagram: 'harbour.bakery',
  tiktok: 'Harbour Bakery',
};

/** On real Electron the desktop alone is walked: the server host is the same on every machine. */
const hosts = [...(isReal ? [] : [{ name: 'server', start: walkOnServer }]), { name: 'desktop', start: walkOnDesktop }];

describe.each(hosts)('in the $name host', ({ start }) => {
  const data = makeDataDir();
  let walker: Walker;
  let page: Page;
  let feed: Page;

  beforeAll(async () => {
    walker = await start(data.path);
    page = walker.page;
  });

  afterAll(async () => {
    await walker.leave();
    data.remove();
  });

  standOnEachOther(() => walker);
  beforeEach(() => page.bringToFront());

  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const link = (name: string | RegExp): Locator => page.getByRole('link', { name });
  const goTo = (place: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click();
  const said = (message: string | RegExp): Promise<void> => page.getByText(message).first().waitFor();

  /** What followers of one account see on one network. */
  const live = (platform: Platform, account: string): Locator =>
    feed.locator(`[data-testid=feed-post][data-platform=${platform}][data-account-name="${account}"]`);

  /** Waits until the post in view has come as far as each network takes it. */
  async function isOut(): Promise<void> {
    for (const [platform, status] of [
      ['facebook', 'published'],
      ['instagram', 'published'],
      ['tiktok', 'delivered'],
    ]) {
      await page.locator(`[data-testid=target-status-${platform}][data-status=${status}]`).waitFor({ timeout: 30_000 });
    }
  }

  async function publishNow(): Promise<void> {
    await button('Publish now').click();
    await page.getByRole('dialog', { name: 'Publish now?' }).getByRole('button', { name: 'Publish now' }).click();
  }

  /** How many pictures, videos and posts have been sent to the networks, seen or unseen. */
  async function sentSoFar(): Promise<number> {
    const requests = [...(await walker.host.requests('meta-graph')), ...(await walker.host.requests('tiktok-api'))];
    const sending = ['facebook.photos', 'facebook.feed', 'instagram.media.create', 'tiktok.inbox.init'];
    return requests.filter((operation) => sending.includes(operation)).length;
  }

  /** Posts the newest draft of an account from the creator's phone. */
  async function postFromPhone(account: string, caption: string): Promise<void> {
    const draft = feed.getByTestId('inbox-draft').filter({ hasText: account }).last();
    await draft.getByRole('textbox').fill(caption);
    await draft.getByRole('button', { name: 'Post it' }).click();
    await live('tiktok', account).filter({ hasText: caption }).waitFor();
  }

  describe('a newcomer', () => {
    it('comes in and finds an agency at work', async () => {
      await walker.comeIn();
      await said('Sandbox — nothing leaves this computer');
      await said(/posts? waits? for your review/);
      await walker.shot('home');
      await goTo('Clients');
      for (const name of [sample.facebook, 'Tidewater Yoga', 'Wren & Fern Flowers']) await link(name).waitFor();
      await walker.shot('clients');
    });

    it('reviews a post and approves it', async () => {
      await goTo('Home');
      await link('Start reviewing').click();
      await page
        .getByRole('status')
        .filter({ hasText: /^1 of \d+$/ })
        .waitFor();
      await said('The last cinnamon buns of the day');
      await walker.shot('review');
      await page.getByTestId('approve').click();
      await said(/^Approved\. It goes out/);
    });

    it('publishes it at once and watches it go out', async () => {
      await goTo('Posts');
      await page.getByRole('heading', { name: 'Posts' }).waitFor();
      await walker.shot('posts');
      await link(/^The last cinnamon buns/).click();
      await publishNow();
      await isOut();
      await walker.shot('published');
    });

    it('sees it as followers do, on TikTok after the creator has posted it', async () => {
      feed = await walker.newTab(() => link('See what followers see').click());
      await live('facebook', sample.facebook).filter({ hasText: 'The last cinnamon buns' }).waitFor();
      await live('instagram', sample.instagram).filter({ hasText: 'Icing or no icing?' }).waitFor();
      await walker.shot('feed-with-draft', feed);
      await postFromPhone(sample.tiktok, 'Last buns of the day');
      await walker.shot('feed', feed);
    });
  });

  describe('her own client', () => {
    it('gets a brand with words it never says', async () => {
      await goTo('Clients');
      await button('Add client').click();
      const dialog = page.getByRole('dialog', { name: 'Add a client' });
      await dialog.getByLabel('Name').fill(own.facebook);
      await dialog
        .getByLabel('Voice')
        .fill('Cheerful and salty, like a bakery by the sea. We bake bread and talk about it.');
      await walker.shot('add-client');
      await dialog.getByRole('button', { name: 'Add client' }).click();
      await page.getByRole('heading', { name: own.facebook }).waitFor();

      await page.getByRole('combobox', { name: 'Banned words and phrases' }).fill('stale');
      await page.keyboard.press('Enter');
      await page.getByLabel('Try it').fill('Never S-T-A-L-E here.');
      await said(/1 hit: a post with this text would be stopped/);
      await button('Add a call to action').click();
      await page.getByRole('textbox', { name: 'Call to action 1' }).fill('Come by before the gulls do.');
      await walker.shot('brand');
      await button('Save changes').click();
      await said('Brand saved.');
    });

    it('gets rules', async () => {
      await page.getByRole('tab', { name: 'Rules' }).click();
      await page.getByRole('checkbox', { name: 'TikTok' }).check();
      await button('Save changes').click();
      await said('Rules saved.');
      await walker.shot('rules');
    });

    it('is connected to Facebook and Instagram by clicking through the login', { timeout: 240_000 }, async () => {
      // From now on the client is active, and the app itself would write its posts.
      await untilWritingIsFar(walker.host, 90_000);
      await page.getByRole('tab', { name: 'Accounts' }).click();
      for (const platform of ['Facebook', 'Instagram'] as const) {
        const login = await walker.toLogin(() => link(`Connect ${platform}`).click());
        await login.getByText('Simulated Facebook login — sandbox').waitFor();
        await login.getByRole('checkbox', { name: own.facebook }).check();
        await walker.shot(`${platform.toLowerCase()}-login`, login);
        await login.getByRole('button', { name: 'Continue' }).click();
        await said('Which one belongs to this client?');
        await page.getByRole('checkbox', { name: own.facebook }).check();
        await walker.shot(`${platform.toLowerCase()}-choice`);
        await button('Connect').click();
        await link('Back to the client').click();
        await page.getByTestId(`account-${platform.toLowerCase()}`).getByText('Connected', { exact: true }).waitFor();
      }
    });

    it('is connected to TikTok too', async () => {
      const login = await walker.toLogin(() => link('Connect TikTok').click());
      await login.getByRole('radio', { name: `@${own.instagram}` }).check();
      await walker.shot('tiktok-login', login);
      await login.getByRole('button', { name: 'Authorize' }).click();
      await link('Back to the client').click();
      await page.getByTestId('account-tiktok').getByText('Connected', { exact: true }).waitFor();
      await walker.shot('accounts');
    });

    it('has its week written by the AI', async () => {
      await button('Write the week').last().click();
      await button(/^Write \d+ posts?$/).click();
      await page.getByText(/^Done: [1-9]\d* posts? written\.$/).waitFor({ timeout: 60_000 });
      await walker.shot('week-written');
      await button('Close').last().click();
    });

    it('publishes one of the posts on all three networks', async () => {
      await page.getByRole('tab', { name: 'Posts' }).click();
      await walker.shot('client-posts');
      await page.getByTestId('post-card').last().getByRole('link').click();
      await page.getByTestId('approve').click();
      await publishNow();
      await isOut();
      await live('facebook', own.facebook).waitFor();
      await live('instagram', own.instagram).waitFor();
      await postFromPhone(own.tiktok, 'Fresh from the harbour');
      await walker.shot('feed-own-client', feed);
    });
  });

  describe('the kill switch', () => {
    it('lets nothing out while it is on', async () => {
      await button('Stop everything').click();
      await page.getByLabel('Reason').fill('The client asked us to pause');
      await button('Stop now').click();
      await said('Everything is stopped. Nothing is being published.');
      await walker.shot('stopped');
      await page.getByRole('dialog', { name: 'Stopped' }).getByRole('button', { name: 'Close' }).last().click();

      await page.goBack();
      await page.getByTestId('post-card').nth(1).getByRole('link').click();
      await page.getByTestId('approve').click();
      const sentBefore = await sentSoFar();
      await publishNow();
      await said('It waits: publishing is stopped. You are asked about it when you resume.');
      const job = await walker.host.api<{ lastError: string | null }>('POST', '/api/admin/jobs/publish-due/run', {});
      expect(job.lastError).toBeNull();
      expect(await sentSoFar()).toBe(sentBefore);
      await page.locator('[data-testid=target-status-facebook][data-status=pending]').waitFor();
      await walker.shot('nothing-goes-out');
    });

    it('lets the post out as a person says when it is taken off', async () => {
      await button('Resume publishing').click();
      await button('Resume now').click();
      await page.getByTestId('affected').getByRole('button', { name: 'Publish now' }).click();
      await walker.shot('resumed');
      await page.getByTestId('resume').getByRole('button', { name: 'Done' }).click();
      await isOut();
      await live('facebook', own.facebook).nth(1).waitFor();
      await live('instagram', own.instagram).nth(1).waitFor();
      await postFromPhone(own.tiktok, 'And on we go');
      await walker.shot('feed-at-the-end', feed);
      expect(await live('facebook', own.facebook).count()).toBe(2);
    });
  });

  it('meanwhile the coming week of the sample agency was written', async () => {
    const clients = await walker.host.api<{ items: Client[] }>('GET', '/api/clients');
    for (const { id, name } of clients.items.filter((client) => client.name !== own.facebook)) {
      await until(`posts by the AI for ${name}`, async () => {
        const { items } = await walker.host.api<{ items: Post[] }>(
          'GET',
          `/api/pipeline?clientId=${id}&status=in_review`,
        );
        return items.filter(({ source }) => source === 'ai').length >= 3;
      });
    }
  });

  it('no page reported an error on the way', () => {
    expect(walker.errors()).toEqual([]);
  });
});
