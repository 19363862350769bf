import { type Environment, readEnvironment } from '../environment.ts';
import { argumentsBeforeLink } from './deep-link.ts';

/**
 * The environment of the desktop host. In a packaged app no service can be pointed elsewhere by it.
 * @param argv without the program itself
 * @param chosen the profile a person chose in the app; the command line and the environment come first
 * @throws {BadEnvironment} naming the variable, never its value
 */
export function readDesktopEnvironment(
  env: Record<string, string | undefined>,
  argv: readonly string[],
  { isPackaged, chosen }: { isPackaged: boolean; chosen: 'sandbox' | 'live' | null },
): Environment {
  const trusted = Object.entries(env).filter(([name]) => !(isPackaged && name.endsWith('_BASE_URL')));
  const given = Object.fromEntries(trusted);
  const profile = given.AUTOSOCIAL_PROFILE ?? chosen ?? undefined;
  return readEnvironment({ ...given, AUTOSOCIAL_PROFILE: profile }, argumentsBeforeLink(argv));
}
