import type { Page } from 'playwright';
import { activityTabs } from '../../renderer/features/activity/activity-search.ts';
import { clientTabs } from '../../renderer/features/clients/client-tabs.ts';
import { settingsTabs } from '../../renderer/features/settings/settings-tabs.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Host, until, untilWeekIsWritten } from './host.ts';

/** One sight of the app: a page, or a dialog on it. */
export interface Place {
  name: string;
  path: string;
  /** What is done on the page before it looks as meant. */
  next?: (page: Page) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Waits until the sample agency has its week and its sample posts, and one of its posts is live. */
export async function untilAgencyIsBusy(host: Host): Promise<void> {
  const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  for (const { id, name } of items) {
    await until(
      `the week of ${name} is written`,
      async () => {
        const written = await host.api<{ items: Post[] }>('GET', `/api/pipeline?clientId=${id}&status=in_review`);
        return written.items.filter(({ source }) => source === 'ai').length >= 3;
      },
      120_000,
    );
  }
  await untilWeekIsWritten(host);
  await changeAfterApproval(host);
  const sample = await samplePost(host);
  await host.api('POST', `/api/pipeline/${sample.id}/approve`, { contentHash: sample.contentHash });
  await host.api('POST', `/api/pipeline/${sample.id}/publish-now`, {});
  await until('a post is live', async () => {
    const { status } = await host.api<Post>('GET', `/api/pipeline/${sample.id}`);
    return status === 'published';
  });
}

/** One post was approved and is not what it was then. */
async function changeAfterApproval(host: Host): Promise<void> {
  const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review');
  const post = items.findLast(({ source, problems }) => source === 'ai' && problems.length === 0);
  if (post === undefined) throw new Error('The AI wrote nothing that could be approved.');
  await host.api('POST', `/api/pipeline/${post.id}/approve`, {});
  const caption = post.caption.replace(/\b\w{5,}\b/, 'everything').concat(' See you soon.');
  await host.api('PATCH', `/api/pipeline/${post.id}`, { caption, media: post.media.slice(1).map(({ id }) => id) });
  changedId = post.id;
}
let changedId = '';

/** Every page of the dashboard of a busy agency, and the dialogs that matter. */
export async function placesOf(host: Host): Promise<Place[]> {
  const { items: clients } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  const { items: waiting } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review');
  const { items: live } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=published&order=latest');
  const client = clients[0]?.id ?? '';
  const [inReview = '', published = ''] = [waiting[0]?.id, live[0]?.id];
  const draft = await draftOf(host, waiting);
  return [
    { name: 'home', path: '/' },
    { name: 'review', path: '/review' },
    { name: 'posts', path: '/pipeline' },
    { name: 'posts-needs-you', path: '/pipeline?show=attention' },
    { name: 'posts-board', path: '/pipeline?view=board' },
    { name: 'posts-by-status', path: '/pipeline?view=table&sort=status' },
    { name: 'posts-no-match', path: '/pipeline?view=table&q=giraffe&network=tiktok' },
    {
      name: 'posts-filter',
      path: '/pipeline?view=table',
      async next(page) {
        await page.getByTestId('post-filter').fill('network:myspace client:');
        await page.getByRole('option').first().waitFor();
      },
    },
    {
      name: 'posts-selected',
      path: '/pipeline?view=table&show=review',
      async next(page) {
        await selectTwo(page);
      },
    },
    {
      name: 'dialog-bulk-move',
      path: '/pipeline?view=table&show=review',
      async next(page) {
        await selectTwo(page);
        await button(page, 'Move…').click();
        await page.getByRole('dialog', { name: 'Move 2 posts' }).waitFor();
      },
    },
    {
      name: 'dialog-bulk-reject',
      path: '/pipeline?view=table&show=review',
      async next(page) {
        await selectTwo(page);
        await button(page, 'Reject…').click();
        await page.getByRole('dialog', { name: 'Reject 2 posts' }).waitFor();
      },
    },
    { name: 'calendar-month', path: '/calendar' },
    { name: 'calendar-by-client', path: '/calendar?color=client&slots=show' },
    { name: 'calendar-week', path: '/calendar?view=week' },
    { name: 'calendar-day', path: '/calendar?view=day' },
    { name: 'calendar-agenda', path: '/calendar?view=agenda&slots=show' },
    { name: 'calendar-empty', path: '/calendar?day=2031-01-01' },
    { name: 'insights', path: '/insights' },
    { name: 'insights-empty', path: '/insights?period=custom&from=2020-01-01&to=2020-01-31' },
    { name: 'clients', path: '/clients' },
    ...clientTabs.map((tab) => ({ name: `client-${tab}`, path: `/clients/${client}?tab=${tab}` })),
    {
      name: 'client-brand-tester',
      path: `/clients/${client}?tab=brand`,
      async next(page) {
        await page.getByLabel('Try it').fill('A c h e a p latte, going viral.');
        await page.getByTestId('tester').waitFor();
      },
    },
    {
      name: 'client-account-open',
      path: `/clients/${client}?tab=accounts`,
      async next(page) {
        await page.getByTestId('account-facebook').getByRole('button', { name: 'More' }).click();
        await page.getByText('What the login allows').first().waitFor();
      },
    },
    {
      name: 'client-file-open',
      path: `/clients/${client}?tab=media`,
      async next(page) {
        await page.getByTestId('media-card').first().click();
        await page.getByRole('dialog').getByText('Where it is used').waitFor();
      },
    },
    {
      name: 'clients-none-found',
      path: '/clients?q=nobody',
      next: (page) => page.getByText('No clients match').waitFor(),
    },
    { name: 'post-to-review', path: `/posts/${inReview}` },
    { name: 'post-live', path: `/posts/${published}` },
    {
      name: 'post-live-history',
      path: `/posts/${published}`,
      async next(page) {
        await page
          .getByTestId('history')
          .getByRole('button', { name: /^Step by step/ })
          .first()
          .click();
        await page.getByTestId('history').scrollIntoViewIfNeeded();
      },
    },
    { name: 'post-changed', path: `/posts/${changedId}` },
    {
      name: 'dialog-variants',
      path: '/review',
      async next(page) {
        await page.getByTestId('approve').waitFor();
        await page.keyboard.press('v');
        await page.getByTestId('variant').nth(2).waitFor();
      },
    },
    { name: 'new-post', path: `/posts/new?client=${client}` },
    { name: 'new-post-facebook', path: draft },
    ...['Instagram', 'TikTok'].map((network) => ({
      name: `new-post-${network.toLowerCase()}`,
      path: draft,
      async next(page: Page) {
        await page.getByLabel('Text of').getByText(network).click();
        await page.getByRole('figure', { name: new RegExp(network) }).waitFor();
      },
    })),
    { name: 'posts-drafts', path: '/pipeline?show=drafts' },
    ...activityTabs.map((tab) => ({ name: `activity-${tab}`, path: `/activity?tab=${tab}` })),
    ...settingsTabs.map((tab) => ({ name: `settings-${tab}`, path: `/settings?tab=${tab}` })),
    {
      name: 'dialog-budget',
      path: '/activity?tab=usage',
      async next(page) {
        await button(page, /^Set budget for/)
          .first()
          .click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: 'go-live', path: '/go-live' },
    { name: 'not-found', path: '/nowhere' },
    { name: 'palette', path: '/', next: openPalette },
    {
      name: 'palette-search',
      path: '/',
      async next(page) {
        await openPalette(page);
        await page.getByRole('combobox', { name: 'Search' }).fill('coffee');
        await page.getByRole('option').nth(1).waitFor();
      },
    },
    {
      name: 'shortcuts',
      path: '/',
      async next(page) {
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      },
    },
    {
      name: 'dialog-write-the-week',
      path: '/',
      async next(page) {
        await button(page, 'Write the week').first().click();
        await page.getByRole('dialog').getByText('2 weeks').click();
        await page.getByTestId('write-total').waitFor();
      },
    },
    {
      name: 'dialog-reschedule',
      path: `/posts/${inReview}`,
      async next(page) {
        await button(page, 'Reschedule').click();
        await page.getByRole('dialog', { name: 'Reschedule' }).waitFor();
      },
    },
    {
      name: 'dialog-reject',
      path: `/review`,
      async next(page) {
        await page.getByTestId('reject').click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'dialog-add-client',
      path: '/clients',
      async next(page) {
        await button(page, 'Add client').click();
        await page.getByRole('dialog', { name: 'Add a client' }).waitFor();
      },
    },
    {
      name: 'dialog-stop',
      path: '/',
      async next(page) {
        await button(page, 'Stop everything').click();
        await page.getByLabel('Reason').waitFor();
      },
    },
    // Last: they stay until they are left.
    {
      name: 'tour',
      path: '/',
      async next(page) {
        await openPalette(page);
        await page.keyboard.type('tour');
        await page.keyboard.press('Enter');
        await page.getByTestId('tour').waitFor();
      },
    },
    {
      name: 'tour-approve',
      path: '/review',
      next: (page) => page.locator('[data-testid=tour][data-step=approve]').waitFor(),
    },
  ];
}

async function selectTwo(page: Page): Promise<void> {
  for (const row of [0, 1]) await page.getByTestId('post-row').nth(row).getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: 'What to do with the selected posts' }).waitFor();
}

/** The address of a draft with much in it, of a client that has an account on every network. */
async function draftOf(host: Host, posts: readonly Post[]): Promise<string> {
  const post = posts.find(({ targets }) => targets.length === 3) ?? posts[0];
  if (post === undefined) return '/posts/new';
  const id = 'draft-of-the-places';
  const { items: files } = await host.api<{ items: { id: string; kind: string }[] }>(
    'GET',
    `/api/media?clientId=${post.clientId}`,
  );
  const pictures = files.filter(({ kind }) => kind === 'image').map((file) => file.id);
  const options = { media: pictures.slice(0, 1) };
  await host.api('PUT', `/api/drafts/${id}`, {
    clientId: post.clientId,
    revision: 0,
    writer: 'places',
    content: {
      caption: `${post.caption}\n\nAsk @juniperlane for a table, or look at https://juniper.example/menu before you come.`,
      hashtags: ['#slowmorning', '#freshbread'],
      firstComment: 'What is your order on a Sunday? ☕',
      altText: null,
      media: pictures.slice(0, 4),
      scheduledFor: post.scheduledFor,
      targets: post.targets.map(({ accountId, platform }) => ({
        accountId,
        caption: platform === 'tiktok' ? 'Flaky layers, slow mornings and one very patient baker 🥐 #bakery' : null,
        options: platform === 'tiktok' ? options : {},
      })),
    },
  });
  return `/posts/new?draft=${id}`;
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).waitFor();
  await page.getByRole('option').first().waitFor();
}

/** Opens a place and waits until nothing on it is still loading or moving. */
export async function goTo(page: Page, host: Pick<Host, 'origin'>, { path, next }: Place): Promise<void> {
  await page.goto(host.origin + path);
  await untilWhole(page);
  if (next === undefined) return;
  await next(page);
  await untilWhole(page);
}

/** Waits until no placeholder is left, all pictures are there, and what came in has come to rest. */
export async function untilWhole(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root') === null &&
      [...document.images].every(({ complete, loading }) => complete || loading === 'lazy') &&
      document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
}

async function samplePost(host: Host): Promise<Post> {
  const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?status=in_review');
  const post = items.find(({ source, targets }) => source === 'manual' && targets.length < 3) ?? items[0];
  if (post === undefined) throw new Error('The sample agency has no post to publish.');
  return post;
}
