import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, code, fileSource, init, logIn, mp4, paths, postInfo, put, startHarness, status } from './harness.ts';

let harness: Awaited<ReturnType<typeof startHarness>>;
let token: string;
beforeEach(async () => {
  harness = await startHarness();
  token = await logIn(harness.tiktok, harness.creator.id);
});
afterEach(() => harness.tiktok.close());

const directBody = (change: Record<string, unknown> = {}, size = 5000) => ({
  post_info: { ...postInfo, ...change },
  ...fileSource(size),
});

async function upload(path: string, body: Record<string, unknown>, bytes = mp4()): Promise<string> {
  const { publishId, uploadUrl } = await init(harness.tiktok, token, path, body);
  expect((await put(uploadUrl, bytes)).status).toBe(201);
  return publishId;
}

describe('direct post', () => {
  it('goes from init to a public post with a 19-digit id as a bare number', async () => {
    const { tiktok } = harness;
    const publishId = await upload(paths.direct, directBody());
    expect(await status(tiktok, token, publishId)).toMatchObject({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 5000 });
    const answer = await call(tiktok, token, paths.status, { publish_id: publishId });
    expect(answer.body.data?.status).toBe('PUBLISH_COMPLETE');
    const id = /"publicaly_available_post_id":\[(\d{19})\]/.exec(answer.text)?.[1];
    expect(tiktok.publicPosts()).toMatchObject([{ platform: 'tiktok', id, text: postInfo.title, aiLabel: true }]);
    expect(BigInt(Number(id))).not.toBe(BigInt(id ?? 0));
    expect(tiktok.ledger.entries.filter(({ operation }) => operation === 'tiktok.published')).toMatchObject([
      { detail: { creatorId: harness.creator.id, publishId, text: postInfo.title } },
    ]);
  });

  it('fills the post id late, or never', async () => {
    const { tiktok } = harness;
    Object.assign(tiktok.settings, { statusPolls: 0, postIdDelayPolls: 1 });
    const publishId = await upload(paths.direct, directBody());
    const ids = async () => (await status(tiktok, token, publishId)).publicaly_available_post_id;
    expect(await ids()).toEqual([]);
    expect(await ids()).toHaveLength(1);
    tiktok.settings.postIdNeverFilled = true;
    expect(await ids()).toEqual([]);
  });

  it('keeps a SELF_ONLY post from followers, and its id to itself', async () => {
    harness.tiktok.settings.statusPolls = 0;
    const publishId = await upload(paths.direct, directBody({ privacy_level: 'SELF_ONLY' }));
    const answer = await status(harness.tiktok, token, publishId);
    expect(answer).toMatchObject({ status: 'PUBLISH_COMPLETE', publicaly_available_post_id: [] });
    expect(harness.tiktok.publicPosts()).toEqual([]);
    expect(harness.tiktok.ledger.count('tiktok.published')).toBe(1);
  });

  it.each([
    ['an unknown parameter', { schedule_time: 1 }, 'invalid_param'],
    ['a missing brand toggle', { brand_organic_toggle: undefined }, 'invalid_param'],
    ['a missing privacy level', { privacy_level: undefined }, 'invalid_param'],
    ['a title of 2201 UTF-16 units', { title: `${'😀'.repeat(1100)}x` }, 'invalid_param'],
    [
      'branded content for the creator alone',
      { privacy_level: 'SELF_ONLY', brand_content_toggle: true },
      'invalid_param',
    ],
    ['an option of private accounts', { privacy_level: 'FOLLOWER_OF_CREATOR' }, 'privacy_level_option_mismatch'],
  ])('refuses %s', async (_, change, error) => {
    expect(code(await call(harness.tiktok, token, paths.direct, directBody(change)))).toBe(error);
    expect(harness.tiktok.ledger.entries.at(-1)?.detail.publishId).toBeUndefined();
  });

  it('lets an unaudited app post only for the creator alone, on a private account', async () => {
    const { tiktok, creator } = harness;
    tiktok.registerApp({
      clientKey: 'agency',
      clientSecret: 'agency-secret',
      redirectUris: ['https://a.example/'],
      audited: false,
    });
    const refusal = 'unaudited_client_can_only_post_to_private_accounts';
    const selfOnly = directBody({ privacy_level: 'SELF_ONLY' });
    const onPublic = await call(tiktok, token, paths.direct, selfOnly);
    expect([onPublic.status, code(onPublic)]).toEqual([403, refusal]);
    tiktok.addCreator({ ...creator, private: true });
    const forFollowers = directBody({ privacy_level: 'FOLLOWER_OF_CREATOR' });
    expect(code(await call(tiktok, token, paths.direct, forFollowers))).toBe(refusal);
    expect(code(await call(tiktok, token, paths.direct, selfOnly))).toBe('ok');
  });

  it('stops at 15 a day, which creator_info tells with HTTP 200', async () => {
    const { tiktok, clock } = harness;
    for (let i = 0; i < 15; i += 1) {
      clock.now += 20_000;
      await upload(paths.direct, directBody());
    }
    clock.now += 60_000;
    const refused = await call(tiktok, token, paths.direct, directBody());
    expect([refused.status, code(refused)]).toEqual([403, 'spam_risk_too_many_posts']);
    const info = await call(tiktok, token, paths.creatorInfo, {});
    expect([info.status, code(info)]).toEqual([200, 'spam_risk_too_many_posts']);
  });
});

