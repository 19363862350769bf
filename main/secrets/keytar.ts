import { phrase } from '../../shared/domain/phrase.ts';
import { type Keychain, KeychainUnavailable } from './keychain.ts';

/** What is used of the package; loaded only where a keychain is asked for, because it may not be there. */
type Keytar = typeof import('keytar').default;

const service = 'AutoSocial AI';
/** A locked keychain asks the person for its password; so long the app waits for them. */
const patienceMs = 60_000;
const names: Partial<Record<NodeJS.Platform, string>> = {
  darwin: phrase`the Keychain of macOS`,
  win32: phrase`the Credential Manager of Windows`,
};

/**
 * The keychain of the system: Keychain on macOS, Credential Manager on Windows, the secret service (libsecret) on
 * Linux. Its only user besides this file is `master-key.ts`; another library would take just this file's place.
 * @param load answers the library; rejects where it was not built, as on a Linux without libsecret
 */
export function keytarKeychain(load: () => Promise<Keytar> = loadKeytar): Keychain {
  const name = names[process.platform] ?? phrase`the secret service of this desktop`;
  /** One question at a time: two would show the person two prompts. */
  let turn: Promise<unknown> = Promise.resolve();
  const ask = <T>(question: (keytar: Keytar) => Promise<T>): Promise<T> => {
    const answer = turn.then(() => answered(name, load, question));
    turn = answer.catch(() => undefined);
    return answer;
  };
  return {
    name,
    read: (item) => ask((keytar) => keytar.getPassword(service, item)),
    write: (item, text) => ask((keytar) => keytar.setPassword(service, item, text)),
  };
}

async function loadKeytar(): Promise<Keytar> {
  return (await import('keytar')).default;
}

async function answered<T>(
  name: string,
  load: () => Promise<Keytar>,
  question: (keytar: Keytar) => Promise<T>,
): Promise<T> {
  const patience = Promise.withResolvers<never>();
  const timer = setTimeout(() => patience.reject(new Error(phrase`it did not answer within a minute`)), patienceMs);
  try {
    return await Promise.race([load().then(question), patience.promise]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KeychainUnavailable(phrase`${name} cannot be used: ${reason}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
