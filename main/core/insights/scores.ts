import { interactionsOf, type PostFigures } from '../../../shared/domain/metrics.ts';
import type { AccountOutcomes, ComparedFigure, LivePost } from '../ports/index.ts';

/** What people do, by how much it asks of them and tells others. */
const weights = { likes: 1, comments: 3, saves: 3, shares: 4, reposts: 4 } as const;
/** With fewer posts of an account nothing is usual. */
const fewest = 4;

/**
 * How each post did compared with the usual one of its account: networks count differently and accounts differ in size,
 * so that nothing else can be compared. Stories are seen for a day only and are compared with each other. Half is views,
 * half is what people did with it; where a network gives only one of them, that is all. Usual is the median of the posts
 * given. Pure.
 * @returns by target; 1 is as usual, null where too few posts are known
 */
export function scoresOf(posts: readonly LivePost[]): ReadonlyMap<string, number | null> {
  const alike = Map.groupBy(posts, ({ accountId, isStory }) => `${accountId}/${isStory ? 'story' : 'post'}`);
  return new Map(
    [...alike.values()].flatMap((comparable) => {
      const scores = scoresWithin(comparable.map(({ figures }) => markOf(figures)));
      return comparable.map(({ targetId }, place) => [targetId, scores[place] ?? null] as const);
    }),
  );
}

/** The same of one account's posts or stories, in their order. */
export function scoresOfAccount(outcomes: AccountOutcomes): readonly (number | null)[] {
  const known = reckoned.get(outcomes);
  if (known !== undefined) return known;
  const scores = scoresWithin(outcomes.postIds.map((_, place) => markOf(figuresAt(outcomes, place))));
  reckoned.set(outcomes, scores);
  return scores;
}

/** A page asks about the same posts twice. */
const reckoned = new WeakMap<AccountOutcomes, readonly (number | null)[]>();

export function figuresAt({ figures }: AccountOutcomes, place: number): Compared {
  return {
    views: figures.views[place] ?? null,
    likes: figures.likes[place] ?? null,
    comments: figures.comments[place] ?? null,
    shares: figures.shares[place] ?? null,
    saves: figures.saves[place] ?? null,
    reposts: figures.reposts[place] ?? null,
  };
}

type Compared = Pick<PostFigures, ComparedFigure>;

/** The mean of what is known; null when nothing is. */
export function meanOf(scores: readonly (number | null | undefined)[]): number | null {
  const known = scores.filter((score) => score !== null && score !== undefined);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}

/** What a post is measured by, or what is usual; null where nothing is known. */
interface Mark {
  views: number | null;
  points: number | null;
}

function markOf(figures: Compared): Mark {
  return { views: figures.views, points: pointsOf(figures) };
}

function scoresWithin(marks: readonly Mark[]): (number | null)[] {
  const usual = usualOf(marks);
  return marks.map((mark) => (usual === null ? null : scoreOf(mark, usual)));
}

function usualOf(marks: readonly Mark[]): Mark | null {
  if (marks.filter(({ views, points }) => views !== null || points !== null).length < fewest) return null;
  return { views: medianOf(marks.map(({ views }) => views)), points: medianOf(marks.map(({ points }) => points)) };
}

function scoreOf({ views, points }: Mark, usual: Mark): number | null {
  const [seen, done] = [ratio(views, usual.views), ratio(points, usual.points)];
  return seen === null || done === null ? (seen ?? done) : (seen + done) / 2;
}

/** Where nothing is usual, one more than that is twice as much. */
function ratio(value: number | null, usual: number | null): number | null {
  if (value === null || usual === null) return null;
  return usual > 0 ? value / usual : value + 1;
}

function pointsOf(figures: Compared): number | null {
  if (interactionsOf(figures) === null) return null;
  const { likes, comments, saves, shares, reposts } = figures;
  return (
    weights.likes * (likes ?? 0) +
    weights.comments * (comments ?? 0) +
    weights.saves * (saves ?? 0) +
    weights.shares * (shares ?? 0) +
    weights.reposts * (reposts ?? 0)
  );
}

function medianOf(values: readonly (number | null)[]): number | null {
  // Sorts by number, and several times as fast as a list.
  const known = Float64Array.from(values.filter((value) => value !== null)).sort();
  const middle = Math.floor(known.length / 2);
  const [low, high] = [known[middle - 1], known[middle]];
  if (high === undefined) return null;
  return known.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
