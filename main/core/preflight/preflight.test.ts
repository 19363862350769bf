import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Agency,
  connectAccount,
  connectedClient,
  day,
  hour,
  minute,
  noon,
  startAgency,
} from '../../../test/agency.ts';
import { picture } from '../../../test/networks.ts';
import { type Failure, NetworkFailure, Secret } from '../ports/index.ts';

/* Posts are looked at before their time. Real store, real files; the networks answer as told. */

let agency: Agency;
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId, accountId } = await connectedClient(agency));
});

const look = () => agency.core.preflight.lookAhead(false);

function fails(change: Partial<Failure>): NetworkFailure {
  return new NetworkFailure({ class: 'account', code: 'x', message: 'The account is restricted.', ...change });
}

async function post(inMs: number, change: { media?: string[]; accountIds?: string[]; caption?: string } = {}) {
  const { media = [], accountIds = [accountId], caption = 'Fresh bread' } = change;
  const { id } = await agency.api.pipeline.create({
    clientId,
    caption,
    media,
    scheduledFor: new Date(agency.time.now() + inMs).toISOString(),
    targets: accountIds.map((account) => ({ accountId: account })),
  });
  return (await agency.api.pipeline.approve({ id })).id;
}

const riskOf = async (id: string) => (await agency.api.pipeline.get({ id })).targets[0]?.risk ?? null;
const notices = async () => (await agency.api.logs({ kind: 'post.at_risk' })).items;
const passes = (ms: number) => agency.time.pass(ms, () => Promise.resolve());

describe('looking ahead', () => {
  it('happens a day and an hour before, and not for what is further away', async () => {
    await post(25 * hour);
    await look();
    expect(agency.facebook.readinessAsked).toHaveLength(0);
    await passes(2 * hour);
    await look();
    await passes(21 * hour);
    await look();
    expect(agency.facebook.readinessAsked).toHaveLength(1);
    await passes(1.5 * hour);
    await look();
    await look();
    expect(agency.facebook.readinessAsked).toHaveLength(2);
    expect((await agency.core.scheduling.run('look-ahead')).lastError).toBeNull();
    expect(agency.facebook.readinessAsked).toHaveLength(3);
  });

  it('marks the post, says what to do, counts it, and tells once', async () => {
    const id = await post(hour);
    agency.facebook.ready = fails({});
    await look();
    await look();
    expect(await riskOf(id)).toEqual({
      code: 'account',
      message: 'Café Uno (Facebook): The account is restricted.',
      remedy: 'Look at the account on the network itself.',
      since: new Date(noon).toISOString(),
    });
    expect((await agency.api.stats()).postsAtRisk).toBe(1);
    expect(await notices()).toMatchObject([{ level: 'warning', postId: id, clientId, accountId }]);
  });

  it('takes the mark away by itself when the cause is gone, and tells anew when it is back', async () => {
    const id = await post(hour);
    agency.facebook.ready = fails({});
    await look();
    agency.facebook.ready = { scopes: null, postsLeft: null, creator: null };
    await passes(5 * minute);
    await look();
    expect(await riskOf(id)).toBeNull();
    expect((await agency.api.stats()).postsAtRisk).toBe(0);
    agency.facebook.ready = fails({});
    await passes(20 * hour);
    const later = await post(hour);
    await look();
    expect(await riskOf(later)).toMatchObject({ code: 'account' });
    expect(await notices()).toHaveLength(2);
  });

  it('tells of an account once, however many posts it has, and asks about it once', async () => {
    const ids = [await post(hour), await post(2 * hour), await post(3 * hour)];
    agency.facebook.ready = fails({});
    await look();
    expect(agency.facebook.readinessAsked).toHaveLength(1);
    expect(await Promise.all(ids.map(riskOf))).toMatchObject([
      { code: 'account' },
      { code: 'account' },
      { code: 'account' },
    ]);
    await post(4 * hour);
    await look();
    expect(await notices()).toHaveLength(1);
    expect((await agency.api.stats()).postsAtRisk).toBe(4);
  });

  it.each([
    ['an outage', { class: 'transient' as const }],
    ['a limit that is over by then', { class: 'rate' as const, retryAt: noon + 30 * minute }],
    ['a limit without an end', { class: 'rate' as const }],
  ])('takes %s for nothing, before and after', async (_, failure) => {
    const id = await post(hour);
    agency.facebook.ready = fails(failure);
    await look();
    expect(await riskOf(id)).toBeNull();
    // Nothing was learnt, so it is asked again.
    agency.facebook.ready = fails({});
    await look();
    expect(await riskOf(id)).not.toBeNull();
    agency.facebook.ready = fails(failure);
    await look();
    expect(await riskOf(id)).toMatchObject({ code: 'account' });
    expect(await notices()).toHaveLength(1);
  });

  it('takes a limit that lasts longer for a risk', async () => {
    const id = await post(hour);
    agency.facebook.ready = fails({ class: 'rate', retryAt: noon + day, message: 'No more today.' });
    await look();
    expect(await riskOf(id)).toMatchObject({ code: 'quota', message: 'Café Uno (Facebook): No more today.' });
  });

  it('counts a used up quota in the last hour only: a day later there is another one', async () => {
    const [soon, tomorrow] = [await post(hour), await post(23 * hour)];
    agency.facebook.ready = { scopes: null, postsLeft: 0, creator: null };
    await look();
    expect(await riskOf(soon)).toMatchObject({ code: 'quota' });
    expect(await riskOf(tomorrow)).toBeNull();
  });

  it('names the permission that is gone, in words', async () => {
    const id = await post(hour);
    agency.facebook.ready = { scopes: ['pages_show_list', 'pages_read_engagement'], postsLeft: null, creator: null };
    await look();
    expect((await riskOf(id))?.message).toBe(
      'Café Uno (Facebook) does not have the permission to publish the posts that were agreed on (pages_manage_posts).',
    );
  });

  it('forgets about posts that were moved, taken back or deleted', async () => {
    agency.facebook.ready = fails({});
    const [moved, reopened, deleted] = [await post(hour), await post(hour), await post(hour)];
    await look();
    await agency.api.pipeline.reschedule({ id: moved, scheduledFor: new Date(noon + 3 * day).toISOString() });
    await agency.api.pipeline.reopen({ id: reopened });
    await agency.api.pipeline.delete({ id: deleted });
    await look();
    expect([await riskOf(moved), await riskOf(reopened)]).toEqual([null, null]);
    expect((await agency.api.stats()).postsAtRisk).toBe(0);
  });

  it('asks nobody while the app is locked', async () => {
    await post(hour);
    agency.lock.reason = 'The key is missing.';
    await look();
    expect(agency.facebook.readinessAsked).toEqual([]);
  });
});

