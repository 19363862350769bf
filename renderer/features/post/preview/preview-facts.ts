import type { Media } from '../../../../shared/contract/media.ts';
import type { TargetOptions } from '../../../../shared/contract/pipeline.ts';
import { t } from '../../../i18n/i18n.ts';

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

/** Whose post it is, with those who are asked to have it on their profile too. */
export function authorsOf(name: string, { collaborators: [other, ...others] = [] }: TargetOptions): string {
  if (other === undefined) return name;
  return others.length === 0
    ? t('composer:preview.with', { name, other })
    : t('composer:preview.withOthers', { name, count: others.length + 1 });
}

/** The first address in a text, of which Facebook makes a card where there is no picture. */
export function linkIn(text: string): URL | null {
  const [address] = /https?:\/\/[^\s<>"]+/u.exec(text) ?? [];
  return address !== undefined && URL.canParse(address) ? new URL(address) : null;
}
