import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { tiktokProblems } from '../../platforms/problems.ts';
import { type Agency, connectAccount, connectedClient, day, noon, startAgency } from '../../../test/agency.ts';

let agency: Agency;
let api: Agency['api'];
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency();
  api = agency.api;
  ({ clientId, accountId } = await connectedClient(agency));
});

async function picture(name: string, background: string): Promise<File> {
  const image = sharp({ create: { width: 800, height: 500, channels: 3, background } });
  return new File([new Uint8Array(await image.jpeg().toBuffer())], name);
}

async function add(name: string, background = '#804020', altText?: string): Promise<string> {
  const file = await picture(name, background);
  return (await api.media.upload({ file, clientId, ...(altText === undefined ? {} : { altText }) })).id;
}

async function postWith(media: string[], altText: string | null = null): Promise<string> {
  const scheduledFor = new Date(noon + day).toISOString();
  const post = { clientId, caption: 'Fresh bread', media, scheduledFor, targets: [{ accountId }] };
  const { id } = await api.pipeline.create({ ...post, ...(altText === null ? {} : { altText }) });
  return id;
}

const names = async (filter: object = {}): Promise<(string | null)[]> =>
  (await api.media.list({ clientId, ...filter })).items.map(({ name }) => name);

describe('the list', () => {
  it('is searched by name and alternative text, whatever case and accents', async () => {
    await add('Crème brûlée.JPG', '#111111');
    await add('bread.jpg', '#222222', 'A loaf of 50% RYE on a board');
    await add('tea_pot.jpg', '#333333');
    expect(await names({ search: 'creme' })).toEqual(['Crème brûlée.JPG']);
    expect(await names({ search: 'rye LOAF' })).toEqual(['bread.jpg']);
    expect(await names({ search: '50%' })).toEqual(['bread.jpg']);
    expect(await names({ search: 't_a' })).toEqual([]);
    expect(await names({ search: '_' })).toEqual(['tea_pot.jpg']);
    expect(await names({ search: "'; DROP TABLE media_assets; --" })).toEqual([]);
  });

  it('is filtered by kind, origin and use, and shows the posts', async () => {
    const used = await add('used.jpg', '#111111');
    await add('unused.jpg', '#222222');
    const postId = await postWith([used]);
    expect(await names({ used: 'true' })).toEqual(['used.jpg']);
    expect(await names({ used: 'false' })).toEqual(['unused.jpg']);
    expect(await names({ kind: 'video' })).toEqual([]);
    expect(await names({ origin: 'ai' })).toEqual([]);
    const [item] = (await api.media.list({ clientId, used: 'true' })).items;
    expect(item?.usedIn).toEqual([
      { postId, caption: 'Fresh bread', status: 'in_review', scheduledFor: new Date(noon + day).toISOString() },
    ]);
  });

  it('comes in pages and holds no other client’s files', async () => {
    for (const color of ['#111111', '#222222', '#333333']) await add(`${color}.jpg`, color);
    const other = await api.clients.create({ name: 'Other' });
    expect((await api.media.list({ clientId: other.id })).items).toEqual([]);
    const first = await api.media.list({ clientId, limit: 2 });
    const second = await api.media.list({ clientId, limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items]).toHaveLength(3);
    expect(second.nextCursor).toBeNull();
  });
});

