import { isOurPage } from './page-origin.ts';

/** Loopback origins that the app itself runs or was pointed at: the sandbox's networks and its feed. */
export type LocalOrigins = ReadonlySet<string>;

/**
 * Where a navigation, a redirect or a new window may lead.
 * - `stay`: a page of ours, in the window
 * - `browser`: elsewhere, so in the person's own browser
 * - `nowhere`
 */
export type Whither = 'stay' | 'browser' | 'nowhere';

/** @param isNewWindow ours too are opened in the one window there is, so a second one is never made */
export function whither(address: string, local: LocalOrigins, { isNewWindow = false } = {}): Whither {
  if (isOurPage(address)) return isNewWindow ? 'nowhere' : 'stay';
  return isForBrowser(address, local) ? 'browser' : 'nowhere';
}

/**
 * Whether an address may be given to the operating system. Others than web and mail addresses start programs there,
 * some without asking.
 */
export function isForBrowser(address: string, local: LocalOrigins): boolean {
  if (address.length > 8_000 || /[\0-\x20\x7f]/.test(address) || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password, origin } = new URL(address);
  if (protocol === 'mailto:') return /^mailto:[^?]+@[^?]+/i.test(address);
  if (username !== '' || password !== '' || hostname === '') return false;
  return protocol === 'https:' || local.has(origin);
}
