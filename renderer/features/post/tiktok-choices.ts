import type { TargetOptions } from '../../../shared/contract/pipeline.ts';

/** TikTok's privacy levels in the words of its app. */
export const privacyNames: Record<string, string> = {
  PUBLIC_TO_EVERYONE: 'Everyone',
  MUTUAL_FOLLOW_FRIENDS: 'Friends',
  FOLLOWER_OF_CREATOR: 'Followers',
  SELF_ONLY: 'Only me',
};

/** The declaration a person agrees to, in the exact words TikTok's content sharing guidelines ask for. */
export function declarationOf(options: TargetOptions): string {
  return options.brandContent
    ? 'By posting, you agree to TikTok’s Branded Content Policy and Music Usage Confirmation'
    : 'By posting, you agree to TikTok’s Music Usage Confirmation';
}

/** What the disclosure will make TikTok write on the post; both kinds together count as a paid partnership. */
export function labelOf(options: TargetOptions): string | null {
  if (options.brandContent) return 'Your photo/video will be labeled as ‘Paid partnership’';
  if (options.brandOrganic) return 'Your photo/video will be labeled as ‘Promotional content’';
  return null;
}

/** Whether the person said that the post promotes something, even if not yet what. */
export function isDisclosing({ brandContent, brandOrganic }: TargetOptions): boolean {
  return brandContent !== undefined || brandOrganic !== undefined;
}

export function disclosureMissing(options: TargetOptions): boolean {
  return isDisclosing(options) && labelOf(options) === null;
}

/** TikTok's words for a disclosure without a choice. */
export const disclosureWords = 'You need to indicate if your content promotes yourself, a third party, or both.';

/** `10 minutes`, `90 seconds`. */
export function minutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} ${seconds === 60 ? 'minute' : 'minutes'}` : `${seconds} seconds`;
}

/** What a person must still choose before a direct post may go out; null when all is chosen. */
export function missingChoice(options: TargetOptions): string | null {
  if (options.mode !== 'direct') return null;
  if (options.privacyLevel === undefined) return 'Choose who can view this post.';
  if (disclosureMissing(options)) return disclosureWords;
  if (options.consent !== true) return 'Agree to TikTok’s declaration.';
  return null;
}
