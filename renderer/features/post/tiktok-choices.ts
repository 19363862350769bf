import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import { t, type WordKey } from '../../i18n/i18n.ts';

/** TikTok's privacy levels in the words of its app. */
const privacyNames: Partial<Record<string, WordKey>> = {
  PUBLIC_TO_EVERYONE: 'post:tiktok.privacy.everyone',
  MUTUAL_FOLLOW_FRIENDS: 'post:tiktok.privacy.friends',
  FOLLOWER_OF_CREATOR: 'post:tiktok.privacy.followers',
  SELF_ONLY: 'post:tiktok.privacy.onlyMe',
};

/** A level in words; one that TikTok added since stays as it is called. */
export function privacyName(level: string): string {
  const name = privacyNames[level];
  return name === undefined ? level : t(name);
}

/** What the disclosure will make TikTok write on the post; both kinds together count as a paid partnership. */
export function labelOf(options: TargetOptions): string | null {
  if (options.brandContent) return t('post:tiktok.paidPartnership');
  if (options.brandOrganic) return t('post:tiktok.promotional');
  return null;
}

/** Whether the person said that the post promotes something, even if not yet what. */
export function isDisclosing({ brandContent, brandOrganic }: TargetOptions): boolean {
  return brandContent !== undefined || brandOrganic !== undefined;
}

/** Whether the post discloses that it promotes something, but not what. */
export function disclosureMissing(options: TargetOptions): boolean {
  return isDisclosing(options) && labelOf(options) === null;
}

/** `10 minutes`, `90 seconds`. */
export function minutes(seconds: number): string {
  return seconds % 60 === 0
    ? t('common:count.minutes', { count: seconds / 60 })
    : t('post:tiktok.seconds', { count: seconds });
}

/** What a person must still choose before a direct post may go out; null when all is chosen. */
export function missingChoice(options: TargetOptions): string | null {
  if (options.mode !== 'direct') return null;
  if (options.privacyLevel === undefined) return t('post:tiktok.chooseWho');
  if (disclosureMissing(options)) return t('post:tiktok.indicate');
  if (options.consent !== true) return t('post:tiktok.agree');
  return null;
}
