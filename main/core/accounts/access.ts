import type { CoreDeps } from '../deps.ts';
import { Locked } from '../errors.ts';
import {
  type AccountAccess,
  type AccountRecord,
  type RenewableTokens,
  type SealedPlace,
  type Secret,
  SecretUnreadable,
} from '../ports/index.ts';

type Deps = Pick<CoreDeps, 'secrets' | 'locked'>;
type TokenKind = 'access_token' | 'refresh_token' | 'user_token';
type SealedTokens = Pick<AccountRecord, 'sealedAccessToken' | 'sealedRefreshToken' | 'sealedUserToken'>;

/**
 * What a call in an account's name is made with.
 * @throws {SecretUnreadable} when the stored token does not open, or there is none
 * @throws {Locked} when the key is missing or changed
 */
export function openAccess(deps: Deps, account: AccountRecord): AccountAccess {
  return {
    accountId: account.id,
    remoteId: account.remoteId,
    via: account.via,
    pageId: account.pageId,
    username: account.username,
    token: openTokens(deps, account).accessToken,
    scopes: account.scopes,
    audited: account.audited,
  };
}

/** All tokens of an account. Throws as {@link openAccess} does. */
export function openTokens({ secrets, locked }: Deps, account: AccountRecord): RenewableTokens {
  const reason = locked();
  if (reason !== null) throw new Locked(reason);
  const open = (sealed: string | null, kind: TokenKind): Secret | null =>
    sealed === null ? null : secrets.open(sealed, placeOf(account.id, account.remoteId, kind));
  const accessToken = open(account.sealedAccessToken, 'access_token');
  if (accessToken === null) throw new SecretUnreadable('There is no access token.');
  return {
    accessToken,
    refreshToken: open(account.sealedRefreshToken, 'refresh_token'),
    userToken: open(account.sealedUserToken, 'user_token'),
    remoteId: account.remoteId,
    via: account.via,
    pageId: account.pageId,
    expiresAt: account.expiresAt,
    issuedAt: account.connectedAt,
  };
}

/**
 * Seals tokens for one account's row. A token that is null is left out, so that writing the result
 * never replaces a stored one with nothing. @throws {Locked}
 */
export function sealTokens(
  { secrets, locked }: Deps,
  account: Pick<AccountRecord, 'id' | 'remoteId'>,
  tokens: { accessToken: Secret; refreshToken: Secret | null; userToken: Secret | null },
): Partial<SealedTokens> {
  const reason = locked();
  if (reason !== null) throw new Locked(reason);
  const seal = (secret: Secret, kind: TokenKind): string =>
    secrets.seal(secret, placeOf(account.id, account.remoteId, kind));
  return {
    sealedAccessToken: seal(tokens.accessToken, 'access_token'),
    ...(tokens.refreshToken === null ? {} : { sealedRefreshToken: seal(tokens.refreshToken, 'refresh_token') }),
    ...(tokens.userToken === null ? {} : { sealedUserToken: seal(tokens.userToken, 'user_token') }),
  };
}

/** Columns of an account whose tokens are erased. */
export const erasedTokens: SealedTokens = { sealedAccessToken: null, sealedRefreshToken: null, sealedUserToken: null };

function placeOf(accountRowId: string, remoteId: string, column: TokenKind): SealedPlace {
  return { table: 'social_accounts', column, rowId: accountRowId, accountId: remoteId };
}
