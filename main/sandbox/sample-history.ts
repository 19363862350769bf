import { Temporal } from 'temporal-polyfill';
import type { AccountMetric, Metrics, PostMetric } from '../../shared/domain/metrics.ts';
import type { Core } from '../core/core.ts';
import type { AccountRecord, PostRecord, Repositories, TargetRecord } from '../core/ports/index.ts';
import { followersOf, receptionOf } from './audience.ts';
import type { Sandbox } from './index.ts';
import { pastPosts, type SamplePast } from './sample-past.ts';

const dayMs = 86_400_000;
/** When figures were taken, hours after midnight UTC. */
const takenAtHour = 6;
/** So long the figures of a post move; later ones would say the same. */
const movingDays = 6;
const followedDays = 56;

interface Live {
  post: PostRecord;
  targets: (TargetRecord & { remoteId: string; publishedAt: number; remoteAccountId: string })[];
}

/**
 * Gives a client of the sample agency a past: posts that are in the simulated networks too, and the figures that would
 * have been taken of them. All of it or nothing is kept, once.
 */
export async function writeHistory(core: Core, sandbox: Sandbox, clientId: string, past: SamplePast): Promise<void> {
  const { store, clock } = core.ports;
  const known = await store.posts.list({ clientId, statuses: ['published'], to: clock.now() - dayMs, limit: 1 });
  if (known.items.length > 0) return;
  const accounts = await store.accounts.listOfClient(clientId);
  const media = await picturesOf(core, sandbox, clientId, past);
  const lives: Live[] = [];
  for (const index of pastPosts.keys()) {
    lives.push(await publishedPost(core, sandbox, { clientId, past, accounts, media, index }));
  }
  await store.transaction(async (repositories) => {
    for (const { post, targets } of lives) {
      await repositories.posts.insert(post);
      for (const { remoteAccountId: _, ...target } of targets) await repositories.targets.insert(target);
      for (const target of targets) await takeFigures(repositories, target, clock.now());
    }
    for (const account of accounts) {
      const remoteAccountId = remoteAccountOf(account, past);
      await takeFollowers(repositories, { accountId: account.id, remoteAccountId }, clock.now());
    }
  });
  for (const { post } of lives) core.changes.tell('post.changed', post.id, clientId);
}

interface Picture {
  id: string;
  bytes: Uint8Array;
  altText: string;
}

async function picturesOf(
  core: Core,
  sandbox: Sandbox,
  clientId: string,
  { scenes }: SamplePast,
): Promise<{ pictures: Picture[]; clip: Picture }> {
  const keep = async (scene: string, altText: string, kind: 'image' | 'video'): Promise<Picture> => {
    const blob = await sandbox.render(scene, kind);
    const file = new File([blob], kind === 'image' ? `${altText}.jpg` : `${altText}.mp4`);
    const { id } = await core.library.upload({ file, clientId, altText }, 'sample agency');
    return { id, altText, bytes: new Uint8Array(await blob.arrayBuffer()) };
  };
  const pictures: Picture[] = [];
  for (const { scene, altText } of scenes) pictures.push(await keep(scene, altText, 'image'));
  const [first] = scenes;
  return { pictures, clip: await keep(first?.scene ?? '', first?.altText ?? '', 'video') };
}

interface Making {
  clientId: string;
  past: SamplePast;
  accounts: readonly AccountRecord[];
  media: { pictures: readonly Picture[]; clip: Picture };
  index: number;
}

