import { type SecretStore, SecretUnreadable } from '../core/ports/secrets.ts';

/** Stands in while there is no key: it opens and seals nothing, and says why. */
export function lockedSecrets(reason: string): SecretStore {
  const refuse = (): never => {
    throw new SecretUnreadable(reason);
  };
  return { keyId: refuse, seal: refuse, open: refuse };
}
