import { phrase } from '../../shared/domain/phrase.ts';
import type { Failure, FailureClass } from '../core/ports/networks.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

interface Meaning {
  class: FailureClass;
  /** `rate` only. */
  waitMs?: number;
  appWide?: boolean;
  /** Better words than TikTok's own, where those are not for people. */
  message?: string;
}

/** Error codes of the Content Posting and Display APIs, from TikTok's reference pages. */
const byCode: Record<string, Meaning> = {
  spam_risk_too_many_posts: {
    class: 'rate',
    waitMs: dayMs,
    message: 'TikTok lets this account post no more today.',
  },
  spam_risk_user_banned_from_posting: { class: 'account', message: 'TikTok has banned this account from posting.' },
  reached_active_user_cap: {
    class: 'rate',
    waitMs: dayMs,
    appWide: true,
    message: 'The TikTok app has reached its number of users for today.',
  },
  spam_risk_too_many_pending_share: {
    class: 'rate',
    waitMs: 60 * minuteMs,
    message: 'Too many drafts wait in the TikTok inbox. Finish or delete some in the TikTok app.',
  },
  unaudited_client_can_only_post_to_private_accounts: {
    class: 'config',
    message: 'The TikTok app has not passed the audit: it may post directly to private accounts only.',
  },
  url_ownership_unverified: { class: 'config' },
  privacy_level_option_mismatch: {
    class: 'content',
    message: 'The account no longer offers the chosen audience. Choose again who can see the video.',
  },
  invalid_param: { class: 'content' },
  invalid_params: { class: 'content' },
  invalid_file_upload: { class: 'content' },
  app_version_check_failed: { class: 'account', message: 'The TikTok app on the phone is too old. Update it.' },
  invalid_publish_id: { class: 'content' },
  token_not_authorized_for_specified_publish_id: { class: 'content' },
  publish_not_cancellable: { class: 'content' },
  scope_permission_missed: { class: 'permission' },
  scope_not_authorized: { class: 'permission' },
  access_token_invalid: { class: 'token' },
  rate_limit_exceeded: { class: 'rate', waitMs: minuteMs },
  internal_error: { class: 'transient' },
};

/** Errors of the OAuth endpoints. */
const byOauthError: Record<string, FailureClass> = {
  access_denied: 'token',
  invalid_client: 'config',
  invalid_grant: 'token',
  invalid_request: 'token',
  invalid_scope: 'config',
  unauthorized_client: 'config',
  unsupported_grant_type: 'config',
  unsupported_response_type: 'config',
  server_error: 'transient',
  temporarily_unavailable: 'transient',
};

/** `fail_reason` of a publish status, from TikTok's status reference. */
const byFailReason: Record<string, Meaning> = {
  internal: { class: 'transient', message: 'TikTok had an internal problem.' },
  video_pull_failed: { class: 'transient' },
  photo_pull_failed: { class: 'transient' },
  file_format_check_failed: { class: 'content', message: 'TikTok does not take this kind of video file.' },
  duration_check_failed: { class: 'content', message: 'The video is too long or too short for this TikTok account.' },
  frame_rate_check_failed: { class: 'content', message: 'TikTok does not take the frame rate of this video.' },
  picture_size_check_failed: { class: 'content', message: 'TikTok does not take the picture size of this video.' },
  // Not `token`: the same login would be renewed and used again, and TikTok asks never to try that.
  auth_removed: {
    class: 'permission',
    message: 'The account took back its permission while TikTok worked on the video.',
  },
  spam_risk_user_banned_from_posting: { class: 'account', message: 'TikTok has banned this account from posting.' },
  spam_risk_text: { class: 'content', message: 'TikTok takes the text for spam.' },
  spam_risk: { class: 'account', message: 'TikTok takes this for spam.' },
  publish_cancelled: { class: 'content', message: 'The upload was cancelled.' },
  spam_risk_too_many_posts: {
    class: 'rate',
    waitMs: dayMs,
    message: 'TikTok lets this account post no more today.',
  },
};

interface TikTokError {
  code: string;
  message: string;
  logId: string | null;
}

/** The failure that an error of the v2 API stands for; `retryAt` is what a Retry-After header asked for. */
export function tiktokFailure(error: TikTokError, httpStatus: number, now: number, retryAt: number | null): Failure {
  const known = byCode[error.code] ?? byStatus(httpStatus);
  const words = known.message ?? (error.message === '' ? error.code : error.message);
  const failure: Failure = { class: known.class, code: error.code, message: `TikTok: ${words}`, httpStatus };
  if (error.logId !== null) failure.trace = error.logId;
  return withWait(failure, known, now, retryAt);
}

/** The failure behind an error of TikTok's login; some say that the person has to log in again. */
export function oauthFailure(error: TikTokError, httpStatus: number): Failure {
  const failureClass = byOauthError[error.code] ?? byStatus(httpStatus).class;
  const message =
    failureClass === 'token' ? phrase`Please log in to TikTok again. ${error.message}` : `TikTok: ${error.message}`;
  return { class: failureClass, code: error.code, message, httpStatus };
}

/** The failure behind a `fail_reason`; an unknown one is for a person to judge. */
export function failReasonFailure(reason: string, now: number): Failure {
  const known: Meaning = byFailReason[reason] ?? { class: 'content' };
  const message = known.message ?? `TikTok could not publish the video (${reason}).`;
  return withWait({ class: known.class, code: `fail_reason/${reason}`, message }, known, now, null);
}

function byStatus(httpStatus: number): Meaning {
  if (httpStatus === 429) return { class: 'rate', waitMs: minuteMs };
  return { class: httpStatus >= 500 || httpStatus < 400 ? 'transient' : 'content' };
}

function withWait(failure: Failure, { waitMs, appWide }: Meaning, now: number, retryAt: number | null): Failure {
  if (failure.class !== 'rate') return failure;
  return { ...failure, retryAt: retryAt ?? now + (waitMs ?? minuteMs), appWide: appWide ?? false };
}
