import { type FailureClass, NetworkFailure } from '../core/ports/networks.ts';

/** What was asked for: a token for a code that a person just brought, or a new one for one that lives. */
export type LoginStep = 'login' | 'renewal';

/** An outage, a cut answer, a limit, or an app that is set up wrongly. */
const saysNothingOfLogin: ReadonlySet<FailureClass> = new Set(['transient', 'rate', 'config']);

/**
 * What is thrown on when Meta gave no token. At a log-in the person is there and starts again, whatever was refused. A
 * renewal has a living token behind it, which only Meta's own word on the token (190, 102) ends: a bad parameter, a missing
 * permission or a block for some hours does not.
 */
export function refusedLogin(error: unknown, step: LoginStep): unknown {
  if (!(error instanceof NetworkFailure)) return error;
  const { class: failureClass, code, message } = error.failure;
  const isOver = step === 'renewal' ? failureClass === 'token' : !saysNothingOfLogin.has(failureClass);
  return isOver ? loginAgain(message, code) : error;
}

/** That only a person can go on from here. */
export function loginAgain(reason: string, code = 'login'): NetworkFailure {
  return new NetworkFailure({ class: 'token', code, message: `Please log in again. ${reason}` });
}
