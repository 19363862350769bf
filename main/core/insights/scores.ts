import { interactionsOf, type PostFigures } from '../../../shared/domain/metrics.ts';
import type { LivePost } from '../ports/index.ts';

/** What people do, by how much it asks of them and tells others. */
const weights = { likes: 1, comments: 3, saves: 3, shares: 4, reposts: 4 } as const;
/** With fewer posts of an account nothing is usual. */
const fewest = 4;

/**
 * How each post did compared with the usual one of its account: networks count differently and accounts differ in size,
 * so that nothing else can be compared. Half is views, half is what people did with it; where a network gives only one of
 * them, that is all. Usual is the median of the posts given. Pure.
 * @returns by target; 1 is as usual, null where too few posts are known
 */
export function scoresOf(posts: readonly LivePost[]): Map<string, number | null> {
  const ofAccounts = Map.groupBy(posts, ({ accountId }) => accountId);
  const scores = new Map<string, number | null>();
  for (const ofAccount of ofAccounts.values()) {
    const usual = usualOf(ofAccount);
    for (const { targetId, figures } of ofAccount)
      scores.set(targetId, usual === null ? null : scoreOf(figures, usual));
  }
  return scores;
}

/** The mean of what is known; null when nothing is. */
export function meanOf(scores: readonly (number | null | undefined)[]): number | null {
  const known = scores.filter((score) => score !== null && score !== undefined);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}

interface Usual {
  views: number | null;
  points: number | null;
}

function usualOf(posts: readonly LivePost[]): Usual | null {
  if (posts.filter(({ figures }) => isMeasured(figures)).length < fewest) return null;
  return {
    views: medianOf(posts.map(({ figures }) => figures.views)),
    points: medianOf(posts.map(({ figures }) => pointsOf(figures))),
  };
}

function scoreOf(figures: PostFigures, usual: Usual): number | null {
  return meanOf([ratio(figures.views, usual.views), ratio(pointsOf(figures), usual.points)]);
}

/** Where nothing is usual, one more than that is twice as much. */
function ratio(value: number | null, usual: number | null): number | null {
  if (value === null || usual === null) return null;
  return usual > 0 ? value / usual : value + 1;
}

function pointsOf(figures: PostFigures): number | null {
  if (interactionsOf(figures) === null) return null;
  return Object.entries(weights).reduce((sum, [name, weight]) => {
    return sum + weight * (figures[name as keyof typeof weights] ?? 0);
  }, 0);
}

function isMeasured(figures: PostFigures): boolean {
  return figures.views !== null || interactionsOf(figures) !== null;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = Math.floor(known.length / 2);
  const [low, high] = [known[middle - 1], known[middle]];
  if (high === undefined) return null;
  return known.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
