import sharp from 'sharp';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Visitor, visit } from './browser.ts';
import { armFault, callsOf, type Host, makeDataDir, simulatorIn, startHost, until } from './host.ts';
import { standOnEachOther } from './steps.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
let client: Client;
let instagram: Account;

beforeAll(async () => {
  host = await startHost(data.path);
  ({ client, instagram } = await until('a client has an Instagram account', onInstagram));
  visitor = await visit('stories');
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

async function onInstagram(): Promise<{ client: Client; instagram: Account } | undefined> {
  const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  for (const each of items) {
    const found = await host.api<{ items: Account[] }>('GET', `/api/clients/${each.id}/accounts`);
    const account = found.items.find(({ platform }) => platform === 'instagram');
    if (account !== undefined) return { client: each, instagram: account };
  }
  return undefined;
}

const picture = async (name: string, width: number, height: number, background: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer(),
});
const stories = async () => (await host.feed()).posts.filter(({ isStory }) => isStory);
const currentPost = async () => host.api<Post>('GET', `/api/pipeline/${page.url().split('/').at(-1)}`);

describe('a story', () => {
  it('is written by mouse, and what it cannot have is said', async () => {
    await page.goto(`${host.origin}/posts/new?client=${client.id}`);
    await page.getByRole('checkbox').nth(2).waitFor();
    for (const network of ['Facebook', 'TikTok']) await page.getByRole('checkbox', { name: network }).uncheck();
    const format = page.getByRole('radiogroup', { name: /^How it appears on/ });
    await format.getByText('Story').click();
    await page.getByText('A story needs a picture or a video.').first().waitFor();
    await page.getByText('A story shows no text. This is what the post is called in your lists.').waitFor();
    for (const name of ['First comment', 'Alt text', 'Hashtags']) {
      expect(await page.getByLabel(name, { exact: true }).first().isDisabled()).toBe(true);
    }
    await page.getByLabel('Caption', { exact: true }).fill('Window of the week');
    await page
      .getByLabel('Add pictures or video')
      .setInputFiles([
        await picture('wide.jpg', 1600, 900, '#2f6f8f'),
        await picture('upright.jpg', 1080, 1920, '#b8652a'),
      ]);
    await page.getByText('A story has exactly one picture or video; there are 2.').first().waitFor();
    await visitor.shot('several-files');
    expect(await page.getByTestId('create-approve').isDisabled()).toBe(true);

    const choice = page.getByRole('radiogroup', { name: 'What the story shows' });
    await choice.getByRole('radio', { name: 'wide.jpg' }).click();
    await page.getByText('This picture does not have the shape of a screen (9:16).').waitFor();
    const preview = page.getByRole('figure', { name: 'Preview as a story on Instagram' });
    await preview.locator('img').first().waitFor();
    expect(await preview.getByText('Window of the week').count()).toBe(0);
    await page.getByText('Free slots by the client’s rules').locator('..').locator('label').first().click();
    await page.locator('[data-testid=save-state][data-state=saved]').waitFor();
    await visitor.shot('composer');
  });

  it('is approved, published, and live once among the stories', async () => {
    await page.getByTestId('create').click();
    await page.waitForURL(/\/posts\/[0-9a-f]{32}$/);
    expect(await currentPost()).toMatchObject({ status: 'in_review', problems: [] });
    await page.getByText('Instagram story').first().waitFor();
    await visitor.shot('post');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click();
    const [story, ...others] = await until('it is live', async () => {
      const live = await stories();
      return live.length > 0 && live;
    });
    expect(others).toEqual([]);
    expect(story).toMatchObject({ text: '', comments: [], media: [{ kind: 'image', alt: null }] });
    const file = Buffer.from(await (await fetch(story?.media[0]?.url ?? '')).arrayBuffer());
    expect(await sharp(file).metadata()).toMatchObject({ format: 'jpeg', width: 1080, height: 1920 });
    const { targets } = await until('it is said', async () => {
      const post = await currentPost();
      return post.status === 'published' && post;
    });
    expect(targets).toMatchObject([{ remoteId: story?.id, permalink: story?.permalink }]);
    await page.goto(new URL('/feed', simulatorIn(data.path, 'feed')).href);
    await page.getByTestId('feed-post').getByText('Story', { exact: true }).filter({ visible: true }).waitFor();
    await visitor.shot('feed');
  });

  it('whose answer was lost is live once all the same', async () => {
    const files = await host.api<{ items: { id: string }[] }>('GET', `/api/media?clientId=${client.id}&search=upright`);
    const made = await host.api<Post>('POST', '/api/pipeline', {
      clientId: client.id,
      caption: 'Second window',
      media: [files.items[0]?.id],
      scheduledFor: new Date(Date.now() + 86_400_000).toISOString(),
      targets: [{ accountId: instagram.id, options: { format: 'story' } }],
    });
    await host.api('POST', `/api/pipeline/${made.id}/approve`, {});
    const graph = simulatorIn(data.path, 'meta-graph');
    await armFault(graph, { operation: 'instagram.media_publish', kind: 'lost-answer' });
    const before = (await callsOf(graph)).filter((call) => call === 'instagram.media_publish').length;
    await host.api('POST', `/api/pipeline/${made.id}/publish-now`, {});
    await until(
      'it is known to be live',
      async () => {
        const post = await host.api<Post>('GET', `/api/pipeline/${made.id}`);
        return post.status === 'published';
      },
      150_000,
    );
    expect(await stories()).toHaveLength(2);
    const sent = (await callsOf(graph)).filter((call) => call === 'instagram.media_publish').length;
    expect(sent - before).toBe(1);
  });

  it('is refused on Facebook', async () => {
    const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`);
    const facebook = items.find(({ platform }) => platform === 'facebook');
    const refused = host.api('POST', '/api/pipeline', {
      clientId: client.id,
      caption: 'x',
      scheduledFor: new Date(Date.now() + 86_400_000).toISOString(),
      targets: [{ accountId: facebook?.id, options: { format: 'story' } }],
    });
    await expect(refused).rejects.toThrow(/422/);
  });
});