async function publishedPost({ ports }: Core, sandbox: Sandbox, making: Making): Promise<Live> {
  const { clientId, past, accounts, media, index } = making;
  const [daysAgo, time] = pastPosts[index] ?? [1, '12:00'];
  const client = await ports.store.clients.get(clientId);
  const timezone = client?.timezone ?? 'UTC';
  const now = ports.clock.now();
  const day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  const wallTime = `${day.subtract({ days: daysAgo }).toString()}T${time}`;
  const at = Temporal.PlainDateTime.from(wallTime).toZonedDateTime(timezone).epochMilliseconds;
  const caption = past.captions[index] ?? '';
  const picture = media.pictures[index % media.pictures.length] ?? media.clip;
  const withClip = accounts.some(({ platform }) => platform === 'tiktok');
  const post: PostRecord = {
    id: ports.random.id(),
    clientId,
    status: 'published',
    source: 'ai',
    caption,
    hashtags: [],
    firstComment: null,
    altText: picture.altText,
    mediaIds: withClip ? [picture.id, media.clip.id] : [picture.id],
    scheduledFor: at,
    wallTime,
    timezone,
    slot: null,
    approvedHash: 'sample',
    approvedBy: 'sample agency',
    approvedAt: at - dayMs,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: at - 2 * dayMs,
    updatedAt: at,
    deletedAt: null,
  };
  const targets: Live['targets'] = [];
  for (const account of accounts) {
    const { id, platform } = account;
    const remoteAccountId = remoteAccountOf(account, past);
    const publishedAt = at + 2_000;
    const said = { text: caption, publishedAt };
    const live =
      platform === 'tiktok'
        ? sandbox.tiktok.addPastVideo({ ...said, creatorId: remoteAccountId, video: media.clip.bytes })
        : await sandbox.meta.addPastPost(platform, {
            ...said,
            accountId: remoteAccountId,
            picture: picture.bytes,
            altText: picture.altText,
          });
    targets.push({
      id: ports.random.id(),
      postId: post.id,
      accountId: id,
      platform,
      status: 'published',
      caption: null,
      options: {},
      consent: null,
      ...live,
      publishedAt,
      tries: 1,
      nextAttemptAt: null,
      errorCode: null,
      errorMessage: null,
      updatedAt: publishedAt,
      remoteAccountId,
    });
  }
  return { post, targets };
}

/** What the job would have taken down on each day, by what the simulators say of a post of that age. */
async function takeFigures({ metrics }: Repositories, target: Live['targets'][number], now: number): Promise<void> {
  const midnight = Math.floor(target.publishedAt / dayMs) * dayMs;
  for (let day = 0; day <= movingDays; day += 1) {
    const takenAt = Math.max(midnight + day * dayMs + takenAtHour * 3_600_000, target.publishedAt + 3_600_000);
    if (takenAt > now - takenAtHour * 3_600_000) return;
    const taken = figuresAt(target, takenAt - target.publishedAt);
    await metrics.putOfTarget({ targetId: target.id, day: dayOf(takenAt), metrics: taken, takenAt });
  }
}

function figuresAt({ platform, remoteId, remoteAccountId }: Live['targets'][number], age: number): Metrics<PostMetric> {
  const followers = followersOf(remoteAccountId);
  if (platform === 'tiktok') {
    const { views } = receptionOf(remoteId, 2 * followers, age);
    const part = (share: number) => Math.floor(views / share);
    return { views, likes: part(12), comments: part(90), shares: part(150) };
  }
  const { views, viewers, likes, comments, shares, saves, clicks } = receptionOf(remoteId, followers, age);
  if (platform === 'facebook') return { views, viewers, likes, comments: 0, shares, clicks };
  const interactions = likes + comments + shares + saves;
  return { views, viewers, likes, comments, shares, saves, reposts: 0, interactions, profileVisits: clicks };
}

/** An account that has grown a little, to what the simulators say now. */
async function takeFollowers(
  { metrics }: Repositories,
  { accountId, remoteAccountId }: { accountId: string; remoteAccountId: string },
  now: number,
): Promise<void> {
  const followers = followersOf(remoteAccountId);
  const aDay = 0.4 + (followers % 7) / 5;
  for (let daysAgo = followedDays; daysAgo >= 1; daysAgo -= 1) {
    const wobble = (followers * daysAgo) % 3;
    const counted: Metrics<AccountMetric> = { followers: followers - Math.round(aDay * daysAgo) - wobble };
    const takenAt = now - daysAgo * dayMs;
    await metrics.putOfAccount({ accountId, day: dayOf(takenAt), metrics: counted, takenAt });
  }
}

/** By the simulators' own name: TikTok shows each app another. */
function remoteAccountOf({ platform, remoteId }: AccountRecord, { business }: SamplePast): string {
  return platform === 'tiktok' ? business.tiktok.id : remoteId;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
