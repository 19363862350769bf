/** What the login page has: the code of a link the server printed, or the API token. */
export type Credential = { code: string } | { token: string };

/** Trades a one-time code or the API token for a session cookie; throws an Error whose message is for a person. */
export async function signIn(credential: Credential): Promise<void> {
  const response = await fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(credential),
  }).catch(() => {
    throw new Error('The server does not answer. Check that AutoSocial AI is running, then try again.');
  });
  if (response.ok) return;
  if (response.status === 429) throw new Error('Too many tries. Wait a minute, then try again.');
  throw new Error(
    'code' in credential
      ? 'This link was used before or has expired. Links work once: press Enter in the server’s terminal for a new one.'
      : 'The server does not know this token. Check that you copied all of it.',
  );
}