describe('the login', () => {
  const expired = fails({ class: 'token', code: '190/463', message: 'The token has expired.' });

  it('that was renewed is no risk', async () => {
    const id = await post(hour);
    agency.facebook.ready = expired;
    agency.facebook.renewals = [
      {
        accessToken: new Secret('new'),
        refreshToken: null,
        userToken: null,
        expiresAt: null,
        refreshExpiresAt: null,
      },
    ];
    const { readiness } = agency.facebook;
    agency.facebook.readiness = (access, use) => {
      if (access.token.reveal() === 'new') agency.facebook.ready = { scopes: null, postsLeft: null, creator: null };
      return readiness(access, use);
    };
    await look();
    expect(agency.facebook.renewedWith).toHaveLength(1);
    expect(await riskOf(id)).toBeNull();
  });

  it('that cannot be renewed is told of by the account, not once more by its posts', async () => {
    const ids = [await post(hour), await post(2 * hour)];
    agency.facebook.ready = expired;
    agency.facebook.renewals = [fails({ class: 'token', message: 'Please log in again.' })];
    await look();
    expect(await Promise.all(ids.map(riskOf))).toMatchObject([{ code: 'account' }, { code: 'account' }]);
    expect((await agency.api.accounts.list({ id: clientId })).items).toMatchObject([{ status: 'reconnect' }]);
    expect(await notices()).toEqual([]);
    expect((await agency.api.logs({ kind: 'account.reconnect' })).items).toHaveLength(1);
    agency.facebook.ready = { scopes: null, postsLeft: null, creator: null };
    await connectAccount(agency, clientId);
    await look();
    expect(await Promise.all(ids.map(riskOf))).toEqual([null, null]);
  });

  it('that the network stumbles over while it is renewed says nothing', async () => {
    const id = await post(hour);
    agency.facebook.ready = expired;
    agency.facebook.renewals = [fails({ class: 'transient' })];
    await look();
    expect(await riskOf(id)).toBeNull();
  });

  it('that ends before the post is due is a risk without asking anybody', async () => {
    const id = await post(hour);
    await agency.store.accounts.update(accountId, { refreshExpiresAt: noon + hour - 1 });
    await look();
    expect((await riskOf(id))?.message).toBe('The connection to Café Uno (Facebook) ends before the post is due.');
    expect(agency.facebook.readinessAsked).toEqual([]);
  });
});

