import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connectedAccount,
  image,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  video,
} from '../../test/networks.ts';
import type { AccountAccess } from '../core/ports/networks.ts';
import { Secret } from '../core/ports/secrets.ts';

/* One answer that calls a login over is not believed by itself: such answers have come by mistake. */

let bench: NetworksBench;
beforeEach(async () => {
  bench = await startNetworks();
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|IGAA|secret|proof/);
});

const refusal = (subcode?: number) => ({
  status: 400,
  body: {
    error: { message: 'Invalid OAuth access token', type: 'OAuthException', code: 190, error_subcode: subcode },
  },
});
const fault = (operation: string, value: unknown) => bench.meta.faults.add({ operation, kind: 'status', value });

describe.each([
  ['facebook', 'facebook', 'facebook.page.read'],
  ['instagram', 'facebook', 'facebook.page.read'],
  ['instagram', 'instagram', 'instagram.user.read'],
] as const)('%s by the login of %s', (platform, via, asked) => {
  let account: AccountAccess;
  const post = async () => publication('Coffee', [await image()]);
  const [read, shown] =
    platform === 'facebook'
      ? (['facebook.photos', 'facebook.post.update'] as const)
      : (['instagram.container.read', 'instagram.media_publish'] as const);
  const network = () => bench.networks[platform];
  const ofClass = (failureClass: string) => ({ failure: { class: failureClass } });

  beforeEach(async () => {
    account = await connectedAccount(bench, platform, via);
  });

  it('is not over for a 190 that nothing else confirms: it is tried again', async () => {
    fault(read, refusal());
    await expect(prepare(network(), account, await post())).rejects.toMatchObject(ofClass('transient'));
    const { handle } = await prepare(network(), account, await post());
    expect(await network().commit(account, await post(), handle, send)).toMatchObject({ kind: 'published' });
  });

  it('is over when another read says so too', async () => {
    fault(read, refusal());
    fault(asked, refusal());
    await expect(prepare(network(), account, await post())).rejects.toMatchObject(ofClass('token'));
    const unknown = { ...account, token: new Secret('EAA-nobody-knows') };
    await expect(prepare(network(), unknown, await post())).rejects.toMatchObject(ofClass('token'));
  });

  it('is not over when the other read finds nobody to ask', async () => {
    fault(read, refusal());
    fault(asked, { status: 503, body: 'down' });
    await expect(prepare(network(), account, await post())).rejects.toMatchObject(ofClass('transient'));
    fault(read, refusal());
    bench.meta.faults.add({ operation: asked, kind: 'reset' });
    await expect(prepare(network(), account, await post())).rejects.toMatchObject(ofClass('transient'));
  });

  it.each([458, 459, 460, 463, 464, 467])('is over at once for 190/%i', async (subcode) => {
    const before = bench.meta.ledger.count(asked);
    fault(read, refusal(subcode));
    await expect(prepare(network(), account, await post())).rejects.toMatchObject(ofClass('token'));
    expect(bench.meta.ledger.count(asked)).toBe(before);
  });

  it('leaves open what became of a post that was refused by mistake', async () => {
    const { handle } = await prepare(network(), account, await post());
    fault(shown, refusal());
    expect(await network().commit(account, await post(), handle, send)).toMatchObject({ kind: 'unknown' });
    fault(shown, refusal(460));
    expect(await network().commit(account, await post(), handle, send)).toMatchObject({ kind: 'refused' });
  });
});

describe.each(['facebook', 'instagram'] as const)('a video for %s', (platform) => {
  it('that the upload host refuses for its login is confirmed like everything else', async () => {
    const account = await connectedAccount(bench, platform);
    const operation = platform === 'facebook' ? 'facebook.video.upload' : 'instagram.container.upload';
    const notAuthorized = { status: 401, body: { debug_info: { retriable: false, type: 'NotAuthorizedError' } } };
    fault(operation, notAuthorized);
    const post = publication('Moving', [video()]);
    await expect(prepare(bench.networks[platform], account, post)).rejects.toMatchObject({
      failure: { class: 'transient' },
    });
    fault(operation, notAuthorized);
    fault('facebook.page.read', refusal());
    await expect(prepare(bench.networks[platform], account, post)).rejects.toMatchObject({
      failure: { class: 'token' },
    });
  });
});
