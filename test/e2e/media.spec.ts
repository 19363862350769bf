import type { Locator, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { LibraryItem, Media } from '../../shared/contract/media.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { hostileFiles } from '../doubles/hostile-media.ts';
import { undo } from './acting.ts';
import { type Visitor, visit } from './browser.ts';
import { apiToken, type Host, ledgerOf, makeDataDir, startHost, until } from './host.ts';

const data = makeDataDir();
let host: Host;
let visitor: Visitor;
let page: Page;
/** Without accounts and posts, and one of the sandbox's with both. */
let client: Client;
let sample: Client;

beforeAll(async () => {
  host = await startHost(data.path);
  client = await host.api<Client>('POST', '/api/clients', { name: 'Harbour Bakery', timezone: 'Europe/Berlin' });
  visitor = await visit('media');
  page = visitor.page;
});

afterAll(async () => {
  await visitor.leave();
  await host.stop();
  data.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await visitor.shot('stumbled');
});

const authorization = `Bearer ${apiToken}`;
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(host.origin + path, { headers: { authorization, ...headers } });

/** A loaf on a table, more or less: something in the lower right that must stay in sight. */
async function picture(width: number, height: number, background: string): Promise<Uint8Array<ArrayBuffer>> {
  const side = Math.round(Math.min(width, height) / 4);
  const loaf = { create: { width: side, height: side, channels: 3 as const, background: '#c98a3c' } };
  const image = sharp({ create: { width, height, channels: 3, background } }).composite([
    { input: loaf, left: width - side - 20, top: height - side - 20 },
  ]);
  return new Uint8Array(await image.jpeg().toBuffer());
}

/** A grey picture, wider than networks show it, whose left end is red and whose right end is blue. */
async function pictureWithEnds(): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height, end] = [2_400, 1_000, 200];
  const stripe = (background: string) => ({ create: { width: end, height, channels: 3 as const, background } });
  const image = sharp({ create: { width, height, channels: 3, background: '#808080' } }).composite([
    { input: stripe('#ff0000'), left: 0, top: 0 },
    { input: stripe('#0000ff'), left: width - end, top: 0 },
  ]);
  return new Uint8Array(await image.jpeg().toBuffer());
}

/** The colours at the left and the right end of a picture that reached a network. */
async function ends(url: string): Promise<string[]> {
  const { data, info } = await sharp(await (await fetch(url)).arrayBuffer())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const row = Math.floor(info.height / 2) * info.width;
  return [20, info.width - 20].map((column) => {
    const [red = 0, , blue = 0] = data.subarray((row + column) * info.channels);
    if (Math.abs(red - blue) < 40) return 'grey';
    return red > blue ? 'red' : 'blue';
  });
}

async function upload(bytes: Uint8Array<ArrayBuffer>, name: string, { id } = client): Promise<Response> {
  const form = new FormData();
  // The file before the client, as no browser of ours would send it.
  form.set('file', new File([bytes], name));
  form.set('clientId', id);
  return fetch(`${host.origin}/api/media`, { method: 'POST', body: form, headers: { authorization } });
}

async function connectedSample(): Promise<{ sampled: Client; accountId: string } | undefined> {
  const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
  for (const sampled of items.filter(({ id }) => id !== client.id)) {
    const accounts = await host.api<{ items: Account[] }>('GET', `/api/clients/${sampled.id}/accounts`);
    const found = accounts.items.find(({ platform }) => platform === 'facebook');
    if (found !== undefined) return { sampled, accountId: found.id };
  }
  return undefined;
}

