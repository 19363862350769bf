const maximum = 10;

/**
 * Checks the redirect URIs of an app as TikTok's portal does: at most 10, shorter than 512
 * characters, absolute, without query or fragment; a desktop one is http(s) on localhost or
 * 127.0.0.1 with a port (`*` means any), every other one is https.
 *
 * @throws Error that names the URI and the rule.
 */
export function checkRedirectUris(uris: string[]): void {
  if (uris.length === 0 || uris.length > maximum) throw new Error(`An app has 1 to ${maximum} redirect URIs.`);
  for (const uri of uris) {
    const problem = redirectProblem(uri);
    if (problem !== null) throw new Error(`Redirect URI ${uri}: ${problem}.`);
  }
}

function redirectProblem(uri: string): string | null {
  if (uri.length >= 512) return 'must be shorter than 512 characters';
  if (uri.includes('?') || uri.includes('#')) return 'must have no query and no fragment';
  const parts = /^(https?):\/\/([^/:@]+)(?::(\d{1,5}|\*))?(\/.*)?$/.exec(uri);
  if (parts === null) return 'must be an absolute http or https URL';
  const [, scheme, host, port] = parts;
  if (isLoopbackHost(host ?? '')) return port === undefined ? 'a loopback address needs a port' : null;
  if (port === '*') return 'only a loopback address may have any port';
  return scheme === 'https' ? null : 'must be https, or http on localhost or 127.0.0.1';
}

/** Whether the requested URI is one of the registered ones; character by character, but for a `*` port. */
export function isRegisteredRedirect(registered: string[], requested: string): boolean {
  return registered.some((uri) => {
    const [before, after] = uri.split(':*', 2);
    if (before === undefined || after === undefined) return uri === requested;
    const port = requested.slice(before.length + 1, requested.length - after.length);
    return requested === `${before}:${port}${after}` && /^\d{1,5}$/.test(port);
  });
}

/** Whether a redirect goes to this computer: then TikTok demands PKCE. */
export function isLoopbackRedirect(uri: string): boolean {
  return URL.canParse(uri) && isLoopbackHost(new URL(uri).hostname);
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1';
}
