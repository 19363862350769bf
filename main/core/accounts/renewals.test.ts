import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Agency, connectedClient, day, hour, noon, startAgency } from '../../../test/agency.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import { NetworkFailure, type RenewedTokens, Secret } from '../ports/index.ts';
import { openTokens } from './access.ts';
import { createTokens, type Tokens } from './refresh-tokens.ts';

let agency: Agency;
let accountId: string;
let tiktok: RotatingTikTok;

/** Gives a new refresh token for the one it gave last, and takes no other. */
class RotatingTikTok {
  current = 1;
  /** Refresh tokens it was asked with. */
  readonly asked: string[] = [];
  /** What happens to the calls to come, in order: one is answered when there is nothing. */
  mishaps: ('lost-request' | 'lost-answer' | 'stumble' | 'stumble-after')[] = [];

  async renew(refreshToken: string): Promise<RenewedTokens> {
    this.asked.push(refreshToken);
    const mishap = this.mishaps.shift();
    if (mishap === 'lost-request') return never();
    if (mishap === 'stumble') throw stumble;
    if (refreshToken !== `refresh-${this.current}`) throw refusal;
    this.current += 1;
    if (mishap === 'lost-answer') return never();
    if (mishap === 'stumble-after') throw stumble;
    return {
      accessToken: new Secret(`access-${this.current}`),
      refreshToken: new Secret(`refresh-${this.current}`),
      userToken: null,
      expiresAt: noon + day,
      refreshExpiresAt: noon + 365 * day,
    };
  }
}

const stumble = new NetworkFailure({ class: 'transient', code: '503', message: 'The network stumbled.' });
const refusal = new NetworkFailure({ class: 'token', code: 'invalid_grant', message: 'The token is not valid.' });
const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(async () => {
  agency = await startAgency();
  ({ accountId } = await connectedClient(agency, {
    platform: 'tiktok',
    remoteId: 'open-1',
    accessToken: new Secret('access-1'),
    refreshToken: new Secret('refresh-1'),
    userToken: null,
    expiresAt: noon + hour,
    refreshExpiresAt: noon + 300 * day,
  }));
  tiktok = new RotatingTikTok();
  agency.tiktok.renew = ({ refreshToken }) => tiktok.renew(refreshToken?.reveal() ?? '');
});

/** The next run of the app, over the same store. */
function nextRun(): Tokens {
  const changes = new Changes();
  const activity = createActivity({ ...agency.ports, changes });
  const { lease, dataAge } = agency.core;
  return createTokens({
    ...agency.ports,
    activity,
    changes,
    locked: () => null,
    dataAge,
    lease,
    bootId: 'the next run',
  });
}

async function stored() {
  const account = await agency.store.accounts.get(accountId);
  if (account === undefined) throw new Error('gone');
  const { refreshToken } = openTokens({ ...agency.ports, locked: () => null }, account);
  const renewal = await agency.store.renewals.last(accountId);
  const { status, statusReason } = account;
  return { status, statusReason, refresh: refreshToken?.reveal(), state: renewal?.state };
}

/** Begins a renewal of which the app never sees the end. */
async function crashWhile(mishap: 'lost-request' | 'lost-answer'): Promise<void> {
  tiktok.mishaps = [mishap];
  void agency.core.tokens.renewNow(accountId);
  await vi.waitFor(() => expect(tiktok.asked).toHaveLength(1));
}

it('is written down before the network is asked', async () => {
  await crashWhile('lost-request');
  expect(await stored()).toMatchObject({ state: 'sent', refresh: 'refresh-1' });
});

it('is made once, however many ask, and its end is written down with the new login', async () => {
  await Promise.all([agency.core.tokens.renewNow(accountId), agency.core.tokens.renewNow(accountId)]);
  expect(tiktok.asked).toEqual(['refresh-1']);
  expect(await stored()).toMatchObject({ state: 'renewed', refresh: 'refresh-2', status: 'connected' });
});