describe('inbox', () => {
  it('delivers a draft that becomes public when the creator posts it', async () => {
    const { tiktok } = harness;
    tiktok.settings.statusPolls = 0;
    const publishId = await upload(paths.inbox, fileSource(5000));
    expect((await status(tiktok, token, publishId)).status).toBe('SEND_TO_USER_INBOX');
    expect(tiktok.publicPosts()).toEqual([]);
    expect(tiktok.inbox()).toMatchObject([{ publishId, account: { name: 'Café Uno' } }]);
    tiktok.finishDraft(publishId, 'From my phone');
    expect(tiktok.inbox()).toEqual([]);
    expect(tiktok.publicPosts()).toMatchObject([{ text: 'From my phone' }]);
    expect((await status(tiktok, token, publishId)).status).toBe('PUBLISH_COMPLETE');
    expect(() => tiktok.finishDraft(publishId)).toThrow();
    expect(tiktok.ledger.count('tiktok.inbox_delivered')).toBe(1);
  });

  it('holds five pending shares; a posted draft makes room', async () => {
    const { tiktok } = harness;
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push(await upload(paths.inbox, fileSource(5000)));
    harness.clock.now += 60_000;
    const sixth = await call(tiktok, token, paths.inbox, fileSource(5000));
    expect([sixth.status, code(sixth)]).toEqual([403, 'spam_risk_too_many_pending_share']);
    tiktok.finishDraft(ids[0] ?? '');
    expect(code(await call(tiktok, token, paths.inbox, fileSource(5000)))).toBe('ok');
  });

  it('takes no caption', async () => {
    const body = { ...fileSource(5000), post_info: { title: 'x' } };
    expect(code(await call(harness.tiktok, token, paths.inbox, body))).toBe('invalid_param');
  });
});

describe('status', () => {
  it('fails what is no video, is too long, or was told to', async () => {
    const { tiktok } = harness;
    tiktok.settings.statusPolls = 0;
    const noVideo = await upload(paths.inbox, fileSource(5000), new Uint8Array(5000));
    expect(await status(tiktok, token, noVideo)).toMatchObject({
      status: 'FAILED',
      fail_reason: 'file_format_check_failed',
    });
    tiktok.faults.add({ operation: 'tiktok.processing', kind: 'fail_reason', value: 'spam_risk_text' });
    const spam = await upload(paths.direct, directBody());
    expect(await status(tiktok, token, spam)).toMatchObject({ status: 'FAILED', fail_reason: 'spam_risk_text' });
    expect(tiktok.publicPosts()).toEqual([]);
    expect(tiktok.inbox()).toEqual([]);
  });

  it('knows only publish ids of this app and user', async () => {
    const { tiktok } = harness;
    const unknown = await call(tiktok, token, paths.status, { publish_id: 'v_pub_file~x' });
    expect([unknown.status, code(unknown)]).toEqual([400, 'invalid_publish_id']);
    const { publishId } = await init(tiktok, token, paths.inbox, fileSource(5000));
    const other = await logIn(tiktok, tiktok.addCreator({ username: 'other', nickname: 'Other' }).id);
    const answer = await call(tiktok, other, paths.status, { publish_id: publishId });
    expect(code(answer)).toBe('token_not_authorized_for_specified_publish_id');
    expect(code(await call(tiktok, token, paths.cancel, { publish_id: publishId }))).toBe('publish_not_cancellable');
  });
});

