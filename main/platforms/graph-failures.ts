import type { Failure, FailureClass } from '../core/ports/networks.ts';

/** The fields of Graph's error object that we use. */
export interface GraphError {
  message: string;
  code: number;
  subcode: number | null;
  isTransient: boolean;
  /** Words of the network for the person who posts. */
  userMessage: string | null;
  trace: string | null;
}

/** From Meta's error handling guide. `type` is not looked at: it says OAuthException for nearly everything. */
const classByCode: Record<number, FailureClass> = {
  [-2]: 'transient',
  [-1]: 'transient',
  1: 'transient',
  2: 'transient',
  3: 'config',
  4: 'rate',
  9: 'rate',
  10: 'permission',
  17: 'rate',
  24: 'transient',
  25: 'account',
  32: 'rate',
  100: 'content',
  101: 'config',
  102: 'token',
  190: 'token',
  341: 'rate',
  352: 'content',
  368: 'account',
  382: 'content',
  389: 'content',
  506: 'content',
  613: 'rate',
  6000: 'content',
  9004: 'transient',
  9007: 'transient',
  36000: 'content',
  36001: 'content',
  36003: 'content',
  36004: 'content',
  80001: 'rate',
  80002: 'rate',
  1609005: 'content',
};

/** Where the subcode says more than the code. From Meta's Instagram error codes and from open-source clients. */
const classBySubcode: Record<number, FailureClass> = {
  492: 'permission',
  36007: 'token',
  36008: 'config',
  36009: 'token',
  1346003: 'content',
  1349125: 'content',
  1363005: 'permission',
  1363019: 'transient',
  1363020: 'content',
  1363021: 'transient',
  1363022: 'content',
  1363023: 'content',
  1363024: 'content',
  1363025: 'content',
  1363026: 'content',
  1363030: 'transient',
  1363031: 'content',
  1363032: 'content',
  1363033: 'transient',
  1363037: 'transient',
  1363040: 'content',
  1363041: 'transient',
  1363042: 'permission',
  1363045: 'transient',
  1363047: 'transient',
  1363127: 'content',
  1363128: 'content',
  1363129: 'content',
  1363130: 'transient',
  1366046: 'content',
  1366051: 'content',
  1390008: 'rate',
  1404006: 'account',
  1404078: 'account',
  1404102: 'content',
  1404112: 'account',
  1609008: 'content',
  1609010: 'transient',
  2061006: 'content',
  2069019: 'content',
  2069032: 'config',
  2207001: 'transient',
  2207003: 'transient',
  2207004: 'content',
  2207005: 'content',
  2207006: 'transient',
  2207008: 'transient',
  2207009: 'content',
  2207010: 'content',
  2207020: 'transient',
  2207023: 'config',
  2207026: 'content',
  2207027: 'transient',
  2207028: 'content',
  2207032: 'transient',
  2207035: 'content',
  2207036: 'content',
  2207037: 'content',
  2207040: 'content',
  2207042: 'rate',
  2207050: 'account',
  2207051: 'account',
  2207052: 'transient',
  2207053: 'transient',
  2207057: 'content',
  2207077: 'transient',
  2207081: 'content',
  2207082: 'transient',
  2207085: 'content',
  4854002: 'account',
};

/** Rate codes that limit the whole app. */
const appWideCodes = [4, 341];
const rateWaitMs = 60 * 60_000;

/** What the call was: an object that is missing is a passing fault of reads, but final for writes. */
export type GraphAccess = 'read' | 'write';

/**
 * The failure that a Graph error stands for.
 * @param context.retryAt UTC ms that headers or usage asked to wait for; null when they were silent.
 * @param context.login whose login the token came from
 */
export function graphFailure(
  error: GraphError,
  context: {
    access: GraphAccess;
    httpStatus: number;
    now: number;
    retryAt: number | null;
    login: 'Facebook' | 'Instagram';
  },
): Failure {
  const failureClass = classOf(error, context);
  const failure: Failure = {
    class: failureClass,
    code: error.subcode === null ? String(error.code) : `${error.code}/${error.subcode}`,
    message: error.userMessage ?? deadTokenInWords(error, context.login) ?? wrongSecretInWords(error) ?? error.message,
    httpStatus: context.httpStatus,
    ...(error.trace === null ? {} : { trace: error.trace }),
  };
  if (failureClass !== 'rate') return failure;
  return {
    ...failure,
    retryAt: context.retryAt ?? context.now + rateWaitMs,
    appWide: appWideCodes.includes(error.code),
  };
}

