import type { ClientGlance } from '../../../shared/contract/clients.ts';
import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import { t } from '../../i18n/i18n.ts';

/** How a client stands, the most pressing first: a person must act, should look, need not; or it rests on purpose. */
export const healthLevels = ['act', 'watch', 'good', 'rest'] as const;
export type HealthLevel = (typeof healthLevels)[number];

/** What a client's health follows from. */
export type Reason =
  | { code: 'stopped' | 'noAccount' | 'nothingPlanned' | 'setUp' | 'paused' | 'archived' }
  | { code: 'reconnect' | 'expiring'; platforms: readonly Platform[] }
  | { code: 'needsYou' | 'atRisk'; count: number };

export interface Health {
  level: HealthLevel;
  /** The most pressing first; empty when all is well. */
  reasons: readonly Reason[];
}

const levelOf: Record<Reason['code'], HealthLevel> = {
  stopped: 'act',
  reconnect: 'act',
  needsYou: 'act',
  atRisk: 'act',
  noAccount: 'watch',
  nothingPlanned: 'watch',
  expiring: 'watch',
  setUp: 'rest',
  paused: 'rest',
  archived: 'rest',
};

/** How a client stands. `isStopped`: its kill switch is on. */
export function healthOf(client: ClientGlance, isStopped: boolean): Health {
  const reasons = client.status === 'archived' ? [{ code: 'archived' } as const] : reasonsOf(client, isStopped);
  const first = reasons[0];
  return { level: first === undefined ? 'good' : levelOf[first.code], reasons };
}

function reasonsOf(client: ClientGlance, isStopped: boolean): Reason[] {
  const { status, accounts, needsYou, atRisk, planned, wanted } = client;
  const platformsWith = (wrong: string): Platform[] =>
    accounts.filter((account) => account.status === wrong).map(({ platform }) => platform);
  const [reconnect, expiring] = [platformsWith('reconnect'), platformsWith('expiring')];
  const isActive = status === 'active';
  const possible: [boolean, Reason][] = [
    [isStopped, { code: 'stopped' }],
    [reconnect.length > 0, { code: 'reconnect', platforms: reconnect }],
    [needsYou > 0, { code: 'needsYou', count: needsYou }],
    [atRisk > 0, { code: 'atRisk', count: atRisk }],
    [status === 'onboarding', { code: 'setUp' }],
    [status === 'paused', { code: 'paused' }],
    [isActive && accounts.length === 0, { code: 'noAccount' }],
    [isActive && planned === 0 && wanted > 0, { code: 'nothingPlanned' }],
    [expiring.length > 0, { code: 'expiring', platforms: expiring }],
  ];
  return possible.flatMap(([isSo, reason]) => (isSo ? [reason] : []));
}

/** A reason as a short sentence. */
export function reasonInWords(reason: Reason): string {
  switch (reason.code) {
    case 'reconnect':
    case 'expiring': {
      const network = platformNames[reason.platforms[0] ?? 'facebook'];
      return t(`clients:health.reason.${reason.code}`, { count: reason.platforms.length, network });
    }
    case 'needsYou':
    case 'atRisk':
      return t(`clients:health.reason.${reason.code}`, { count: reason.count });
    default:
      return t(`clients:health.reason.${reason.code}`);
  }
}
