import type { Platform } from './platform.ts';

/** Where a network sends people back to after a login. */
export interface Redirect {
  /** As it must be entered at the network, character by character. */
  uri: string;
  /** A page elsewhere that hands the login back to the app. */
  isRelay: boolean;
  /** Facebook and Instagram take an address that is not https from apps in development mode only. */
  isInsecure: boolean;
}

/**
 * The address a login comes back to. Facebook and Instagram demand https, so where the app has no such address of
 * its own, the agency's relay page stands in; TikTok takes loopback addresses.
 * @param origin of the app for people, without a trailing slash
 * @param relayUrl as in the settings
 */
export function redirectOf(platform: Platform, origin: string, relayUrl: string | null): Redirect {
  const isInsecure = !origin.startsWith('https:');
  if (isInsecure && relayUrl !== null && platform !== 'tiktok') {
    return { uri: relayUrl, isRelay: true, isInsecure: false };
  }
  return {
    uri: `${origin}/api/auth/${platform}/callback`,
    isRelay: false,
    isInsecure: isInsecure && platform !== 'tiktok',
  };
}

/**
 * Whether anybody on the internet can fetch a file from this origin over https, as far as the address tells: names and
 * numbers of private networks are not reached from outside.
 */
export function isPublicOrigin(origin: string): boolean {
  const hostname = /^https:\/\/([a-z\d.-]+\.[a-z\d-]+)(?::\d+)?$/i.exec(origin)?.[1]?.toLowerCase();
  if (hostname === undefined) return false;
  if (/\.(local|localhost|internal|lan|home|test|invalid)\.?$/.test(hostname)) return false;
  return !/^(0|10|127|169\.254|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(
    hostname,
  );
}

/** What the state of a login begins with so that the relay page finds the app on this computer. */
export function relayPrefix(platform: Platform, port: number): string {
  return `p${port}-${platform}-`;
}
