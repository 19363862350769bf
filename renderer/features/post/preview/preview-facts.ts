import type { Media } from '../../../../shared/contract/media.ts';
import type { TargetOptions } from '../../../../shared/contract/pipeline.ts';

/** What a preview shows of a post on one account. */
export interface Preview {
  accountName: string;
  /** What would be sent, hashtags included. */
  text: string;
  /** The files that this network gets, in order. */
  media: readonly Media[];
  /** One text for all pictures; null where each has its own. */
  altText: string | null;
  firstComment: string | null;
  options: TargetOptions;
  /** Banned terms to mark. */
  terms: readonly string[];
}

/** What is read aloud for a picture there. */
export function altOf({ altText }: Pick<Preview, 'altText'>): (item: Media) => string | null {
  return (item) => (altText?.trim() ? altText : item.altText);
}

/** A name as networks write usernames, where only the name is known. */
export function handleOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._]+/gu, '.')
    .replace(/^\.+|\.+$/g, '');
}

/** The first address in a text, of which Facebook makes a card where there is no picture. */
export function linkIn(text: string): URL | null {
  const [address] = /https?:\/\/[^\s<>"]+/u.exec(text) ?? [];
  return address !== undefined && URL.canParse(address) ? new URL(address) : null;
}
