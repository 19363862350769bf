import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import type { Way } from '../../../shared/domain/permissions.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { FoundAccount } from '../ports/index.ts';

/* Why a login connected nothing, in words for a person at the agency. */

export const staleLogin = 'This login is unknown, was used before or took too long. Start again.';
export const begunElsewhere =
  'This login was begun in another browser, so nothing was connected. Start it and finish it in one and the same browser.';
export const staleChoice = 'This choice is unknown, was used before or took too long. Connect again.';

/** Why a login connected nothing. @param error what the network sent back with the person */
export function declined(platform: Platform, error: string | null): string {
  const name = platformNames[platform];
  return error === 'access_denied'
    ? `The login at ${name} was cancelled. Nothing was connected.`
    : `${name} ended the login with an error. Nothing was connected; try again.`;
}

/** Every account that was found lacks something it needs. */
export function nothingUsable(found: readonly FoundAccount[]): string {
  const reasons = found.map(({ displayName, missing }) => `${displayName}: ${missing.join(' ')}`);
  return phrase`Nothing was connected. ${reasons.join(' ')}`;
}

/** The login opened no account that could be connected. */
export function nothingFound({ platform, via }: Way): string {
  return platform === 'instagram' && via === 'instagram' ? noInstagram : noneOf[platform];
}

const noInstagram = 'This login gave access to no professional Instagram account.';
const noneOf: Record<Platform, string> = {
  facebook: 'This login manages no Facebook Page, or gave no access to one.',
  instagram: 'No Instagram business account is linked to a Facebook Page of this login.',
  tiktok: 'This login gave no access to a TikTok account.',
};
