import { randomHex } from './world.ts';

/** HTTP status per error code of TikTok's v2 API, as its reference pages list them. */
const httpStatus: Record<string, number> = {
  spam_risk_too_many_posts: 403,
  spam_risk_user_banned_from_posting: 403,
  reached_active_user_cap: 403,
  spam_risk_too_many_pending_share: 403,
  unaudited_client_can_only_post_to_private_accounts: 403,
  url_ownership_unverified: 403,
  privacy_level_option_mismatch: 403,
  invalid_param: 400,
  invalid_params: 400,
  invalid_file_upload: 400,
  app_version_check_failed: 400,
  invalid_publish_id: 400,
  token_not_authorized_for_specified_publish_id: 400,
  publish_not_cancellable: 400,
  scope_permission_missed: 400,
  access_token_invalid: 401,
  scope_not_authorized: 401,
  rate_limit_exceeded: 429,
  internal_error: 500,
};

/** Thrown by an endpoint to answer with an error of the v2 API. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The v2 envelope of a success. `data` may be ready-made JSON text, for numbers beyond 2^53. */
export function ok(data: Record<string, unknown> | string): Response {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return json(200, `{"data":${text},"error":${JSON.stringify({ code: 'ok', message: '', log_id: logId() })}}`);
}

/** The v2 envelope of an error, with the HTTP status TikTok uses for its code. */
export function apiError(code: string, message: string, status = httpStatus[code] ?? 400): Response {
  return json(status, JSON.stringify({ data: {}, error: { code, message, log_id: logId() } }));
}

/** An OAuth error: flat strings, no envelope. */
export function oauthError(error: string, description: string, status: number): Response {
  return json(status, JSON.stringify({ error, error_description: description, log_id: logId() }));
}

function json(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}

function logId(): string {
  return `2026${randomHex(14).toUpperCase()}`;
}