describe('over REST', () => {
  it('a file is kept with its name and read back whole, in part and small', async () => {
    const bytes = await picture(1_600, 900, '#dfe8e6');
    const answer = await upload(bytes, 'Table by the window.jpg');
    expect(answer.status).toBe(201);
    const media = (await answer.json()) as Media;
    expect(media).toMatchObject({ mime: 'image/jpeg', width: 1_600, height: 900, name: 'Table by the window.jpg' });
    const whole = await get(media.url);
    expect(Buffer.compare(new Uint8Array(await whole.arrayBuffer()), bytes)).toBe(0);
    const part = await get(media.url, { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(10, 20));
    const small = await sharp(await (await get(media.thumbnailUrl ?? '')).arrayBuffer()).metadata();
    expect(small).toMatchObject({ format: 'jpeg', width: 480, height: 270 });
  });

  it('hostile files get a clear answer, and the host goes on', async () => {
    const { items: before } = await host.api<{ items: LibraryItem[] }>('GET', `/api/media?clientId=${client.id}`);
    for (const { name, make, expected } of hostileFiles) {
      const content = make();
      if (expected === 'taken' || Symbol.asyncIterator in content) continue;
      const answer = await upload(new Uint8Array(await content), name);
      const body = (await answer.json()) as { code: string; data: { problems: { code: string }[] } };
      expect([name, answer.status, body.data.problems[0]?.code]).toEqual([name, 422, expected]);
    }
    const { items } = await host.api<{ items: LibraryItem[] }>('GET', `/api/media?clientId=${client.id}`);
    expect(items).toEqual(before);
    expect((await get('/api/health')).status).toBe(200);
  });

  it('a form that is none is refused', async () => {
    const headers = { authorization, 'content-type': 'multipart/form-data; boundary=b' };
    const answer = await fetch(`${host.origin}/api/media`, { method: 'POST', headers, body: '--b\r\nx' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('a file that a post holds stays', async () => {
    const { sampled, accountId } = await until('the sample has accounts', connectedSample);
    sample = sampled;
    const media = (await (await upload(await picture(800, 1_000, '#27424a'), 'held.jpg', sample)).json()) as Media;
    const scheduledFor = new Date(Date.now() + 86_400_000).toISOString();
    const body = { clientId: sample.id, caption: 'Fresh bread', media: [media.id], scheduledFor };
    const post = await host.api<Post>('POST', '/api/pipeline', { ...body, targets: [{ accountId }] });
    const path = `/api/media/${media.id}`;
    const refused = await fetch(host.origin + path, { method: 'DELETE', headers: { authorization } });
    expect(refused.status).toBe(409);
    expect(await host.api('GET', path)).toMatchObject({ usedIn: [{ postId: post.id, status: 'in_review' }] });
  });
});

describe('in the dashboard', () => {
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const cards = (): Locator => page.getByTestId('media-card');
  const drawer = (): Locator => page.getByRole('dialog');
  const said = (message: string): Promise<void> => page.getByText(message).first().waitFor();
  const stored = async (name: string, { id } = client): Promise<LibraryItem | undefined> => {
    const query = `clientId=${id}&search=${encodeURIComponent(name)}`;
    return (await host.api<{ items: LibraryItem[] }>('GET', `/api/media?${query}`)).items[0];
  };

  it('files are added, and what is none is told plainly', async () => {
    await page.goto(host.loginLink);
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.goto(`${host.origin}/clients/${client.id}?tab=media`);
    await cards().first().waitFor();
    await page.getByLabel('Add pictures or videos').setInputFiles([
      { name: 'Loaf.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await picture(2_400, 1_100, '#f2e6d8')) },
      { name: 'Broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg/>') },
    ]);
    await cards().filter({ hasText: 'Loaf.jpg' }).waitFor();
    await said('Use a JPEG, PNG or WebP image');
    await visitor.shot('library');
    await button('Dismiss Broken.jpg').click();
  });

  it('search finds by name', async () => {
    await page.getByLabel('Search media').fill('window');
    await expect.poll(() => cards().count()).toBe(1);
    await page.getByLabel('Search media').fill('nothing like it');
    await said('Nothing like that here');
    await page.getByLabel('Search media').fill('');
    await expect.poll(() => cards().count()).toBe(2);
  });

  it('the alternative text is saved, and taken back', async () => {
    await cards().filter({ hasText: 'Loaf.jpg' }).click();
    const field = drawer().getByLabel('Alt text');
    await field.fill('A loaf on a linen cloth');
    await field.blur();
    await said('Alt text saved');
    await expect.poll(async () => (await stored('Loaf'))?.altText).toBe('A loaf on a linen cloth');
    await undo(page, 'Alt text saved');
    await expect.poll(async () => (await stored('Loaf'))?.altText).toBeNull();
  });

  it('the focal point is set by a click and by keys, and the crops follow', async () => {
    const frame = drawer().getByTestId('crop-instagram').locator('img').first();
    const before = await frame.getAttribute('style');
    const picker = drawer().getByRole('button', { name: /Focal point/ });
    const box = await picker.boundingBox();
    await picker.click({ position: { x: (box?.width ?? 0) * 0.9, y: (box?.height ?? 0) * 0.85 } });
    await expect.poll(async () => (await stored('Loaf'))?.focal?.x).toBeCloseTo(0.9, 1);
    await expect.poll(() => frame.getAttribute('style')).not.toBe(before);
    await picker.press('ArrowLeft');
    await expect.poll(async () => (await stored('Loaf'))?.focal?.x).toBeCloseTo(0.85, 1);
    await visitor.shot('details');
    await drawer().getByRole('button', { name: 'Use the middle' }).click();
    await expect.poll(async () => (await stored('Loaf'))?.focal).toBeNull();
  });

  it('a network is given a part of its own, by the mouse and by keys, and that goes out', async () => {
    await page.goto(`${host.origin}/clients/${sample.id}?tab=media`);
    const file = { name: 'Ends.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await pictureWithEnds()) };
    await page.getByLabel('Add pictures or videos').setInputFiles([file]);
    await cards().filter({ hasText: 'Ends.jpg' }).click();
    const frame = (network: string): Locator =>
      drawer().getByRole('button', { name: new RegExp(`^Cut for ${network},`) });
    await frame('Facebook').hover();
    await page.mouse.down();
    // To the right by more than the frame is wide: what lies at the left end comes into sight, and no more.
    const { x = 0, y = 0, width = 0 } = (await frame('Facebook').boundingBox()) ?? {};
    await page.mouse.move(x + width / 2, y + 40, { steps: 3 });
    await page.mouse.move(x + width * 2, y + 40, { steps: 5 });
    await page.mouse.up();
    await frame('Instagram').focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowLeft');
    const points = async () => (await stored('Ends', sample))?.focalOn;
    await expect.poll(async () => Object.keys((await points()) ?? {})).toEqual(['facebook', 'instagram']);
    await expect.poll(async () => (await points())?.instagram?.x).toBeGreaterThan(0.59);
    expect((await points())?.facebook?.x).toBeLessThan(0.41);
    await visitor.shot('own-parts');

    const media = await stored('Ends', sample);
    const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${sample.id}/accounts`);
    const targets = items.filter(({ platform }) => platform !== 'tiktok').map(({ id }) => ({ accountId: id }));
    const caption = 'The two ends of the table';
    const scheduledFor = new Date(Date.now() + 3_600_000).toISOString();
    const post = await host.api<Post>('POST', '/api/pipeline', {
      clientId: sample.id,
      caption,
      media: [media?.id],
      scheduledFor,
      targets,
    });
    await host.api('POST', `/api/pipeline/${post.id}/approve`, {});
    await host.api('POST', `/api/pipeline/${post.id}/publish-now`, {});
    const sent = await until('both networks show the post', async () => {
      const posts = (await host.feed()).posts.filter(({ text }) => text.includes(caption));
      return posts.length === 2 && posts;
    });
    const colours = await Promise.all(
      sent.map(async (shown) => [shown.platform, await ends(shown.media[0]?.url ?? '')]),
    );
    expect(Object.fromEntries(colours)).toEqual({ facebook: ['red', 'grey'], instagram: ['grey', 'blue'] });
  });

  it('a part of its own is given up', async () => {
    await drawer().getByRole('button', { name: 'As the others: Facebook' }).click();
    await expect.poll(async () => Object.keys((await stored('Ends', sample))?.focalOn ?? {})).toEqual(['instagram']);
    await page.goto(`${host.origin}/clients/${client.id}?tab=media`);
    await cards().filter({ hasText: 'Loaf.jpg' }).click();
  });

  it('a file in no post is deleted and taken back; one in a post cannot be', async () => {
    await drawer().getByRole('button', { name: 'Delete' }).click();
    await said('Deleted Loaf.jpg');
    await expect.poll(() => cards().count()).toBe(1);
    await undo(page, 'Deleted Loaf.jpg');
    await expect.poll(() => cards().count()).toBe(2);
    await page.goto(`${host.origin}/clients/${sample.id}?tab=media`);
    await cards().filter({ hasText: 'held.jpg' }).click();
    await drawer().getByText('Fresh bread').waitFor();
    expect(await drawer().getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
  });

  it('people are tagged where they are, on any picture, and that goes out', async () => {
    const colours = ['#224466', '#664422'];
    const files = await Promise.all(
      colours.map(async (colour) => upload(await picture(1_000, 1_000, colour), `${colour}.jpg`, sample)),
    );
    const media = await Promise.all(files.map(async (answer) => ((await answer.json()) as Media).id));
    const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${sample.id}/accounts`);
    const targets = items.filter(({ platform }) => platform === 'instagram').map(({ id }) => ({ accountId: id }));
    const scheduledFor = new Date(Date.now() + 7_200_000).toISOString();
    const post = { clientId: sample.id, caption: 'Anna and Ben bake', media, scheduledFor, targets };
    const { id } = await host.api<Post>('POST', '/api/pipeline', post);
    await page.goto(`${host.origin}/posts/${id}`);
    await page.getByTestId('edit').click();
    await button('People and place on Instagram').click();
    await page.getByRole('combobox', { name: 'Tag people' }).fill('@Anna');
    await page.keyboard.press('Enter');
    await page.keyboard.type('ben.k');
    await page.keyboard.press('Enter');
    const marker = (name: string): Locator => button(new RegExp(`^@${name}, .* from the left`));
    await marker('anna').hover();
    const stage = await marker('anna').locator('..').boundingBox();
    await page.mouse.down();
    await page.mouse.move((stage?.x ?? 0) + (stage?.width ?? 0) * 0.2, (stage?.y ?? 0) + (stage?.height ?? 0) * 0.3, {
      steps: 4,
    });
    await page.mouse.up();
    await page.getByRole('group', { name: 'Pictures on Instagram' }).getByRole('button').nth(1).click();
    await button('Put ben.k here').click();
    await marker('ben.k').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
    await button('@ben.k, 60% from the left and 45% from the top. Arrow keys move the name.').waitFor();
    await visitor.shot('people');
    await page.locator('figure').getByRole('button', { name: '1 person tagged' }).click();
    await page.locator('figure').getByText('anna', { exact: true }).waitFor();
    await visitor.shot('people-shown');
    await page.keyboard.press('Control+Enter');
    await until('it is saved', async () => {
      const { targets: now } = await host.api<Post>('GET', `/api/pipeline/${id}`);
      return now[0]?.options.tagPlaces?.length === 2;
    });
    await host.api('POST', `/api/pipeline/${id}/approve`, {});
    await host.api('POST', `/api/pipeline/${id}/publish-now`, {});
    await until('it is live', async () => (await host.api<Post>('GET', `/api/pipeline/${id}`)).status === 'published');
    const sent = (await ledgerOf(host.simulator('meta-graph')))
      .filter(({ operation }) => operation === 'instagram.media.create')
      .slice(-3)
      .map(({ detail }) => JSON.parse((detail as { userTags?: string }).userTags ?? 'null') as unknown);
    expect(sent).toEqual([
      [{ username: 'anna', x: expect.closeTo(0.2, 1), y: expect.closeTo(0.3, 1) }],
      [{ username: 'ben.k', x: 0.6, y: 0.45 }],
      null,
    ]);
  });

  it('a new post takes files from the library', async () => {
    await page.goto(`${host.origin}/posts/new?client=${client.id}`);
    await button('Choose from the library').click();
    await drawer().getByRole('button', { name: 'Loaf.jpg' }).click();
    await visitor.shot('picker');
    await drawer().getByRole('button', { name: 'Add', exact: true }).click();
    await button('Move forward').waitFor();
  });

  it('nothing went wrong on the pages', () => {
    expect(visitor.errors.filter((error) => !error.includes('422'))).toEqual([]);
  });
});