describe('limits and faults', () => {
  it.each([
    [paths.inbox, fileSource(4), 6],
    [paths.creatorInfo, {}, 20],
    [paths.status, { publish_id: 'x' }, 30],
  ])('%s has a sliding minute', async (path, body, perMinute) => {
    const { tiktok, clock } = harness;
    tiktok.settings.requireJsonBody = false;
    for (let i = 0; i < perMinute; i += 1)
      expect(code(await call(tiktok, token, path, body))).not.toBe('rate_limit_exceeded');
    const over = await call(tiktok, token, path, body);
    expect([over.status, code(over)]).toEqual([429, 'rate_limit_exceeded']);
    clock.now += 60_000;
    expect(code(await call(tiktok, token, path, body))).not.toBe('rate_limit_exceeded');
  });

  it('refuses creator_info without a JSON body, a scope that was not granted, and no token', async () => {
    const { tiktok, creator } = harness;
    const url = `${tiktok.origins.api}${paths.creatorInfo}`;
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(400);
    tiktok.settings.requireJsonBody = false;
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(200);
    const basic = await logIn(tiktok, creator.id, ['user.info.basic']);
    expect(code(await call(tiktok, basic, paths.inbox, fileSource(4)))).toBe('scope_not_authorized');
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
  });

  it('answers the error it was told to, caps of creator_info with HTTP 200', async () => {
    const { tiktok } = harness;
    const arm = (operation: string, value: string) => tiktok.faults.add({ operation, kind: 'error', value });
    arm('tiktok.creator_info', 'reached_active_user_cap');
    arm('tiktok.video.init', 'reached_active_user_cap');
    arm('tiktok.status', 'internal_error');
    expect((await call(tiktok, token, paths.creatorInfo, {})).status).toBe(200);
    expect((await call(tiktok, token, paths.direct, directBody())).status).toBe(403);
    expect((await call(tiktok, token, paths.status, { publish_id: 'x' })).status).toBe(500);
  });

  it('takes faults and shows the ledger over HTTP', async () => {
    const { api } = harness.tiktok.origins;
    const arm = (fault: unknown) => fetch(`${api}/__sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect((await arm({ operation: 'tiktok.inbox.init', kind: 'lost-answer' })).status).toBe(204);
    expect((await arm({ kind: 'reset' })).status).toBe(400);
    await expect(call(harness.tiktok, token, paths.inbox, fileSource(4))).rejects.toThrow();
    const entries = (await (await fetch(`${api}/__sandbox/ledger`)).json()) as { operation: string; status: number }[];
    expect(entries.at(-1)).toMatchObject({ operation: 'tiktok.inbox.init', status: 200 });
    await arm({ operation: '*', kind: 'reset', times: 9 });
    await fetch(`${api}/__sandbox/faults`, { method: 'DELETE' });
    expect(code(await call(harness.tiktok, token, paths.inbox, fileSource(4)))).toBe('ok');
  });
});

describe('photos', () => {
  const body = (url: string) => ({
    media_type: 'PHOTO',
    post_mode: 'MEDIA_UPLOAD',
    post_info: { title: 'Two', description: 'beans' },
    source_info: { source: 'PULL_FROM_URL', photo_images: [url], photo_cover_index: 0 },
  });

  it('come from verified URLs only', async () => {
    const answer = await call(harness.tiktok, token, paths.content, body('https://elsewhere.example/a.jpg'));
    expect([answer.status, code(answer)]).toEqual([403, 'url_ownership_unverified']);
  });

  it('are pulled, and can be cancelled while that lasts', async () => {
    const { tiktok } = harness;
    const asked: (() => void)[] = [];
    const host = createServer((_, response) => asked.push(() => response.end(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/a.jpg`;
    const first = await init(tiktok, token, paths.content, body(url));
    expect((await status(tiktok, token, first.publishId)).status).toBe('PROCESSING_DOWNLOAD');
    expect(code(await call(tiktok, token, paths.cancel, { publish_id: first.publishId }))).toBe('ok');
    const second = await init(tiktok, token, paths.content, body(url));
    await expect.poll(() => asked.length).toBe(2);
    for (const release of asked) release();
    await expect.poll(() => tiktok.inbox().map(({ publishId }) => publishId)).toEqual([second.publishId]);
    expect(tiktok.inbox()).toMatchObject([{ text: 'Two\nbeans', media: [{ kind: 'image' }] }]);
    host.close();
  });
});
