import type { Brand } from '../../../shared/contract/brand.ts';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { captionProblems, mentionsIn } from '../../../shared/domain/captions.ts';
import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { ClientRecord } from '../ports/index.ts';
import { composeCaption, textOnNetwork } from './compose.ts';
import type { Draft } from './draft.ts';
import { isInAnotherLanguage } from './language.ts';
import type { PlannedSlot } from './plan.ts';

/** A rule that a draft breaks. */
export interface Violation {
  /** e.g. `caption.instagram`, `alt_text`, `image_prompt`. */
  field: string;
  rule: 'missing' | 'banned' | 'too_long' | 'contact' | 'repeats' | 'language';
  /** For the model: the rule, never the list behind it nor the failed text. */
  feedback: string;
  /** For a person. */
  message: string;
}

export interface CheckContext {
  client: Pick<ClientRecord, 'name' | 'language' | 'brandVoice'>;
  brand: Brand;
  /** Captions of earlier posts and of the other drafts. */
  others: readonly string[];
}

/** Two captions that share more than this much of their three-word runs are the same to a reader. */
const similarityLimit = 0.6;

/** Repeated ideas and a doubtful language are for a person to judge; the rest must not be published. */
export function isHard({ rule }: Violation): boolean {
  return rule !== 'repeats' && rule !== 'language';
}

/** Everything that is wrong with a draft; empty when nothing is. */
export function checkDraft(draft: Draft, slot: PlannedSlot, context: CheckContext): Violation[] {
  return [
    ...missing(draft, slot),
    ...Object.entries(fieldsOf(draft, slot)).flatMap(([field, text]) => [
      ...banned(field, text, context.brand.bannedTerms),
      ...(field === 'image_prompt' ? [] : contacts(field, text, context)),
    ]),
    ...draft.variants.flatMap((variant) => {
      const field = `caption.${variant.platform}`;
      return [
        ...tooLong(variant.platform, textOnNetwork(draft, variant.platform, slot.cta)),
        ...(isInAnotherLanguage(variant.caption, context.client.language) ? [anotherLanguage(field)] : []),
        ...(context.others.some((other) => similarity(variant.caption, other) > similarityLimit)
          ? [repeats(field)]
          : []),
      ];
    }),
  ];
}

/** Every text of a draft that could be published, and the prompt its picture is made from. */
export function fieldsOf(draft: Draft, slot: PlannedSlot): Record<string, string> {
  const fields: Record<string, string> = { alt_text: draft.altText, image_prompt: draft.imagePrompt };
  for (const variant of draft.variants) {
    fields[`caption.${variant.platform}`] = composeCaption(variant.caption, slot.cta);
    fields[`hashtags.${variant.platform}`] = variant.hashtags.join(' ');
    if (variant.firstComment !== null) fields[`first_comment.${variant.platform}`] = variant.firstComment;
  }
  return fields;
}

/** Text with a link, a mention, a phone number or a mail address is never approved without a person. */
export function isSuspicious(text: string): boolean {
  return contactsIn(text).length > 0;
}

/** Links, mentions, phone numbers and mail addresses, as they are written. */
export function contactsIn(text: string): string[] {
  return [
    ...(text.match(/\b(?:https?:\/\/|www\.)[^\s<>"]+/giu) ?? []),
    ...(text.match(/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+\.\p{L}{2,}/gu) ?? []),
    ...(text.match(domains) ?? []),
    ...mentionsIn(text),
    ...(text.match(/(?<![\p{L}\p{N}])\+?\d(?:[\s()./-]{0,2}\d){6,}(?!\p{L})/gu) ?? []),
  ];
}

/** Contacts in a text that stand in none of the given ones. */
export function foreignContacts(text: string, given: readonly string[]): string[] {
  const allowed = new Set(given.flatMap(contactsIn).map(plain));
  return contactsIn(text).filter((contact) => !allowed.has(plain(contact)));
}

/** Bare addresses such as `win.example.com/now`; common endings only, so that a missing space is none. */
const domains =
  /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+(?:com|net|org|info|biz|shop|store|online|site|app|dev|io|co|me|ly|gg|tv|link|xyz|club|top|example|test|de|at|ch|fr|es|it|nl|be|uk|us|eu|pl|pt|br|ru|in|jp|cn|au|ca|ie|se|no|dk|fi|cz)(?:\/[^\s<>"]*)?(?![\p{L}\p{N}-])/giu;

function contacts(field: string, text: string, { client, brand }: CheckContext): Violation[] {
  const given = [client.name, client.brandVoice, ...brand.ctas, ...brand.examplePosts, ...brand.hashtags];
  return foreignContacts(text, given)
    .slice(0, 1)
    .map((contact) => ({
      field,
      rule: 'contact',
      feedback: 'no links, handles, mail addresses or phone numbers',
      message: `${nameOf(field)} has “${contact.slice(0, 80)}”, which is not in the brand’s data.`,
    }));
}

function plain(contact: string): string {
  return contact.toLowerCase().replace(/^https?:\/\/|^www\.|[.,;:!?)]+$|\/$/g, '');
}

function banned(field: string, text: string, terms: readonly string[]): Violation[] {
  const found = new Set(findBannedTerms(text, terms).map(({ term }) => term));
  return [...found].map((term) => ({
    field,
    rule: 'banned',
    feedback: `a banned term was used (${JSON.stringify(term)}); say it another way`,
    message: `${nameOf(field)} has the banned term “${term}”.`,
  }));
}

function missing(draft: Draft, slot: PlannedSlot): Violation[] {
  const absent = slot.platforms.filter(
    (platform) => !draft.variants.some((variant) => variant.platform === platform && variant.caption !== ''),
  );
  return absent.map((platform) => ({
    field: `caption.${platform}`,
    rule: 'missing',
    feedback: 'the caption was empty or absent',
    message: `There is no text for ${platformNames[platform]}.`,
  }));
}

function tooLong(platform: Platform, text: string): Violation[] {
  return captionProblems(platform, text).map((problem) => ({
    field: `caption.${platform}`,
    rule: 'too_long',
    feedback: `${problem} Leave room for hashtags and the call to action.`,
    message: `${platformNames[platform]}: ${problem}`,
  }));
}

function anotherLanguage(field: string): Violation {
  const message = `${nameOf(field)} is not in the client’s language.`;
  return { field, rule: 'language', feedback: 'write in the language of the brand', message };
}

function repeats(field: string): Violation {
  const message = `${nameOf(field)} repeats another post.`;
  return { field, rule: 'repeats', feedback: 'too close to another post; take another idea', message };
}

function nameOf(field: string): string {
  const [part = '', platform] = field.split('.');
  const names: Record<string, string> = {
    caption: phrase`The text`,
    hashtags: phrase`The hashtag line`,
    first_comment: phrase`The first comment`,
    alt_text: phrase`The picture’s description`,
    image_prompt: phrase`The prompt for the picture`,
  };
  if (platform === undefined) return names[part] ?? part;
  const network = platformNames[platform as Platform];
  return part === 'caption' ? phrase`The text for ${network}` : phrase`The hashtag line for ${network}`;
}

/** How much of their three-word runs two texts share, 0 to 1 (Jaccard index). */
export function similarity(a: string, b: string): number {
  const [first, second] = [shingles(a), shingles(b)];
  if (first.size === 0 || second.size === 0) return 0;
  const shared = [...first].filter((run) => second.has(run)).length;
  return shared / (first.size + second.size - shared);
}

function shingles(text: string): Set<string> {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const length = Math.min(3, words.length);
  return new Set(words.slice(0, words.length - length + 1).map((_, at) => words.slice(at, at + length).join(' ')));
}
