import type { BankPost } from './bank.ts';
import type { Brief } from './brief.ts';
import { pick, shuffled } from './hash.ts';

/** One post as it will be worded: which idea, and which of its wordings. */
export interface Assignment {
  post: BankPost;
  /** Wordings come in {@link wordings} kinds, one after the other; the last line changes with each. */
  wording: number;
  /** A text of somebody else that is told again, instead of one of ours. */
  retells?: string;
}

const wordings = 3;

/**
 * Chooses an idea for each of `count` slots, all different while the bank lasts. Ideas that already
 * stand in the brief (recent posts) come last and in a wording that does not; ideas that hold a banned
 * term are passed over.
 */
export function assignPosts(brief: Brief, count: number, seed: string): Assignment[] {
  const order = shuffled(brief.bank.posts, brief.clientName ?? '');
  const allowed = order.filter((post) => !holdsBannedTerm(post, brief.bannedTerms));
  const usable = allowed.length > 0 ? allowed : order;
  const fresh = usable.filter((post) => !isUsed(post, brief.text));
  const used = usable.filter((post) => !fresh.includes(post));
  const start = pick(fresh.length, seed);
  const queue: Assignment[] = [
    ...[...fresh.slice(start), ...fresh.slice(0, start)].map((post) => ({ post, wording: 0 })),
    ...used
      .map((post) => ({ post, wording: unusedWording(post, brief.text, seed) }))
      .sort((a, b) => a.wording - b.wording),
  ];
  return Array.from({ length: count }, (_, index) => {
    const assignment = queue[index % queue.length] as Assignment;
    return { post: assignment.post, wording: assignment.wording + Math.floor(index / queue.length) };
  });
}

/** The idea that a text is about, if it is one of ours; worded differently from the text. */
export function reworded(brief: Brief, about: string, seed: string): Assignment | undefined {
  const post = brief.bank.posts.find(({ topic, hook, short }) =>
    [topic, hook, short].some((words) => about.includes(words)),
  );
  return post === undefined ? undefined : { post, wording: unusedWording(post, about, seed) };
}

/** One text worded in several ways: the one that other versions are wanted of, whether it is one of ours or not. */
export function wordingsOf(brief: Brief, { post, wording }: Assignment, count: number): Assignment[] {
  const { current } = brief;
  if (current === null || reworded(brief, current, current) !== undefined) {
    return Array.from({ length: count }, (_, index) => ({ post, wording: wording + index }));
  }
  const first = wordings * pick(20, brief.text);
  return Array.from({ length: count }, (_, index) => ({ post, wording: first + index, retells: current }));
}

/** A text of somebody else, told in another order: begun with a remark, from its end, or in short. Each `wording` once. */
function retold(text: string, { post, wording }: Assignment, brief: Brief): string {
  const paragraphs = text.split(/\n{2,}/).filter((part) => part.trim() !== '');
  const sentences = paragraphs.join(' ').match(/[^.!?…]+[.!?…]*\s*/gu) ?? [text];
  const opener = oneOf(brief.bank.openers, brief, post, wording).replace(
    '{name}',
    brief.clientName ?? brief.bank.place,
  );
  const closing = oneOf(brief.bank.closings, brief, post, wording);
  const short = sentences[0]?.trim() ?? text;
  switch (wording % wordings) {
    case 0:
      return [opener, ...paragraphs].join('\n\n');
    case 1:
      return sentences.length < 2
        ? [text, closing].join('\n\n')
        : [...sentences.slice(1), short].map((sentence) => sentence.trim()).join(' ');
    default:
      return [short, closing].join('\n\n');
  }
}

/** A caption in the length people read on that network. */
export function caption(assignment: Assignment, platform: string | null, brief: Brief): string {
  if (assignment.retells !== undefined) return retold(assignment.retells, assignment, brief);
  const { post, wording } = assignment;
  const { hook, body, more, short } = post;
  const closing = oneOf(brief.bank.closings, brief, post, wording);
  const opener = oneOf(brief.bank.openers, brief, post, wording).replace(
    '{name}',
    brief.clientName ?? brief.bank.place,
  );
  const long = platform === 'facebook';
  switch (wording % wordings) {
    case 0:
      if (platform === 'tiktok') return short;
      return `${hook}\n\n${body}${long ? ` ${more}` : ''}\n\n${closing}`;
    case 1:
      if (platform === 'tiktok') return `${hook} ${closing}`;
      return `${opener}\n\n${short}\n\n${more}\n\n${closing}`;
    default:
      if (platform === 'tiktok') return `${opener} ${short}`;
      return `${hook}\n\n${short}\n\n${long ? `${opener} ` : ''}${closing}`;
  }
}

/** The first kind of wording whose words do not stand in the text; any later one when all do. */
function unusedWording(post: BankPost, text: string, seed: string): number {
  const said = text.replaceAll('\\n', '\n');
  const signs = [post.body.slice(0, 40), `${post.short}\n\n${post.more.slice(0, 20)}`, `${post.hook}\n\n${post.short}`];
  const unused = signs.findIndex((sign) => !said.includes(sign));
  return unused === -1 ? wordings + pick(60, seed, post.topic) : unused;
}

/** The brand's own hashtags first, then the post's, then the theme's; with the sign unless the brand writes none. */
export function hashtags({ post }: Assignment, platform: string | null, brief: Brief): string[] {
  const amount = platform === 'facebook' ? 3 : platform === 'tiktok' ? 5 : 7;
  const bare = (tag: string): string => tag.replace(/^#+/, '').replaceAll(/\s+/g, '');
  const own = shuffled(brief.hashtags, post.topic).slice(0, 2);
  const tags = new Map([...own, ...post.tags, ...brief.bank.tags].map((tag) => [bare(tag).toLowerCase(), bare(tag)]));
  const sign = brief.hashtags.length > 0 && !brief.hashtags.some((tag) => tag.startsWith('#')) ? '' : '#';
  return [...tags.values()].slice(0, amount).map((tag) => `${sign}${tag}`);
}

function oneOf(lines: readonly string[], brief: Brief, post: BankPost, wording: number): string {
  return lines[pick(lines.length, brief.clientName ?? '', post.topic, wording)] as string;
}

function isUsed(post: BankPost, text: string): boolean {
  return [post.topic, post.hook, post.short].some((words) => text.includes(words));
}

function holdsBannedTerm(post: BankPost, terms: readonly string[]): boolean {
  const words = Object.values(post).flat().join(' ').toLowerCase();
  return terms.some((term) => words.includes(term.toLowerCase()));
}
