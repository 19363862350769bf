import { type Clock, type Repositories, Secret, SecretUnreadable, type SecretStore } from './ports/index.ts';

const canaryKey = 'secrets.canary';
const canaryPlace = { table: 'settings', column: 'value', rowId: canaryKey, accountId: '' };
const canaryText = 'AutoSocial AI';

/** Why nothing may be sent and no secret written, for a person; null when the key is the right one. */
export interface KeyCheck {
  locked: string | null;
}

/**
 * Tells at boot whether the key in hand is the one the stored secrets were sealed with, by a record
 * that only that key opens. The record is written once, when there is nothing sealed yet, and never
 * again: a lost key must not be covered up by a new one.
 */
export async function checkCanary(
  store: Pick<Repositories, 'settings' | 'accounts'>,
  secrets: SecretStore,
  clock: Clock,
): Promise<KeyCheck> {
  const canary = await store.settings.get(canaryKey);
  if (canary === undefined) {
    if (await holdsSecrets(store)) return { locked: lockedText };
    await store.settings.put(canaryKey, secrets.seal(new Secret(canaryText), canaryPlace), clock.now());
    return { locked: null };
  }
  return { locked: opens(secrets, canary) ? null : lockedText };
}

const lockedText =
  'The key that opens the stored logins is missing or has changed. Nothing is published and nothing was overwritten. Start the app with the key it had before.';

function opens(secrets: SecretStore, canary: unknown): boolean {
  if (typeof canary !== 'string') return false;
  try {
    return secrets.open(canary, canaryPlace).reveal() === canaryText;
  } catch (error) {
    if (error instanceof SecretUnreadable) return false;
    throw error;
  }
}

async function holdsSecrets({ settings, accounts }: Pick<Repositories, 'settings' | 'accounts'>): Promise<boolean> {
  if ((await settings.credentials()).length > 0) return true;
  return (await accounts.listAll()).some(
    ({ sealedAccessToken, sealedRefreshToken, sealedUserToken }) =>
      sealedAccessToken !== null || sealedRefreshToken !== null || sealedUserToken !== null,
  );
}
