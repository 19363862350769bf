import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  connect,
  connectedAccount,
  image,
  type NetworksBench,
  prepare,
  publication,
  renew,
  send,
  startNetworks,
} from '../../test/networks.ts';
import { app } from '../sandbox/meta/testing.ts';

let bench: NetworksBench;
beforeEach(async () => {
  bench = await startNetworks();
});
afterEach(() => bench.close());

it.each(['facebook', 'instagram'] as const)(
  'goes along with every call for %s, so that an app that makes it mandatory works, and is written nowhere',
  async (platform) => {
    expect(bench.meta.settings.requireAppsecretProof).toBe(true);
    const [found] = await connect(bench, platform);
    if (found === undefined) throw new Error('Nothing was found.');
    await renew(bench.networks[platform], found);
    const account = await connectedAccount(bench, platform);
    const network = bench.networks[platform];
    await network.readiness(account, { direct: true });
    const post = publication('Coffee', [await image()]);
    const { handle } = await prepare(network, account, post);
    const outcome = await network.commit(account, post, handle, send);
    expect(outcome.kind).toBe('published');
    expect(await network.lookUp(account, post, handle, bench.clock.now)).toMatchObject({ kind: 'published' });
    const remoteId = outcome.kind === 'published' ? outcome.remoteId : '';
    expect(await network.comments?.commit(account, remoteId, 'First', send)).toMatchObject({ kind: 'published' });
    expect(await network.recentPosts(account, 0)).toHaveLength(1);
    const refused = { has: () => false, add: () => undefined };
    await network.insights.ofAccount(account, refused);
    await network.revoke({ ...found, issuedAt: 0 }, found.loginId ?? '');
    expect(bench.logged.join()).not.toMatch(/proof|[0-9a-f]{64}/);
    expect(JSON.stringify(handle)).not.toMatch(/proof/);
  },
);

it('of another app is the operator’s to mend, not the post’s', async () => {
  const account = await connectedAccount(bench, 'facebook');
  bench.meta.registerApp({ ...app, secret: 'another secret' });
  await expect(prepare(bench.networks.facebook, account, publication('Coffee', []))).rejects.toMatchObject({
    failure: { class: 'config', code: '100', message: expect.stringMatching(/app secret/) },
  });
});

it('is asked for by the simulator once the switch is on, and not by Instagram’s own login', async () => {
  const account = await connectedAccount(bench, 'facebook');
  const url = `${bench.meta.origins.graph}/v26.0/me?access_token=${account.token.reveal()}`;
  const answer = (await (await fetch(url)).json()) as { error?: { code: number; message: string } };
  expect(answer.error).toMatchObject({ code: 100, message: expect.stringMatching(/appsecret_proof/) });
  bench.meta.settings.requireAppsecretProof = false;
  expect(((await (await fetch(url)).json()) as { error?: unknown }).error).toBeUndefined();
});
