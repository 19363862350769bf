import { interactionsOf } from '../../../shared/domain/metrics.ts';
import type { ComparedPost } from '../ports/index.ts';

/** What people do, by how much it asks of them and tells others. */
const weights = { likes: 1, comments: 3, saves: 3, shares: 4, reposts: 4 } as const;
const weighted = [
  'likes',
  'comments',
  'saves',
  'shares',
  'reposts',
] as const satisfies readonly (keyof typeof weights)[];
/** With fewer posts of an account nothing is usual. */
const fewest = 4;

/**
 * How each post did compared with the usual one of its account: networks count differently and accounts differ in size,
 * so that nothing else can be compared. Half is views, half is what people did with it; where a network gives only one of
 * them, that is all. Usual is the median of the posts given. Pure.
 * @returns by target; 1 is as usual, null where too few posts are known
 */
export function scoresOf(posts: readonly ComparedPost[]): ReadonlyMap<string, number | null> {
  return new Map(withScores(posts).map(({ post, score }) => [post.targetId, score]));
}

/** The same, of tens of thousands of posts: each beside its own, in any order. */
export function withScores(posts: readonly ComparedPost[]): readonly ScoredPost[] {
  const known = reckoned.get(posts);
  if (known !== undefined) return known;
  const scored = [...Map.groupBy(posts, ({ accountId }) => accountId).values()].flatMap((ofAccount) => {
    const marks = ofAccount.map(markOf);
    const usual = usualOf(marks);
    return marks.map((mark): ScoredPost => ({ post: mark.post, score: usual === null ? null : scoreOf(mark, usual) }));
  });
  reckoned.set(posts, scored);
  return scored;
}

export interface ScoredPost {
  post: ComparedPost;
  /** 1 is as usual; null where too few posts are known. */
  score: number | null;
}

/** A page asks about the same posts twice. */
const reckoned = new WeakMap<readonly ComparedPost[], readonly ScoredPost[]>();

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

function markOf(post: ComparedPost): Mark & { post: ComparedPost } {
  return { post, views: post.figures.views, points: pointsOf(post.figures) };
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

function pointsOf(figures: ComparedPost['figures']): number | null {
  if (interactionsOf(figures) === null) return null;
  return weighted.reduce((sum, name) => sum + weights[name] * (figures[name] ?? 0), 0);
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = Math.floor(known.length / 2);
  const [low, high] = [known[middle - 1], known[middle]];
  if (high === undefined) return null;
  return known.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
