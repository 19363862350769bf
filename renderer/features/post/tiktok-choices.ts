import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import { t, type WordKey } from '../../i18n/i18n.ts';

/** TikTok's privacy levels in the words of its app. */
export const privacyNames: Record<string, WordKey> = {
  PUBLIC_TO_EVERYONE: 'composer:tiktok.privacyOf.PUBLIC_TO_EVERYONE',
  MUTUAL_FOLLOW_FRIENDS: 'composer:tiktok.privacyOf.MUTUAL_FOLLOW_FRIENDS',
  FOLLOWER_OF_CREATOR: 'composer:tiktok.privacyOf.FOLLOWER_OF_CREATOR',
  SELF_ONLY: 'composer:tiktok.privacyOf.SELF_ONLY',
};

/** What the disclosure will make TikTok write on the post; both kinds together count as a paid partnership. */
export function labelOf(options: TargetOptions): string | null {
  if (options.brandContent) return t('composer:tiktok.labelPaid');
  if (options.brandOrganic) return t('composer:tiktok.labelPromotional');
  return null;
}

/** Whether the person said that the post promotes something, even if not yet what. */
export function isDisclosing({ brandContent, brandOrganic }: TargetOptions): boolean {
  return brandContent !== undefined || brandOrganic !== undefined;
}

export function disclosureMissing(options: TargetOptions): boolean {
  return isDisclosing(options) && !options.brandContent && !options.brandOrganic;
}

/** `10 minutes`, `90 seconds`. */
export function lengthWords(seconds: number): string {
  return seconds % 60 === 0
    ? t('composer:tiktok.minutes', { count: seconds / 60 })
    : t('composer:tiktok.seconds', { count: seconds });
}

/** What a person must still choose before a direct post may go out; null when all is chosen. */
export function missingChoice(options: TargetOptions): string | null {
  if (options.mode !== 'direct') return null;
  if (options.privacyLevel === undefined) return t('composer:tiktok.missing.privacy');
  if (disclosureMissing(options)) return t('composer:tiktok.missing.disclosure');
  if (options.consent !== true) return t('composer:tiktok.missing.consent');
  return null;
}