/** Why a token died, by the subcodes of Meta's error handling guide; Graph's own words are for developers. */
function deadTokenInWords({ code, subcode }: GraphError, login: string): string | undefined {
  return code === 190 && subcode !== null ? deadTokens[subcode]?.(login) : undefined;
}

/** The proof is made of the app's secret and the token: it is wrong when one of them is another app's. */
function wrongSecretInWords({ code, message }: GraphError): string | undefined {
  if (code !== 100 || !/appsecret_proof/i.test(message)) return undefined;
  return 'Meta refuses the app secret for this login. Compare app ID and app secret with App settings → Basic; after a change of the app, connect the account again.';
}

const deadTokens: Record<number, (login: string) => string> = {
  458: (login) => `The app was removed from the ${login} account.`,
  459: (login) => `${login} wants a person to log in at ${login.toLowerCase()}.com first.`,
  460: (login) => `The ${login} password was changed.`,
  463: (login) => `The ${login} login has expired.`,
  464: (login) => `${login} wants a person to confirm the account at ${login.toLowerCase()}.com first.`,
  467: (login) => `The ${login} login is no longer valid.`,
};

/** A failure that ends a login, and does not name one of the reasons that are always true. */
export function isDoubtfulDeath({ class: failureClass, code }: Failure): boolean {
  const [main, subcode] = code.split('/');
  const saysDead = failureClass === 'token' && (main === '190' || main === '102' || main === 'upload');
  return saysDead && !(main === '190' && subcode !== undefined && Number(subcode) in deadTokens);
}

/** What is left of such a failure when another read did not say the same. */
export function notConfirmed(failure: Failure, login: 'Facebook' | 'Instagram'): Failure {
  return {
    ...failure,
    class: 'transient',
    message: `${login} called the login invalid once and did not confirm it, so it is tried again. It said: “${failure.message}”`,
  };
}

/** The class of a subcode that stands in a container's free-text status; transient when it is not known. */
export function classOfSubcode(subcode: number | null): FailureClass {
  return (subcode === null ? undefined : classBySubcode[subcode]) ?? 'transient';
}

function classOf(error: GraphError, context: { access: GraphAccess; httpStatus: number }): FailureClass {
  const { code, subcode } = error;
  if (code === 100 && subcode === 33) return context.access === 'read' ? 'transient' : 'content';
  if (code === 100 && /appsecret_proof/i.test(error.message)) return 'config';
  if (code === 200 && /api access blocked/i.test(error.message)) return 'config';
  const known = (subcode === null ? undefined : classBySubcode[subcode]) ?? classByCode[code];
  if (known !== undefined) return known;
  if (code >= 200 && code <= 299) return 'permission';
  if (context.httpStatus === 429) return 'rate';
  return error.isTransient || context.httpStatus >= 500 ? 'transient' : 'content';
}

/**
 * Which Graph errors prove that an irrevocable call had no effect. Everything else is unknown: 1 and 2
 * have been seen with the post live, 506 may be the echo of our own success.
 */
export type RefusalRule = (error: GraphError) => boolean;

const refusedCodes = [3, 10, 100, 102, 190, 368, 1609005];
const rateCodes = [4, 17, 32, 341, 613, 80001, 80002];
const instagramRefusedCodes = [3, 10, 25, 102, 190, 352, 368, 9007, 36000, 36001, 36003, 36004];

function isPermissionCode(code: number): boolean {
  return code >= 200 && code <= 299;
}

/** The photos are in a post already: ours, of the call before. */
const photosAreTaken = 1366051;

/** Page posts, and comments on both networks. */
export const provenRefusal: RefusalRule = (error) =>
  rateCodes.includes(error.code) ||
  (!error.isTransient &&
    error.subcode !== photosAreTaken &&
    (refusedCodes.includes(error.code) || isPermissionCode(error.code)));

/**
 * Instagram's `media_publish`. Its rate and spam answers were seen with the post live, and 100/33 is
 * known to come without reason.
 */
export const provenInstagramRefusal: RefusalRule = (error) => {
  if (error.code === 9007) return true;
  if (error.isTransient || (error.code === 100 && error.subcode === 33)) return false;
  return error.code === 100 || instagramRefusedCodes.includes(error.code) || isPermissionCode(error.code);
};
