import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../../test/agency.ts';
import { VirtualTime } from '../../../test/doubles/virtual-time.ts';
import { videoAssets } from '../../../test/e2e/services.ts';
import { connect, type NetworksBench, picture, startNetworks } from '../../../test/networks.ts';
import type { Platform, Via } from '../../../shared/domain/platform.ts';
import { fetchHttp } from '../../platforms/http.ts';
import type { MetaOperation } from '../../sandbox/meta/operations.ts';
import { saveAccount } from '../accounts/save-account.ts';
import { createActivity } from '../activity/activity.ts';

/* Each class of error by each way to a network, through the real adapters and over HTTP: where the post ends, and what a person reads. */

const ways: [Platform, Via][] = [
  ['facebook', 'facebook'],
  ['instagram', 'facebook'],
  ['instagram', 'instagram'],
  ['tiktok', 'tiktok'],
];

let bench: NetworksBench;
let agency: Agency;
beforeEach(async () => {
  bench = await startNetworks();
  const time = new VirtualTime(bench.clock.now);
  // One time for both: what a network asks to wait for is compared with it.
  agency = await startAgency({ networks: bench.networks, time, http: (request, limits) => fetchHttp(request, limits) });
});
afterEach(() => bench.close());

const graph = (code: number, subcode?: number, status = 400) => ({
  status,
  body: { error: { message: 'Their words.', type: 'OAuthException', code, error_subcode: subcode } },
});
const tiktok = (status: number, code: string) => ({
  status,
  body: { data: {}, error: { code, message: 'Their words.', log_id: 'log' } },
});

interface Ending {
  target: string;
  post: string;
  account: string;
  says: RegExp;
}

/** What a network answers with at the first call that can be repeated, and where that ends. */
const classes: [name: string, meta: object, tiktok: object, ending: Ending][] = [
  [
    'transient',
    graph(2, undefined, 503),
    tiktok(500, 'internal_error'),
    {
      target: 'failed',
      post: 'failed',
      account: 'connected',
      says: /did not work after \d tries: .* Try again, choose another time/,
    },
  ],
  [
    'rate',
    graph(80002),
    tiktok(429, 'rate_limit_exceeded'),
    { target: 'pending', post: 'approved', account: 'connected', says: /Their words/ },
  ],
  [
    'token',
    graph(190, 460),
    tiktok(401, 'access_token_invalid'),
    {
      target: 'held',
      post: 'held',
      account: 'reconnect',
      says: /Connect .* again, and what is still in time goes out by itself/,
    },
  ],
  [
    'permission',
    graph(10),
    tiktok(401, 'scope_not_authorized'),
    { target: 'held', post: 'held', account: 'reconnect', says: /Their words.* Connect .* again/ },
  ],
  [
    'content',
    graph(100),
    tiktok(400, 'invalid_param'),
    {
      target: 'failed',
      post: 'failed',
      account: 'connected',
      says: /refused it: .*Their words\. It is not live.* Change it and approve it again/,
    },
  ],
  [
    'config',
    graph(3),
    tiktok(403, 'url_ownership_unverified'),
    {
      target: 'held',
      post: 'held',
      account: 'connected',
      says: /does not accept this app as it is set up: .* Correct the settings of the app/,
    },
  ],
  [
    'account',
    graph(368),
    tiktok(403, 'spam_risk_user_banned_from_posting'),
    { target: 'held', post: 'held', account: 'connected', says: /does not let .* post now: .* Look at the account in/ },
  ],
];

describe.each(ways)('%s by the login of %s', (platform, via) => {
  const preparing = { facebook: 'facebook.feed', instagram: 'instagram.media.create', tiktok: 'tiktok.inbox.init' }[
    platform
  ];
  const committing = {
    facebook: 'facebook.post.update',
    instagram: 'instagram.media_publish',
    tiktok: 'tiktok.upload',
  }[platform];
  const faults = () => (platform === 'tiktok' ? bench.tiktok.faults : bench.meta.faults);

  it.each(classes)('%s', async (_, meta, ofTiktok, { target, post, account, says }) => {
    faults().add({ operation: preparing, kind: 'status', times: 50, value: platform === 'tiktok' ? ofTiktok : meta });
    const ended = await published(platform, via);
    expect([ended.target, ended.post, ended.account]).toEqual([target, post, account]);
    expect(ended.said).toMatch(says);
    expect(ended.said).not.toMatch(/EAA|IGAA|act\.|handout/);
    expect(live(platform)).toBe(0);
  });

  it('ambiguous: it is looked up, and never sent a second time', async () => {
    faults().add({ operation: committing, kind: 'lost-answer' });
    const ended = await published(platform, via);
    expect(['published', 'delivered']).toContain(ended.target);
    expect(live(platform)).toBe(1);
  });
});