describe('the media', () => {
  async function picturePost() {
    const bytes = await picture(1080, 1350);
    const media = await agency.core.library.upload(
      { clientId, file: new File([new Uint8Array(bytes)], 'bread.jpg') },
      'mia',
    );
    return { id: await post(hour, { media: [media.id] }), media };
  }

  it('that can be used are no risk', async () => {
    const { id } = await picturePost();
    await look();
    expect(await riskOf(id)).toBeNull();
  });

  it('that are gone from the disk are, and the post is well again when they are back', async () => {
    const { id, media } = await picturePost();
    const kept = await agency.store.media.get(media.id);
    await agency.ports.files.erase(kept?.sha256 ?? '');
    await look();
    expect(await riskOf(id)).toMatchObject({ code: 'media', message: expect.stringContaining('bread.jpg') as string });
    expect(await notices()).toMatchObject([{ postId: id }]);
    await agency.ports.files.put(await picture(1080, 1350));
    await look();
    expect(await riskOf(id)).toBeNull();
  });

  it('and words that the network would refuse now are a risk of this post', async () => {
    const id = await post(hour);
    agency.facebook.refusedTexts = ['Fresh'];
    await look();
    expect(await riskOf(id)).toMatchObject({ code: 'content', message: 'Not this text.' });
  });
});

it('a first comment that was not permitted is found before it is due, by what each login tells', async () => {
  const { readinessRisk } = await import('./risks.ts');
  const { permissionsOf } = await import('../../../shared/domain/permissions.ts');
  const stored = await agency.store.accounts.get(accountId);
  if (stored === undefined) throw new Error('The account is gone.');
  const risk = (via: 'facebook' | 'instagram', told: boolean, hasFirstComment: boolean) => {
    const way = { platform: 'instagram', via } as const;
    const given = permissionsOf(way).flatMap(({ scope, ability }) => (ability === 'comment' ? [] : [scope]));
    return readinessRisk(
      { ...stored, ...way, scopes: given },
      { scopes: told ? given : null, postsLeft: null, creator: null },
      { options: {}, media: [] },
      { isLastLook: false, hasFirstComment },
    )?.message;
  };
  expect(risk('facebook', true, false)).toBeUndefined();
  expect(risk('facebook', true, true)).toContain('to write the first comment (instagram_manage_comments)');
  // Facebook tells of other accounts, so its silence says nothing; nobody ever tells of Instagram's own login.
  expect(risk('facebook', false, true)).toBeUndefined();
  expect(risk('instagram', false, true)).toContain('to write the first comment (instagram_business_manage_comments)');
  expect(risk('instagram', false, false)).toBeUndefined();
});

it('a video that TikTok no longer takes, or an audience it no longer offers, is found before it is due', async () => {
  const { readinessRisk } = await import('./risks.ts');
  const account = { ...(await agency.store.accounts.get(accountId)), platform: 'tiktok' as const };
  const risk = (maxVideoSeconds: number, privacyLevel: string) =>
    readinessRisk(
      account as Parameters<typeof readinessRisk>[0],
      { scopes: null, postsLeft: null, creator: { maxVideoSeconds, privacyLevels: ['SELF_ONLY'] } },
      { options: { mode: 'direct', privacyLevel }, media: [{ durationMs: 60_000 }] as never },
      { isLastLook: true, hasFirstComment: false },
    )?.message;
  expect(risk(60, 'SELF_ONLY')).toBeUndefined();
  expect(risk(59, 'SELF_ONLY')).toContain('at most 59 seconds');
  expect(risk(60, 'PUBLIC_TO_EVERYONE')).toContain('no longer offers the chosen audience');
});
