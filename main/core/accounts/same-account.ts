import type { AccountRecord, FoundAccount, Repositories } from '../ports/index.ts';

/**
 * Every row that stands for this account at the network, of any client. An Instagram account has one id, whichever login
 * finds it; should its two logins ever name it differently, the username tells, which no two accounts have at a time.
 * Those with the id come first: a name that is kept here may have passed to another account.
 */
export async function rowsOf(
  { accounts }: Pick<Repositories, 'accounts'>,
  { platform, via, remoteId, username }: Pick<FoundAccount, 'platform' | 'via' | 'remoteId' | 'username'>,
): Promise<AccountRecord[]> {
  const byId = await accounts.findByRemote(platform, remoteId);
  if (platform !== 'instagram' || username === null) return byId;
  const byName = (await accounts.listAll()).filter(
    (other) =>
      other.platform === platform &&
      other.via !== via &&
      other.remoteId !== remoteId &&
      other.username?.toLowerCase() === username.toLowerCase(),
  );
  return [...byId, ...byName];
}