describe('a file', () => {
  it('keeps the last part of its name, without signs nobody sees', async () => {
    const id = await add('C:\\fakepath\\../\u202Egpj.exe\u0000 photo.jpg');
    expect((await api.media.get({ id })).name).toBe('gpj.exe photo.jpg');
  });

  it('is renamed, described, and given a focal point, by whom is in the log', async () => {
    const id = await add('a.jpg');
    const changed = await api.media.update({ id, name: 'Loaf', altText: 'A loaf', focal: { x: 0.2, y: 0.9 } });
    expect(changed).toMatchObject({ name: 'Loaf', altText: 'A loaf', focal: { x: 0.2, y: 0.9 }, createdBy: 'mia' });
    expect(await names({ search: 'loaf' })).toEqual(['Loaf']);
    const { items } = await api.logs({ clientId });
    expect(items.map(({ message }) => message)).toContain(
      'Changed an image (a.jpg): the name, the alternative text, the focal point',
    );
  });

  it('is given points of single networks, which are given up one by one', async () => {
    const id = await add('a.jpg');
    const [left, right] = [
      { x: 0, y: 0.5 },
      { x: 1, y: 0.5 },
    ];
    expect((await api.media.get({ id })).focalOn).toEqual({});
    await api.media.update({ id, focalOn: { facebook: left } });
    await api.media.update({ id, focal: left, focalOn: { instagram: right, tiktok: right } });
    await api.media.update({ id, focalOn: { facebook: null } });
    const changed = await api.media.update({ id, focalOn: { tiktok: left } });
    expect(changed).toMatchObject({ focal: left, focalOn: { instagram: right, tiktok: left } });
    expect(Object.keys(changed.focalOn)).toEqual(['instagram', 'tiktok']);
    const { items } = await api.logs({ clientId });
    expect(items.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'Changed an image (a.jpg): the focal point on Facebook',
        'Changed an image (a.jpg): the focal point, the focal point on Instagram, the focal point on TikTok',
      ]),
    );
  });

  it('that says it was made by AI is labelled so, until a person says otherwise', async () => {
    const type = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><a b="${type}"/></x:xmpmeta>`;
    const image = sharp({ create: { width: 400, height: 500, channels: 3, background: 'red' } }).withXmp(xmp);
    const file = new File([new Uint8Array(await image.jpeg().toBuffer())], 'ai.jpg');
    const { id, aiMade, origin } = await api.media.upload({ file, clientId });
    expect({ aiMade, origin }).toEqual({ aiMade: true, origin: 'upload' });
    expect((await api.media.update({ id, aiMade: false })).aiMade).toBe(false);
  });

  it('is answered with what keeps it from a network', async () => {
    agency.tiktok.problems = () => [{ field: 'media', code: 'size', message: 'Too small.' }];
    const { problems } = await api.media.get({ id: await add('a.jpg') });
    expect(problems).toEqual([{ field: 'tiktok', code: 'size', message: 'Too small.' }]);
  });

  it.each([
    ['an unknown field', { nothing: 1 }],
    ['a point outside', { focal: { x: 1.1, y: 0 } }],
    ['a point that is none', { focalOn: { facebook: { x: Number.NaN, y: 0 } } }],
    ['a point of a network outside', { focalOn: { instagram: { x: 0, y: -0.1 } } }],
    ['half a point', { focalOn: { tiktok: { x: 1 } } }],
    ['a point for all networks at once', { focalOn: { x: 0, y: 0 } }],
    ['a network that there is none', { focalOn: { myspace: { x: 0, y: 0 } } }],
    ['no points', { focalOn: null }],
    ['a name of nothing', { name: '' }],
    ['an endless text', { altText: 'x'.repeat(1_001) }],
  ])('refuses %s', async (_, change) => {
    const id = await add('a.jpg');
    await expect(api.media.update({ id, ...change } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('an approved post', () => {
  it.each([
    ['the focal point', { focal: { x: 0, y: 0 } }],
    ['the point of a network it goes to', { focalOn: { facebook: { x: 0, y: 0 } } }],
    ['the AI label', { aiMade: true }],
    ['the alternative text it takes from the file', { altText: 'Another text' }],
  ])('goes back to review when %s changes', async (_, change) => {
    const media = await add('a.jpg', '#123456', 'A text');
    const id = await postWith([media]);
    await api.pipeline.approve({ id });
    await api.media.update({ id: media, ...change });
    expect(await api.pipeline.get({ id })).toMatchObject({ status: 'in_review', approvedBy: null });
  });

  it('stays approved when nothing a reader sees changes', async () => {
    const media = await add('a.jpg', '#123456', 'A text');
    const id = await postWith([media], 'Its own text');
    await api.pipeline.approve({ id });
    await api.media.update({ id: media, name: 'b.jpg', altText: 'Another text' });
    expect((await api.pipeline.get({ id })).status).toBe('approved');
  });

  it('stays approved when the point of a network changes to which it does not go, or the common one that its own hides', async () => {
    const media = await add('a.jpg');
    await api.media.update({ id: media, focalOn: { facebook: { x: 0.3, y: 0.3 } } });
    const id = await postWith([media]);
    await api.pipeline.approve({ id });
    await api.media.update({ id: media, focalOn: { instagram: { x: 0, y: 0 } }, focal: { x: 1, y: 1 } });
    expect((await api.pipeline.get({ id })).status).toBe('approved');
    await api.media.update({ id: media, focalOn: { facebook: null } });
    expect((await api.pipeline.get({ id })).status).toBe('in_review');
  });
});

describe('deleting', () => {
  it('is refused while a post holds the file', async () => {
    const media = await add('a.jpg');
    const id = await postWith([media]);
    await expect(api.media.delete({ id: media })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'in_use' },
    });
    await api.pipeline.delete({ id });
    expect(await api.media.delete({ id: media })).toEqual({ deleted: true });
  });

  it('is refused while a draft holds the file, which says where it is used', async () => {
    const media = await add('a.jpg');
    const content = {
      caption: 'Being written',
      hashtags: [],
      firstComment: null,
      altText: null,
      media: [media],
      scheduledFor: null,
      targets: [],
    };
    const id = 'draft-with-a-file';
    await api.drafts.put({ id, clientId, content, revision: 0, writer: 'window' });
    expect((await api.media.get({ id: media })).draftedIn).toMatchObject([
      { id, postId: null, title: 'Being written' },
    ]);
    await expect(api.media.delete({ id: media })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'in_use' },
      message: expect.stringMatching(/draft/),
    });
    await api.drafts.discard({ id });
    expect((await api.media.list({ clientId })).items).toMatchObject([{ id: media, draftedIn: [] }]);
    expect(await api.media.delete({ id: media })).toEqual({ deleted: true });
  });

  it('can be taken back, and an upload of the same file takes it back too', async () => {
    const id = await add('a.jpg');
    await api.media.delete({ id });
    expect(await names()).toEqual([]);
    await expect(api.media.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await api.media.restore({ id })).name).toBe('a.jpg');
    await api.media.delete({ id });
    expect(await add('a.jpg')).toBe(id);
    expect(await names()).toEqual(['a.jpg']);
  });

  it('erases the bytes a month later, but never those that a post still names', async () => {
    const [gone, named] = [await add('gone.jpg', '#111111'), await add('named.jpg', '#222222')];
    const post = await postWith([named]);
    await api.pipeline.delete({ id: post });
    for (const id of [gone, named]) await api.media.delete({ id });
    agency.time.step(29 * day);
    await agency.core.library.clearOut();
    expect(await agency.core.library.open(gone)).toBeDefined();
    agency.time.step(2 * day);
    await agency.core.library.clearOut();
    expect(await agency.core.library.open(gone)).toBeUndefined();
    expect(await agency.core.library.open(named)).toBeDefined();
    await expect(api.media.restore({ id: gone })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await add('gone.jpg', '#111111')).not.toBe(gone);
  });
});

describe('a clip', () => {
  it.runIf(process.platform !== 'win32')(
    'is made of a picture and remembers it',
    async () => {
      if (!agency.ports.files.makesClips()) return;
      const id = await add('loaf.jpg', '#123456', 'A loaf');
      const clip = await api.media.makeClip({ id });
      expect(clip).toMatchObject({ kind: 'video', name: 'loaf (clip).mp4', madeFrom: id, altText: 'A loaf' });
      expect((await api.media.makeClip({ id })).id).toBe(clip.id);
      await expect(api.media.makeClip({ id: clip.id })).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
    },
    120_000,
  );
});

it('a picture is enough for TikTok where clips can be made, and the reason is plain where not', async () => {
  agency.tiktok.problems = (publication, account) => tiktokProblems(publication, account);
  const tiktok = await connectAccount(agency, clientId, { platform: 'tiktok', remoteId: 'tt' });
  const media = [await add('a.jpg')];
  const scheduledFor = new Date(noon + day).toISOString();
  const post = {
    clientId,
    caption: 'Hello',
    media,
    scheduledFor,
    targets: [{ accountId: tiktok, options: { mode: 'inbox' as const } }],
  };
  const { problems } = await api.pipeline.create(post);
  const expected = agency.ports.files.makesClips() ? [] : [expect.objectContaining({ code: 'no_clip' })];
  expect(problems).toEqual(expected);
});
