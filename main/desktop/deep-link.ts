import { type Platform, platforms } from '../../shared/domain/platform.ts';

/** The scheme that other programs open the app by, without colon. */
export const linkScheme = 'autosocial';

/** What a link asks for. Who wrote it is not known: nothing in it is believed before the app has looked it up. */
export type DeepLink =
  | { kind: 'onboard'; token: string }
  | { kind: 'login'; platform: Platform; state: string; code: string | null; error: string | null };

/** Longer than any link of ours; what networks hand out as a code is below 2,000 characters. */
const maxLength = 4_096;

/**
 * Reads a link, strictly: one of the two shapes below, each parameter once and of its own alphabet, and nothing else.
 * - `autosocial://onboard/<token>`
 * - `autosocial://oauth/callback?code=…&state=…`, or with `error` in place of `code`
 * @returns null for everything else
 */
export function parseDeepLink(link: string): DeepLink | null {
  if (link.length > maxLength || !/^[\x21-\x7e]+$/.test(link)) return null;
  const onboard = /^autosocial:\/\/onboard\/([\w-]{20,128})\/?$/.exec(link);
  if (onboard?.[1] !== undefined) return { kind: 'onboard', token: onboard[1] };
  const [, query] = /^autosocial:\/\/oauth\/callback\/?\?([^#]+)$/.exec(link) ?? [];
  return query === undefined ? null : loginIn(new URLSearchParams(query));
}

/**
 * The link among the arguments a process was started with. What stands behind it is not looked at: a page that
 * opens a link can append switches on some systems.
 */
export function linkIn(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.toLowerCase().startsWith(`${linkScheme}:`)) ?? null;
}

/** Arguments before a link: those are the person's own. */
export function argumentsBeforeLink(argv: readonly string[]): string[] {
  const link = argv.findIndex((argument) => argument.toLowerCase().startsWith(`${linkScheme}:`));
  return link === -1 ? [...argv] : argv.slice(0, link);
}

/** The state of a login that comes back by a link begins with its network, as {@link linkStatePrefix} wrote it. */
export function linkStatePrefix(platform: Platform): string {
  return `${platform}-`;
}

const shapes = new Map([
  ['state', /^[a-z]+-[\w-]{20,180}$/],
  ['code', /^[\x21-\x7e]{1,2000}$/],
  ['error', /^[\w.-]{1,100}$/],
  ['error_reason', /^[\w.-]{1,100}$/],
]);

function loginIn(query: URLSearchParams): DeepLink | null {
  const names = [...query.keys()];
  if (new Set(names).size !== names.length) return null;
  for (const [name, value] of query) {
    if (shapes.get(name)?.test(value) !== true) return null;
  }
  const state = query.get('state') ?? '';
  const code = query.get('code');
  const error = query.get('error');
  const platform = platforms.find((candidate) => state.startsWith(linkStatePrefix(candidate)));
  if (platform === undefined || (code === null) === (error === null)) return null;
  return { kind: 'login', platform, state, code, error };
}
