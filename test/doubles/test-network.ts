import type {
  CreatorInfo,
  FoundAccount,
  Readiness,
  RenewedTokens,
  SocialNetwork,
} from '../../main/core/ports/index.ts';
import { ScriptedNetwork } from './scripted-network.ts';

/** A network whose logins, renewals and rules are in the test's hand as well. */
export class TestNetwork extends ScriptedNetwork {
  /** What the next login finds. */
  found: FoundAccount[] = [];
  loginFails: Error | null = null;
  /** How renewals end, in order; the last stays. */
  renewals: (RenewedTokens | Error)[] = [];
  /** Tokens that renewals were asked with, in plain text. */
  readonly renewedWith: { accessToken: string; refreshToken: string | null }[] = [];
  /** Logins that were ended, each with the token it was told with. */
  readonly revoked: string[] = [];
  revokeFails = false;
  /** Texts the network refuses. */
  refusedTexts: string[] = [];
  readonly exchanged: { code: string; redirectUri: string; codeVerifier: string }[] = [];

  override authorizeUrl: SocialNetwork['authorizeUrl'] = ({ state, redirectUri }) => {
    const query = new URLSearchParams({ state, redirect_uri: redirectUri });
    return Promise.resolve(`https://network.example/login?${query}`);
  };

  override exchangeCode: SocialNetwork['exchangeCode'] = (input) => {
    this.exchanged.push(input);
    return this.loginFails === null ? Promise.resolve(this.found) : Promise.reject(this.loginFails);
  };

  override renew: SocialNetwork['renew'] = async ({ accessToken, refreshToken }) => {
    this.renewedWith.push({ accessToken: accessToken.reveal(), refreshToken: refreshToken?.reveal() ?? null });
    const next = this.renewals.length > 1 ? this.renewals.shift() : this.renewals[0];
    if (next === undefined || next instanceof Error) throw next ?? new Error('no renewal was scripted');
    return next;
  };

  override revoke: SocialNetwork['revoke'] = async ({ accessToken }, loginId) => {
    if (this.revokeFails) throw new Error('the network is down');
    this.revoked.push(`${loginId} ${accessToken.reveal()}`);
  };

  /** How the account stands ahead of a post's time, or how asking fails. */
  ready: Readiness | Error = { scopes: null, postsLeft: null, creator: null };
  /** How often it was asked, and for what. */
  readonly readinessAsked: { direct: boolean }[] = [];

  override readiness: SocialNetwork['readiness'] = (_, use) => {
    this.readinessAsked.push(use);
    return this.ready instanceof Error ? Promise.reject(this.ready) : Promise.resolve(this.ready);
  };

  override problems: SocialNetwork['problems'] = ({ text }) =>
    this.refusedTexts.some((refused) => text.includes(refused))
      ? [{ field: 'caption', code: 'refused', message: 'Not this text.' }]
      : [];

  creatorInfo(): Promise<CreatorInfo> {
    return Promise.resolve({
      nickname: 'Café Uno',
      username: 'cafe.uno',
      avatar: null,
      privacyLevels: ['SELF_ONLY'],
      commentDisabled: false,
      duetDisabled: false,
      stitchDisabled: false,
      maxVideoSeconds: 300,
    });
  }
}
