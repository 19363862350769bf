import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAiKeyChecks } from '../../ai/check-keys.ts';
import { startGroqSimulator } from '../../sandbox/groq/groq-simulator.ts';
import { startReplicateSimulator } from '../../sandbox/replicate/replicate-simulator.ts';
import type { CredentialInput } from '../../../shared/contract/admin.ts';
import type { Provider } from '../../../shared/domain/platform.ts';
import { startAgency } from '../../../test/agency.ts';
import { videoAssets } from '../../../test/e2e/services.ts';
import { type NetworksBench, startNetworks } from '../../../test/networks.ts';

let bench: NetworksBench;
let groq: Awaited<ReturnType<typeof startGroqSimulator>>;
let replicate: Awaited<ReturnType<typeof startReplicateSimulator>>;

beforeEach(async () => {
  const now = () => Date.now();
  bench = await startNetworks();
  groq = await startGroqSimulator({ now, dir: null, apiKeys: ['gsk_right-key'] });
  replicate = await startReplicateSimulator({ now, dir: null, tokens: ['r8_right-token'], videoAssets });
});

afterEach(() => Promise.all([bench.close(), groq.close(), replicate.close()]));

const right: Record<Provider, CredentialInput> = {
  groq: { apiKey: 'gsk_right-key' },
  replicate: { apiToken: 'r8_right-token' },
  meta: { appId: '1234567890', appSecret: 'app-secret' },
  instagram: { appId: '555666777', appSecret: 'instagram-secret' },
  tiktok: { clientKey: 'agency', clientSecret: 'agency-secret' },
};
const wrong: typeof right = {
  groq: { apiKey: 'gsk_wrong-key' },
  replicate: { apiToken: 'r8_wrong-token' },
  meta: { appId: '1234567890', appSecret: 'not-the-secret' },
  instagram: { appId: '1234567890', appSecret: 'app-secret' },
  tiktok: { clientKey: 'agency', clientSecret: 'not-the-secret' },
};

async function check(
  provider: Provider,
  keys: CredentialInput | null,
  origins?: { groq: string; replicate: string },
  isReachable = true,
) {
  const agency = await startAgency({
    isReachable,
    keyChecks: {
      ...bench.appChecks,
      ...createAiKeyChecks(origins ?? { groq: groq.origin, replicate: replicate.origins.api }),
    },
  });
  if (keys !== null) await agency.api.credentials.put({ params: { provider }, body: keys });
  const { items } = await agency.api.credentials.check({ provider });
  expect(JSON.stringify([items, agency.logged, bench.logged])).not.toMatch(
    /(app|instagram|agency)-secret|right-|wrong-|not-the-/,
  );
  return items;
}

const providers = ['groq', 'replicate', 'meta', 'instagram', 'tiktok'] as const;

it.each(providers)('%s: right keys are accepted, wrong ones refused, none are none', async (provider) => {
  expect((await check(provider, right[provider]))[0]).toMatchObject({ ok: true });
  expect((await check(provider, wrong[provider]))[0]).toMatchObject({ ok: false });
  expect(await check(provider, null)).toMatchObject([{ ok: false }]);
});

it('an app that does not exist is refused too', async () => {
  expect((await check('meta', { appId: '999', appSecret: 'app-secret' }))[0]).toMatchObject({ ok: false });
  expect((await check('tiktok', { clientKey: 'nobody', clientSecret: 'agency-secret' }))[0]).toMatchObject({
    ok: false,
  });
});

it.each([
  ['invalid_grant', true],
  ['unauthorized_client', false],
  ['invalid_client', false],
  ['invalid_request', null],
  ['unsupported_grant_type', null],
])('TikTok says %s of a login code that was made up: %s', async (error, ok) => {
  bench.tiktok.faults.add({ operation: 'tiktok.token', kind: 'error', value: error });
  const [finding] = await check('tiktok', right.tiktok);
  expect(finding).toMatchObject({ ok });
  expect(finding?.message).not.toContain('log in');
});

it('an outage proves nothing about keys, and says so', async () => {
  bench.meta.faults.add({ operation: 'meta.debug_token', kind: 'reset' });
  expect((await check('meta', right.meta))[0]).toMatchObject({ ok: null });
  bench.meta.faults.add({ operation: 'instagram.oauth.token', kind: 'reset' });
  expect((await check('instagram', right.instagram))[0]).toMatchObject({ ok: null });
  bench.tiktok.faults.add({ operation: 'tiktok.token', kind: 'error', value: 'server_error' });
  expect((await check('tiktok', right.tiktok))[0]).toMatchObject({ ok: null });
  const nowhere = { groq: 'http://127.0.0.1:9', replicate: 'http://127.0.0.1:9' };
  expect((await check('groq', right.groq, nowhere))[0]).toMatchObject({ ok: null });
  expect((await check('replicate', right.replicate, nowhere))[0]).toMatchObject({ ok: null });
});

it('says plainly what could not be checked', async () => {
  const meta = await check('meta', right.meta);
  expect(meta.filter(({ ok }) => ok === null).map(({ message }) => message)).toEqual([
    expect.stringContaining('http://127.0.0.1:4680/api/auth/facebook/callback'),
    expect.stringContaining('http://127.0.0.1:4680/api/auth/instagram/callback'),
    expect.stringContaining('not https'),
    expect.stringContaining('advanced access'),
  ]);
});

it('an Instagram app is of little use where nobody can fetch files from', async () => {
  const lacks = async (isReachable: boolean) =>
    (await check('instagram', right.instagram, undefined, isReachable)).filter(({ ok }) => ok === false);
  expect(await lacks(true)).toEqual([]);
  expect(await lacks(false)).toEqual([{ ok: false, message: expect.stringContaining('AUTOSOCIAL_PUBLIC_URL') }]);
});
