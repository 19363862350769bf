import type { Ability } from '../../../shared/domain/permissions.ts';
import type { Platform } from '../../../shared/domain/platform.ts';

/** Everything that the pages outside the dashboard say to a client, in one language. */
export interface Words {
  language: string;
  direction: 'ltr' | 'rtl';
  /** Stands for an agency that has not entered its name. */
  agency: string;
  title: (client: string) => string;
  intro: (agency: string) => string;
  /** What to connect at each network. */
  account: Record<Platform, string>;
  permissions: string;
  abilities: Record<Ability, string>;
  /** Beside a permission that can be left out. */
  optional: string;
  connect: (network: string) => string;
  connectAnother: string;
  connected: string;
  finish: string;
  finishHint: (agency: string) => string;
  /** @param contact how the agency can be reached */
  questions: (contact: string) => string;
  thanks: string;
  thanksText: (agency: string) => string;
  goOn: string;
  /** Why a link shows nothing. */
  closedTitle: string;
  closed: Record<'unknown' | 'expired' | 'revoked' | 'done', string>;
  notConnected: string;
  /** Why a login connected nothing. */
  failures: Record<'stale' | 'elsewhere' | 'cancelled' | 'failed' | 'gone' | 'nothing' | 'missing', string>;
  given: string;
  notGiven: string;
  askAgain: string;
  askAgainHint: string;
  choose: string;
  chooseText: string;
  chooseButton: string;
  chooseOne: string;
  /** Beside an account that another client of the agency has connected. */
  shared: (usedBy: string | null) => string;
  confirmShared: string;
  confirmFirst: string;
  cannotUse: string;
}
