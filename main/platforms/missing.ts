import { abilityInWords, lacking, type Way } from '../../shared/domain/permissions.ts';

/** What keeps an account from publishing: the needed permissions that were not given, in words for a person. */
export function missingInWords(way: Way, granted: readonly string[]): string[] {
  return lacking(way, granted)
    .filter(({ needed }) => needed)
    .map(({ scope, ability }) => `The permission to ${abilityInWords(ability)} (${scope}) was not given.`);
}
