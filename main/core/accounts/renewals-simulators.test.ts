import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Agency, connectAccount, connectedClient, startAgency } from '../../../test/agency.ts';
import { connect, type NetworksBench, startNetworks } from '../../../test/networks.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import { openAccess } from './access.ts';
import { createTokens, type Tokens } from './refresh-tokens.ts';

/* Renewals against the simulated networks, with real stores and sockets: whoever asks at once, and wherever the app ends, no account is lost. */

let bench: NetworksBench;
let agency: Agency;

beforeEach(async () => {
  bench = await startNetworks();
  agency = await startAgency();
});

afterEach(() => bench.close());

describe.each([
  ['facebook', 'facebook', 'meta.oauth.token'],
  ['instagram', 'facebook', 'meta.oauth.token'],
  ['instagram', 'instagram', 'instagram.token.refresh'],
  ['tiktok', 'tiktok', 'tiktok.token'],
] as const)('%s by the login of %s', (platform, via, operation) => {
  const simulator = () => (platform === 'tiktok' ? bench.tiktok : bench.meta);
  let accountId: string;
  let exchanges: () => number;

  beforeEach(async () => {
    const [found] = await connect(bench, platform, { via });
    // Instagram's own login is not renewed on its first day.
    if (via === 'instagram') bench.clock.now += 45 * 24 * 3_600_000;
    if (found === undefined) throw new Error('Nothing was found.');
    agency[platform].renew = (tokens) => bench.networks[platform].renew(tokens);
    ({ accountId } = await connectedClient(agency, found));
    const before = simulator().ledger.count(operation);
    exchanges = () => simulator().ledger.count(operation) - before;
  });

  it('is asked once by many at once, and what is stored then works', async () => {
    const { tokens } = agency.core;
    const ends = await Promise.all(Array.from({ length: 20 }, () => tokens.renewNow(accountId)));
    expect(new Set(ends)).toEqual(new Set(['renewed']));
    expect(exchanges()).toBe(1);
    expect(await works()).toBe(true);
  });

  it('that has renewed when the app ends before its answer is not lost', async () => {
    simulator().faults.add({ operation, kind: 'hang' });
    agency.core.tokens.renewNow(accountId).catch(() => undefined);
    await vi.waitFor(() => expect(exchanges()).toBe(1));
    const end = await nextRun().renewNow(accountId);
    if (platform === 'tiktok') {
      // TikTok has used the old login up, and nobody read the new one: a person logs in, and all is as before.
      expect(end).toBe('reconnect');
      const [again] = await connect(bench, platform);
      const { clientId } = (await agency.store.accounts.get(accountId)) ?? { clientId: '' };
      expect(await connectAccount(agency, clientId, again)).toBe(accountId);
    } else expect(end).toBe('renewed');
    expect(await works()).toBe(true);
    expect((await agency.store.accounts.get(accountId))?.status).toBe('connected');
  });

  it('that a passing fault ends keeps the account, and the next look mends it', async () => {
    simulator().faults.add({ operation, kind: 'reset' });
    expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
    expect((await agency.store.accounts.get(accountId))?.status).toBe('expiring');
    expect(await agency.core.tokens.renewNow(accountId)).toBe('renewed');
    expect((await agency.store.accounts.get(accountId))?.status).toBe('connected');
    expect(await works()).toBe(true);
  });

  it.each(platform === 'tiktok' ? [] : [100, 10, 368])(
    'that Meta refuses with code %i, which says nothing of the token, keeps the account',
    async (code) => {
      const body = { error: { message: 'Not now.', type: 'OAuthException', code, fbtrace_id: 'x' } };
      simulator().faults.add({ operation, kind: 'status', value: { status: 400, body } });
      expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
      expect((await agency.store.accounts.get(accountId))?.status).toBe('expiring');
      expect(await works()).toBe(true);
      expect(await agency.core.tokens.renewNow(accountId)).toBe('renewed');
      expect((await agency.store.accounts.get(accountId))?.status).toBe('connected');
    },
  );

  const asked = via === 'instagram' ? 'instagram.user.read' : 'meta.me';

  it.each(platform === 'tiktok' ? [] : [102, 190])(
    'that Meta refuses with code %i needs a person once another read says so too',
    async (code) => {
      const body = { error: { message: 'Dead.', type: 'OAuthException', code, fbtrace_id: 'x' } };
      const fault = { kind: 'status', value: { status: 400, body } };
      simulator().faults.add({ operation, ...fault });
      expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
      expect((await agency.store.accounts.get(accountId))?.status).toBe('expiring');
      simulator().faults.add({ operation, ...fault });
      simulator().faults.add({ operation: asked, ...fault });
      expect(await agency.core.tokens.renewNow(accountId)).toBe('reconnect');
    },
  );

  it.each(platform === 'tiktok' ? [] : [458, 459, 460, 463, 464, 467])(
    'that Meta refuses with the unmistakable 190/%i needs a person at once',
    async (code) => {
      const error = { message: 'Dead.', type: 'OAuthException', code: 190, error_subcode: code, fbtrace_id: 'x' };
      simulator().faults.add({ operation, kind: 'status', value: { status: 400, body: { error } } });
      expect(await agency.core.tokens.renewNow(accountId)).toBe('reconnect');
      expect(simulator().ledger.count(asked)).toBe(via === 'instagram' ? 1 : 0);
    },
  );

  it.each(via === 'facebook' ? [100, 10, 200] : [])(
    'whose Page is refused with code %i afterwards keeps the account',
    async (code) => {
      const body = { error: { message: 'No.', type: 'OAuthException', code, fbtrace_id: 'x' } };
      simulator().faults.add({ operation: 'facebook.page.read', kind: 'status', value: { status: 400, body } });
      expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
      expect(await works()).toBe(true);
    },
  );

  /** Whether the network takes what is stored. */
  async function works(): Promise<boolean> {
    const account = await agency.store.accounts.get(accountId);
    if (account === undefined) return false;
    const access = openAccess({ ...agency.ports, locked: () => null }, account);
    await bench.networks[platform].readiness(access, { direct: true });
    return true;
  }

  /** The next run of the app, over the same store. */
  function nextRun(): Tokens {
    const changes = new Changes();
    const activity = createActivity({ ...agency.ports, changes });
    const { lease, dataAge } = agency.core;
    const bootId = 'the next run';
    return createTokens({ ...agency.ports, activity, changes, locked: () => null, dataAge, lease, bootId });
  }
});
