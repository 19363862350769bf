import { t } from '../i18n/i18n.ts';

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
    throw new Error(t('common:error.noServer'));
  });
  if (response.ok) return;
  if (response.status === 429) throw new Error(t('common:error.tooManyTries'));
  throw new Error('code' in credential ? t('common:error.linkUsed') : t('common:error.tokenUnknown'));
}