describe('when the app ends', () => {
  it('while the network is asked, with a clock that has been set back since the renewal before', async () => {
    await agency.core.tokens.renewNow(accountId);
    agency.time.step(-hour);
    tiktok.mishaps = ['lost-request'];
    void agency.core.tokens.renewNow(accountId);
    await vi.waitFor(() => expect(tiktok.asked).toHaveLength(2));
    await nextRun().renewNow(accountId);
    expect(tiktok.asked).toHaveLength(3);
    expect(await stored()).toMatchObject({ refresh: 'refresh-3', status: 'connected' });
  });

  it('before anything is written down, nothing is asked, and the next run renews', async () => {
    const { transaction } = agency.store;
    agency.store.transaction = () => Promise.reject(new Error('the disk is full'));
    await expect(agency.core.tokens.renewNow(accountId)).rejects.toThrow('disk');
    agency.store.transaction = transaction;
    expect(tiktok.asked).toEqual([]);
    expect(await nextRun().renewNow(accountId)).toBe('renewed');
    expect(await stored()).toMatchObject({ state: 'renewed', refresh: 'refresh-2' });
  });

  it('before the request arrives, the old login still renews', async () => {
    await crashWhile('lost-request');
    expect(await nextRun().renewNow(accountId)).toBe('renewed');
    expect(tiktok.asked).toEqual(['refresh-1', 'refresh-1']);
    expect(await stored()).toMatchObject({ state: 'renewed', refresh: 'refresh-2', status: 'connected' });
  });

  it('before the answer arrives, the old login is tried once, then a person must log in', async () => {
    await crashWhile('lost-answer');
    const next = nextRun();
    expect(await next.renewNow(accountId)).toBe('reconnect');
    await next.refreshDue();
    expect(tiktok.asked).toEqual(['refresh-1', 'refresh-1']);
    const { status, statusReason, state } = await stored();
    expect([status, state]).toEqual(['reconnect', 'refused']);
    expect(statusReason).toMatch(/^The connection was being renewed when the app ended/);
  });

  it('and the network stumbles after that, nobody is asked to log in yet', async () => {
    await crashWhile('lost-request');
    tiktok.mishaps = ['stumble'];
    const next = nextRun();
    expect(await next.renewNow(accountId)).toBe('later');
    expect(await stored()).toMatchObject({ status: 'expiring', state: 'unknown', refresh: 'refresh-1' });
    expect(await next.renewNow(accountId)).toBe('renewed');
    expect(await stored()).toMatchObject({ status: 'connected', state: 'renewed', refresh: 'refresh-2' });
  });

  it('after the new login is stored, nothing is lost', async () => {
    await agency.core.tokens.renewNow(accountId);
    await nextRun().refreshDue();
    expect(tiktok.asked).toEqual(['refresh-1']);
    expect(await nextRun().renewNow(accountId)).toBe('renewed');
    expect(await stored()).toMatchObject({ refresh: 'refresh-3' });
  });
});

it('that the network made without saying so leads to a login by a person, with the reason', async () => {
  tiktok.mishaps = ['stumble-after'];
  expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
  expect(await agency.core.tokens.renewNow(accountId)).toBe('reconnect');
  expect((await stored()).statusReason).toMatch(/gave no answer/);
});

it('whose new login cannot be stored keeps it, asks for no other, and stores it when that works again', async () => {
  const { transaction } = agency.store;
  let isFull = false;
  agency.store.transaction = (work) => (isFull ? Promise.reject(new Error('the disk is full')) : transaction(work));
  const { renew } = agency.tiktok;
  agency.tiktok.renew = (tokens) => {
    isFull = true;
    return renew(tokens);
  };
  await expect(agency.core.tokens.renewNow(accountId)).rejects.toThrow('disk');
  await expect(agency.core.tokens.renewNow(accountId)).rejects.toThrow('disk');
  expect(await stored()).toMatchObject({ state: 'sent', refresh: 'refresh-1' });
  isFull = false;
  await agency.time.pass(5_000, () => new Promise(setImmediate));
  await vi.waitFor(async () => expect(await stored()).toMatchObject({ state: 'renewed', refresh: 'refresh-2' }));
  expect(tiktok.asked).toEqual(['refresh-1']);
});

it('is left to the run of the app that publishes', async () => {
  vi.spyOn(agency.core.lease, 'isHeld').mockReturnValue(false);
  expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
  vi.spyOn(agency.core.lease, 'isHeld').mockReturnValue(true);
  vi.spyOn(agency.core.lease, 'epoch').mockReturnValue(77);
  expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
  expect(tiktok.asked).toEqual([]);
});

describe('a login that is too young to be renewed', () => {
  let issued: number[];

  beforeEach(() => {
    issued = [];
    agency.tiktok.renew = ({ issuedAt }) => {
      issued.push(issuedAt);
      return Promise.resolve(null);
    };
  });

  it('stays as it is, and the journal does not call it renewed', async () => {
    const before = await agency.store.accounts.get(accountId);
    expect(await agency.core.tokens.renewNow(accountId)).toBe('renewed');
    expect(await agency.store.accounts.get(accountId)).toEqual(before);
    expect(await agency.store.renewals.last(accountId)).toMatchObject({ state: 'failed', errorCode: 'too_young' });
  });

  it('is as old as the connection, or as the last renewal that gave a new one', async () => {
    await agency.core.tokens.renewNow(accountId);
    agency.time.step(hour);
    await agency.core.tokens.renewNow(accountId);
    expect(issued).toEqual([noon, noon]);
    const young = agency.tiktok.renew;
    agency.tiktok.renew = ({ refreshToken }) => tiktok.renew(refreshToken?.reveal() ?? '');
    await agency.core.tokens.renewNow(accountId);
    agency.tiktok.renew = young;
    agency.time.step(hour);
    await agency.core.tokens.renewNow(accountId);
    expect(issued.at(-1)).toBe(noon + hour);
  });
});
