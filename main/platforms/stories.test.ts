import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connectedAccount,
  image,
  mp4,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  video,
} from '../../test/networks.ts';
import type { AccountAccess, OutgoingMedia, Publication, SocialNetwork } from '../core/ports/networks.ts';

const minute = 60_000;
const hour = 60 * minute;

let bench: NetworksBench;
let instagram: SocialNetwork;
let account: AccountAccess;
beforeEach(async () => {
  bench = await startNetworks();
  instagram = bench.networks.instagram;
  account = await connectedAccount(bench, 'instagram');
});
afterEach(() => bench.close());

const everything = {
  format: 'story',
  userTags: ['anna'],
  collaborators: ['cafe.due'],
  locationId: '7640348500',
} as const;
const story = (media: OutgoingMedia[]): Publication => publication('', media, everything);
const onePicture = async () => story([await image({ altText: 'A cup', width: 1080, height: 1920 })]);
const live = () => bench.meta.publicPosts().filter(({ platform }) => platform === 'instagram');
const problems = (post: Publication) => instagram.problems(post, account).map(({ code }) => code);

/** Publishes it; answers what a look-up needs. @param answer whether the network's answer arrives */
async function publish(post: Publication, answer: 'told' | 'lost' = 'told') {
  const { handle } = await prepare(instagram, account, post);
  const sentAt = bench.clock.now;
  if (answer === 'lost') bench.meta.faults.add({ operation: 'instagram.media_publish', kind: 'lost-answer' });
  const outcome = await instagram.commit(account, post, handle, send);
  return { handle, sentAt, outcome, lookUp: () => instagram.lookUp(account, post, handle, sentAt) };
}

describe('a story', () => {
  it('goes out as one picture, without anything that a story does not have', async () => {
    const { outcome } = await publish(story([await image({ altText: 'A cup', aiMade: true })]));
    const [shown] = live();
    expect(outcome).toEqual({ kind: 'published', remoteId: shown?.id, permalink: shown?.permalink });
    expect(shown).toMatchObject({ isStory: true, text: '', aiLabel: true, media: [{ kind: 'image', alt: null }] });
  });

  it('goes out as one video', async () => {
    await publish(story([video()]));
    expect(live()).toMatchObject([{ isStory: true, media: [{ kind: 'video' }] }]);
  });

  it('takes a picture of any ratio, and exactly one file', async () => {
    const wide = await image({ width: 1600, height: 400 });
    expect(problems(story([wide]))).toEqual([]);
    expect(problems(publication('', [wide]))).toEqual(['ratio']);
    expect(problems(story([]))).toEqual(['missing']);
    expect(problems(story([wide, wide]))).toEqual(['several']);
  });

  it('takes a video of 3 to 60 seconds and 100 MB', () => {
    const lasting = (durationMs: number) => problems(story([video({ durationMs })]));
    expect([2_900, 3_000, 60_000, 61_000].map(lasting)).toEqual([['duration'], [], [], ['duration']]);
    expect(problems(publication('', [video({ durationMs: 61_000 })]))).toEqual([]);
    expect(problems(story([video({ durationMs: 40_000, fileBytes: 100_000_001 })]))).toEqual(['too_large']);
  });

  it('is refused by the network itself where the file lies about its length', async () => {
    const long = story([video({ bytes: mp4({ seconds: 61 }), durationMs: 6_000 })]);
    await expect(prepare(instagram, account, long)).rejects.toMatchObject({ failure: { class: 'content' } });
  });
});

describe('a story whose answer was lost', () => {
  const unnamed = { kind: 'published', remoteId: null, permalink: null };

  it('is live at once, and named when the list can be trusted to be whole', async () => {
    const { outcome, lookUp } = await publish(await onePicture(), 'lost');
    expect(outcome.kind).toBe('unknown');
    const [mine] = live();
    bench.clock.now += minute;
    expect(await lookUp()).toEqual(unnamed);
    bench.clock.now += 10 * minute;
    expect(await lookUp()).toEqual({ ...unnamed, oneOf: [{ remoteId: mine?.id, permalink: mine?.permalink }] });
  });

  it('may be any of those of its kind that appeared at that time, and none of the others', async () => {
    await publish(await onePicture());
    bench.clock.now += 7 * minute;
    const { lookUp } = await publish(await onePicture(), 'lost');
    const [mine] = live();
    bench.clock.now += 30_000;
    await publish(story([video()]));
    const { outcome: sibling } = await publish(await onePicture());
    bench.clock.now += 7 * minute;
    await publish(await onePicture());
    bench.clock.now += 10 * minute;
    const found = await lookUp();
    const names = found.kind === 'published' ? found.oneOf?.map(({ remoteId }) => remoteId) : null;
    expect(new Set(names)).toEqual(new Set([mine?.id, sibling.kind === 'published' ? sibling.remoteId : null]));
  });

  it('stays without a name once the network shows it no more', async () => {
    const { lookUp } = await publish(await onePicture(), 'lost');
    bench.clock.now += 25 * hour;
    expect(await lookUp()).toEqual(unnamed);
  });

  it('is absent while its container was not published', async () => {
    const post = await onePicture();
    const { handle } = await prepare(instagram, account, post);
    expect(await instagram.lookUp(account, post, handle, bench.clock.now)).toEqual({ kind: 'absent' });
  });
});

describe('figures of a story', () => {
  const refused: string[] = [];
  const ofPosts = (id: string) =>
    instagram.insights.ofPosts(account, [id], {
      has: () => false,
      add: (subject, metric) => void refused.push(`${subject}/${metric}`),
    });

  it('are asked for by the names that stories have, while it is seen', async () => {
    const { outcome } = await publish(await onePicture());
    const id = outcome.kind === 'published' ? outcome.remoteId : '';
    bench.clock.now += 20 * hour;
    const figures = (await ofPosts(id))?.get(id);
    expect(Object.keys(figures ?? {}).toSorted()).toEqual([
      'follows',
      'interactions',
      'profileVisits',
      'reposts',
      'shares',
      'viewers',
      'views',
    ]);
    expect(refused).toEqual([]);
    bench.clock.now += 5 * hour;
    expect((await ofPosts(id))?.has(id)).toBe(false);
  });
});
