import { abilityInWords, lacking } from '../../shared/domain/permissions.ts';
import type { Platform } from '../../shared/domain/platform.ts';

/** What keeps an account from publishing: the needed permissions that were not given, in words for a person. */
export function missingInWords(platform: Platform, granted: readonly string[]): string[] {
  return lacking(platform, granted)
    .filter(({ needed }) => needed)
    .map(({ scope, ability }) => `The permission to ${abilityInWords(ability)} (${scope}) was not given.`);
}