/** Why TikTok does not show a video that it has taken; after none of these may the same be tried again. */
const neverAgain: [reason: string, target: string, account: string, says: RegExp][] = [
  ['auth_removed', 'held', 'reconnect', /took back its permission.* Nothing was published\. Connect .* again/],
  ['spam_risk_user_banned_from_posting', 'held', 'connected', /banned this account.* Nothing was published\./],
  ['spam_risk', 'held', 'connected', /takes this for spam.* Nothing was published\./],
  ['spam_risk_text', 'failed', 'connected', /takes the text for spam.* It is not live/],
  ['publish_cancelled', 'failed', 'connected', /was cancelled.* It is not live/],
];

it.each(neverAgain)(
  '%s at TikTok: a person is asked, and it is not uploaded again',
  async (reason, target, account, says) => {
    bench.tiktok.faults.add({ operation: 'tiktok.processing', kind: 'fail_reason', value: reason });
    const ended = await published('tiktok', 'tiktok');
    expect([ended.target, ended.account]).toEqual([target, account]);
    expect(ended.said).toMatch(says);
    await agency.time.pass(2 * 3_600_000, () => agency.core.publishing.idle());
    expect(bench.tiktok.ledger.count('tiktok.inbox.init')).toBe(1);
    expect(live('tiktok')).toBe(0);
  },
);

describe('a while later', () => {
  const later = async () => {
    const { publishing } = agency.core;
    await agency.time.pass(12 * 60_000, () => publishing.idle());
    bench.clock.now = agency.time.now();
    await publishing.followUp();
  };
  const count = (operation: MetaOperation) => bench.meta.ledger.count(operation);

  it('the Page photo that Instagram fetched is gone, and its post is as it was', async () => {
    expect(await published('instagram', 'facebook')).toMatchObject({ target: 'published' });
    await later();
    await later();
    expect([count('facebook.photos'), count('facebook.photo.delete'), live('instagram')]).toEqual([1, 1, 1]);
  });

  it('the unpublished post that Facebook would not show is gone, and a visible one is not', async () => {
    expect(await published('facebook', 'facebook')).toMatchObject({ target: 'published' });
    await later();
    expect([count('facebook.post.delete'), live('facebook')]).toEqual([0, 1]);
    bench.meta.faults.add({ operation: 'facebook.post.update', kind: 'status', value: graph(368) });
    expect(await published('facebook', 'facebook')).toMatchObject({ target: 'held' });
    await later();
    expect([count('facebook.post.delete'), live('facebook')]).toEqual([1, 1]);
  });

  it.each([
    ['facebook', 'facebook.post.read'],
    ['instagram', 'instagram.media.read'],
  ] as const)('the link that %s did not tell is known', async (platform, read) => {
    bench.meta.faults.add({ operation: read, kind: 'status', value: graph(100, 33) });
    await published(platform, 'facebook');
    const link = async () => (await agency.store.targets.liveOf(await onlyAccount(), 0))[0]?.permalink;
    expect(await link()).toBeNull();
    await later();
    expect(await link()).toBe(bench.meta.publicPosts()[0]?.permalink);
  });

  async function onlyAccount(): Promise<string> {
    const [account] = await agency.store.accounts.listAll();
    return account?.id ?? '';
  }
});

function live(platform: Platform): number {
  if (platform === 'tiktok') return bench.tiktok.inbox().length;
  return bench.meta.publicPosts().filter((post) => post.platform === platform).length;
}

/** A post to this account alone, as far as it comes within twenty minutes. */
async function published(platform: Platform, via: Via) {
  const { id: clientId } = await agency.api.clients.create({ name: 'Café Uno', timezone: 'Europe/Berlin' });
  const [found] = await connect(bench, platform, { via });
  if (found === undefined) throw new Error('Nothing was found.');
  const deps = { ...agency.ports, changes: agency.core.changes, locked: () => null };
  const activity = createActivity(deps);
  const { id: accountId } = await saveAccount({ ...deps, activity }, clientId, found, 'mia');
  const bytes = platform === 'tiktok' ? readFileSync(join(videoAssets, 'coffee.mp4')) : await picture(1080, 1350);
  const file = new File([new Uint8Array(bytes)], 'file');
  const media = platform === 'facebook' ? [] : [(await agency.core.library.upload({ file, clientId }, 'mia')).id];
  const scheduledFor = new Date(agency.time.now() + 3_600_000).toISOString();
  const options = platform === 'tiktok' ? { mode: 'inbox' as const } : {};
  const { id } = await agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread',
    media,
    scheduledFor,
    targets: [{ accountId, options }],
  });
  await agency.api.pipeline.approve({ id });
  await agency.api.pipeline.publishNow({ id });
  const { publishing } = agency.core;
  await publishing.start();
  await publishing.idle();
  for (let passed = 0; passed < 40; passed += 1) {
    const { status } = await agency.api.pipeline.get({ id });
    if (!['approved', 'publishing'].includes(status)) break;
    await agency.time.pass(30_000, () => publishing.idle());
    bench.clock.now = agency.time.now();
    await publishing.publishDue();
    await publishing.idle();
  }
  const post = await agency.api.pipeline.get({ id });
  const account = await agency.store.accounts.get(accountId);
  const [target] = post.targets;
  const said = [post.heldReason, target?.error?.message, account?.statusReason].join(' ');
  return { target: target?.status, post: post.status, account: account?.status, said };
}
