import { createHash } from 'node:crypto';

const hourMs = 3_600_000;

/** How many follow an account; always the same for one id. */
export function followersOf(accountId: string): number {
  return 180 + (seedOf(accountId) % 900);
}

/** What followers have done with a post by now. */
export interface Reception {
  views: number;
  /** People, each once. */
  viewers: number;
  likes: number;
  comments: number;
  shares: number;
  saves: number;
  clicks: number;
}

/**
 * A few see a post at once, most within the first days; the same post at the same age always stands the same.
 * @param ageMs since it was published
 */
export function receptionOf(postId: string, followers: number, ageMs: number): Reception {
  const seed = seedOf(postId);
  const share = 1 - 0.92 * Math.exp(-Math.max(0, ageMs) / (20 * hourMs));
  const views = Math.floor(followers * (0.6 + (seed % 160) / 100) * share);
  const part = (percent: number) => Math.floor((views * (percent + (seed % 3))) / 100);
  return {
    views,
    viewers: part(78),
    likes: part(6),
    comments: part(1),
    shares: part(1),
    saves: part(2),
    clicks: part(4),
  };
}

function seedOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0);
}
