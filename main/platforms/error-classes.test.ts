import { describe, expect, it } from 'vitest';
import type { FailureClass } from '../core/ports/networks.ts';
import { classOfSubcode, graphFailure } from './graph-failures.ts';
import { failReasonFailure, oauthFailure, tiktokFailure } from './tiktok-failures.ts';

/* Every error that the networks are known to answer with, and what each means for a post. */

const now = 1_800_000_000_000;

/** As Meta's error handling guide and Instagram's error codes list them; a code and, after a slash, a subcode. */
const graph: Record<FailureClass, string> = {
  transient:
    '1 2 -1 -2 24 9004 9007 -2/2207003 -2/2207020 -1/2207001 -1/2207032 -1/2207053 24/2207006 24/2207008 9004/2207052 9007/2207027 352/2207077 352/2207082 100/1363019 100/1363021 100/1363030 100/1363033 100/1363037 100/1363041 100/1363045 100/1363047 100/1609010 100/1363130',
  rate: '4 17 32 80001 80002 341 613 613/1996 9/2207042 100/1390008 368/1390008',
  token: '102 190 190/458 190/459 190/460 190/463 190/464 190/467 100/36007 100/36009',
  permission: '10 200 210 283 299 190/492 100/1363042 100/1363005',
  content:
    '100 506 1609005 352 382 389 6000 36000 36001 36003 36004 1/2207057 100/2207028 100/2207035 100/2207036 100/2207037 100/2207040 352/2207026 36000/2207004 36001/2207005 36003/2207009 36004/2207010 100/2207081 100/2207085 100/1366046 100/1366051 100/1346003 100/1404102 100/1609008 100/2061006 100/1349125 100/2069019 100/1363040 100/1363127 100/1363128 100/1363129 100/1363020 100/1363022 100/1363023 100/1363024 100/1363025 100/1363026 100/1363031 100/1363032',
  config: '3 101 100/36008 100/2207023 190/2069032',
  account: '368 4/2207051 25 25/2207050 100/1404006 100/1404078 100/1404112 100/4854002',
};

const rowsOf = <T extends string>(table: Record<T, string>): [string, T][] =>
  (Object.entries(table) as [T, string][]).flatMap(([meaning, codes]) =>
    codes.split(' ').map((code): [string, T] => [code, meaning]),
  );

describe.each(['Facebook', 'Instagram'] as const)("Graph's errors by the login of %s", (login) => {
  it.each(rowsOf(graph))('%s is of the class %s', (codes, expected) => {
    const [code = NaN, subcode = null] = codes.split('/').map(Number);
    const error = { message: 'Their words.', code, subcode, isTransient: false, userMessage: null, trace: null };
    const failure = graphFailure(error, { access: 'write', httpStatus: 400, now, retryAt: null, login });
    expect(failure).toMatchObject({ class: expected, code: codes });
    expect(failure.message).toMatch(/^[A-Z].*\.$/);
    expect(failure.retryAt === undefined).toBe(expected !== 'rate');
    expect(failure.message).not.toContain(login === 'Facebook' ? 'Instagram' : 'Facebook');
    if (subcode !== null && String(subcode).startsWith('2207') && code !== 4) {
      expect(classOfSubcode(subcode)).toBe(expected);
    }
  });
});

/** Content Posting and Display API, by HTTP status. */
const tiktok: Record<Exclude<FailureClass, 'account'> | 'account', string> = {
  transient: '500/internal_error 503/ 200/',
  rate: '200/spam_risk_too_many_posts 403/spam_risk_too_many_posts 403/reached_active_user_cap 200/reached_active_user_cap 403/spam_risk_too_many_pending_share 429/rate_limit_exceeded 429/',
  token: '401/access_token_invalid',
  permission: '400/scope_permission_missed 401/scope_not_authorized',
  content:
    '403/privacy_level_option_mismatch 400/invalid_param 400/invalid_params 400/invalid_file_upload 400/invalid_publish_id 400/token_not_authorized_for_specified_publish_id 400/publish_not_cancellable 400/something_new',
  config: '403/unaudited_client_can_only_post_to_private_accounts 403/url_ownership_unverified',
  account: '403/spam_risk_user_banned_from_posting 400/app_version_check_failed',
};

it.each(rowsOf(tiktok))("TikTok's %s is of the class %s", (answer, expected) => {
  const [status = '', code = ''] = answer.split('/');
  const failure = tiktokFailure({ code, message: 'Their words.', logId: 'log' }, Number(status), now, null);
  expect(failure).toMatchObject({ class: expected, trace: 'log' });
  expect(failure.message).toMatch(/^TikTok: .*\.$/);
  expect(failure.appWide ?? false).toBe(code === 'reached_active_user_cap');
});

const failReasons: Partial<Record<FailureClass, string>> = {
  transient: 'internal video_pull_failed photo_pull_failed',
  content:
    'file_format_check_failed duration_check_failed frame_rate_check_failed picture_size_check_failed spam_risk_text publish_cancelled something_new',
  permission: 'auth_removed',
  account: 'spam_risk_user_banned_from_posting spam_risk',
  rate: 'spam_risk_too_many_posts',
};
it.each(rowsOf(failReasons as Record<FailureClass, string>))(
  'a video that fails for %s is of the class %s',
  (reason, expected) => {
    const failure = failReasonFailure(reason, now);
    expect(failure).toMatchObject({ class: expected, code: `fail_reason/${reason}` });
    expect(failure.message).toMatch(/^[A-Z].*\.$/);
  },
);

const oauth: Partial<Record<FailureClass, string>> = {
  token: 'access_denied invalid_grant invalid_request',
  config: 'invalid_client invalid_scope unauthorized_client unsupported_grant_type unsupported_response_type',
  transient: 'server_error temporarily_unavailable',
};
it.each(rowsOf(oauth as Record<FailureClass, string>))(
  '%s at a login is of the class %s, also with HTTP 200',
  (code, expected) => {
    for (const status of [200, 400]) {
      expect(oauthFailure({ code, message: 'Their words.', logId: null }, status).class).toBe(expected);
    }
  },
);
