import { abilityInWords, lacking } from '../../../shared/domain/permissions.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type {
  AccountRecord,
  Failure,
  OutgoingMedia,
  PreflightRecord,
  Publication,
  Readiness,
  Risk,
} from '../ports/index.ts';

const hourMs = 3_600_000;
/** How long before its time a post is looked at. */
export const looksAheadMs = [24 * hourMs, hourMs] as const;

export type Found = Omit<Risk, 'since'>;

/** Whether a target is to be looked at now: at each look ahead, and as long as something stands in its way. */
export function isToBeChecked(scheduledFor: number, before: PreflightRecord | undefined, now: number): boolean {
  if (before === undefined || before.risk !== null) return true;
  return looksAheadMs.some((ahead) => scheduledFor - ahead <= now && before.checkedAt < scheduledFor - ahead);
}

/** What the app itself knows of an account; null when nothing stands in the way of a post at `scheduledFor` (UTC ms). */
export function accountRisk(account: AccountRecord, scheduledFor: number): Found | null {
  const name = nameOf(account);
  if (account.disconnectedAt !== null) {
    return accountFound(`${name} was disconnected.`, 'Connect it again, or take it off the post.');
  }
  if (account.status === 'reconnect') {
    return accountFound(phrase`${name} must be connected again. ${account.statusReason ?? ''}`.trim(), connectAgain);
  }
  const endsAt = endOf(account);
  if (endsAt === null || endsAt > scheduledFor) return null;
  return accountFound(`The connection to ${name} ends before the post is due.`, connectAgain);
}

/**
 * What the network tells of the account, for one post.
 * @param post.isLastLook it is due within the hour
 * @param post.hasFirstComment a comment is to be written below it
 */
export function readinessRisk(
  account: AccountRecord,
  { scopes, postsLeft, creator }: Readiness,
  { options, media }: Pick<Publication, 'options' | 'media'>,
  { isLastLook, hasFirstComment }: { isLastLook: boolean; hasFirstComment: boolean },
): Found | null {
  // Of Instagram's own login nobody tells; there they stay what they were when the person agreed.
  const granted = scopes ?? (account.via === 'instagram' ? account.scopes : null);
  const use = { direct: options.mode === 'direct', comment: hasFirstComment };
  const without = granted === null ? null : missingScopes(account, granted, use);
  if (without !== null) return accountFound(without, allowAgain);
  if (postsLeft !== null && postsLeft <= 0 && isLastLook) {
    return {
      code: 'quota',
      message: `${nameOf(account)} has used up what the network lets it publish in 24 hours.`,
      remedy: later,
    };
  }
  return creator === null ? null : creatorRisk(creator, options.privacyLevel, media);
}

/** What a failed question says about a post that is due at `scheduledFor`; `untold` when it says nothing. */
export function failureRisk(account: AccountRecord, failure: Failure, scheduledFor: number): Found | 'untold' {
  const name = nameOf(account);
  switch (failure.class) {
    case 'transient':
      return 'untold';
    case 'rate':
      // A limit that is over by then stands in nobody's way.
      if (failure.retryAt === undefined || failure.retryAt <= scheduledFor) return 'untold';
      return { code: 'quota', message: `${name}: ${failure.message}`, remedy: later };
    case 'token':
    case 'permission':
      return accountFound(`${name}: ${failure.message}`, connectAgain);
    case 'account':
      return accountFound(`${name}: ${failure.message}`, 'Look at the account on the network itself.');
    case 'config':
      return {
        code: 'config',
        message: `${name}: ${failure.message}`,
        remedy: 'Look at Settings, Connections.',
      };
    case 'content':
      return { code: 'content', message: `${name}: ${failure.message}`, remedy: changeIt };
  }
}

/** What is written in the post is in its way. */
export function contentRisk(problem: { message: string }): Found {
  return { code: 'content', message: problem.message, remedy: changeIt };
}

/** A file of the post is in its way. @param message what is wrong with it */
export function mediaRisk(message: string): Found {
  return { code: 'media', message, remedy: 'Put another picture or video in, and approve the post again.' };
}

function creatorRisk(
  { privacyLevels, maxVideoSeconds }: NonNullable<Readiness['creator']>,
  privacyLevel: string | undefined,
  media: readonly OutgoingMedia[],
): Found | null {
  if (privacyLevel !== undefined && !privacyLevels.includes(privacyLevel)) {
    return {
      code: 'content',
      message: 'TikTok no longer offers the chosen audience for this account.',
      remedy: 'Choose again who can see the video, and approve the post again.',
    };
  }
  const tooLong = media.some(({ durationMs }) => durationMs !== null && durationMs > maxVideoSeconds * 1_000);
  if (!tooLong) return null;
  const message = `TikTok takes videos of at most ${maxVideoSeconds} seconds from this account, and this one is longer.`;
  return { code: 'content', message, remedy: 'Put a shorter video in, and approve the post again.' };
}

/** When the connection ends for good, UTC ms; what the app renews by itself does not end. */
function endOf({ expiresAt, refreshExpiresAt, sealedRefreshToken }: AccountRecord): number | null {
  return refreshExpiresAt ?? (sealedRefreshToken === null ? expiresAt : null);
}

function missingScopes(
  account: AccountRecord,
  granted: readonly string[],
  use: { direct: boolean; comment: boolean },
): string | null {
  const missing = lacking(account, granted).filter(
    ({ needed, ability }) => needed || (use.direct && ability === 'direct') || (use.comment && ability === 'comment'),
  );
  if (missing.length === 0) return null;
  const names = missing.map(({ scope, ability }) => `${abilityInWords(ability)} (${scope})`);
  return names.length === 1
    ? `${nameOf(account)} does not have the permission to ${names.join()}.`
    : `${nameOf(account)} does not have the permissions to: ${names.join(', ')}.`;
}

function accountFound(message: string, remedy: string): Found {
  return { code: 'account', message, remedy };
}

function nameOf({ displayName, platform }: AccountRecord): string {
  return `${displayName} (${platformNames[platform]})`;
}

const connectAgain = 'Connect the account again.';
const allowAgain = 'Connect the account again and allow everything that is asked for.';
const later = 'Move the post to a later time, or publish less on this account until then.';
const changeIt = 'Change the post and approve it again.';
