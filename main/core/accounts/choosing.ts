import { Unprocessable } from '../errors.ts';
import type { FoundAccount } from '../ports/index.ts';
import type { Choice } from './connect.ts';

/** Those of the found accounts that were chosen. @throws {Unprocessable} nothing, or one that cannot be connected */
export function pick(found: readonly FoundAccount[], remoteIds: readonly string[]): FoundAccount[] {
  const chosen = found.filter(({ remoteId, missing }) => remoteIds.includes(remoteId) && missing.length === 0);
  if (chosen.length === 0 || chosen.length !== new Set(remoteIds).size) {
    throw new Unprocessable([
      { field: 'remoteIds', code: 'choice', message: 'Choose at least one of the accounts that can be connected.' },
    ]);
  }
  return chosen;
}

/** @throws {Unprocessable} when one is shared with another client and nobody confirmed that */
export function assertConfirmed(chosen: readonly Choice[], confirmed: readonly string[]): void {
  const problems = chosen
    .filter(({ isShared, remoteId }) => isShared && !confirmed.includes(remoteId))
    .map(({ displayName, usedBy }) => ({
      field: 'confirmed',
      code: 'shared',
      message:
        usedBy === null
          ? `${displayName} is connected elsewhere already. Confirm that it is to be used here as well.`
          : `${displayName} is connected to ${usedBy} already. Confirm that it is to be used here as well.`,
    }));
  if (problems.length > 0) throw new Unprocessable(problems);
}
