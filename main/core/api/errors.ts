import { implement, ORPCError, ValidationError } from '@orpc/server';
import { contract } from '../../../shared/contract/index.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { Conflict, Locked, NotFound, Unprocessable } from '../errors.ts';
import { isoOrNull } from '../instants.ts';
import { AiFailure, BackupFailed, type Log, NetworkFailure, type Random, RowGone, SlotTaken } from '../ports/index.ts';

/**
 * Turns what the core throws into the errors of the contract. Input that does not fit is BAD_REQUEST with
 * the problems in words. Everything else is INTERNAL_SERVER_ERROR: the answer carries an id and no details,
 * the log carries both.
 */
export function declaredErrors(deps: { random: Random; log: Log }) {
  return implement(contract).middleware(async ({ next, path, errors }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof NotFound) {
        throw errors.NOT_FOUND({ message: error.message, data: { what: error.what, id: error.id } });
      }
      if (error instanceof RowGone) {
        throw errors.NOT_FOUND({ message: 'It is not there any more.', data: { what: 'item', id: '' } });
      }
      if (error instanceof Conflict) throw errors.CONFLICT({ message: error.message, data: { reason: error.reason } });
      if (error instanceof SlotTaken) {
        throw errors.CONFLICT({ message: 'Another post fills this slot already.', data: { reason: 'slot_taken' } });
      }
      if (error instanceof Unprocessable) {
        throw errors.UNPROCESSABLE({ message: error.message, data: { problems: error.problems } });
      }
      if (isBadCursor(error)) {
        const message = 'This cursor is not one that a list answered with.';
        const problems = [{ field: 'cursor', code: 'cursor', message }];
        throw errors.UNPROCESSABLE({ message, data: { problems } });
      }
      if (error instanceof BackupFailed) {
        throw errors.CONFLICT({ message: error.message, data: { reason: 'backup_failed' } });
      }
      if (error instanceof Locked) throw errors.LOCKED({ message: error.message, data: { reason: error.message } });
      if (error instanceof AiFailure) {
        const { message, provider, retryAt } = error;
        throw errors.UPSTREAM({ message, data: { provider, retryAt: isoOrNull(retryAt) } });
      }
      if (error instanceof NetworkFailure) {
        const { message, failure } = error;
        throw errors.UPSTREAM({ message, data: { provider: 'network', retryAt: isoOrNull(failure.retryAt ?? null) } });
      }
      if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') throw inWords(error);
      throw unforeseen(deps, path, error);
    }
  });
}

/** The store's own error; the core knows it by its name only. */
function isBadCursor(error: unknown): boolean {
  return error instanceof Error && error.name === 'BadCursor';
}

function inWords(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  if (error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError)) return error;
  const problems = error.cause.issues.map(({ message, path }): Problem => {
    const field = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return { field, code: 'invalid', message };
  });
  const message = problems.map(({ field, message: text }) => (field === '' ? text : `${field}: ${text}`)).join(' ');
  return new ORPCError('BAD_REQUEST', { message: message.slice(0, 1_000), data: { problems } });
}

function unforeseen(
  { random, log }: { random: Random; log: Log },
  path: readonly string[],
  error: unknown,
): ORPCError<'INTERNAL_SERVER_ERROR', { id: string }> {
  const id = random.id();
  const cause = error instanceof ORPCError ? (error.cause ?? error) : error;
  log.error('a call failed in an unforeseen way', {
    id,
    call: path.join('.'),
    error: cause instanceof Error ? `${cause.name}: ${cause.message}` : 'not an error',
    ...(cause instanceof ValidationError ? { issues: cause.issues.map(({ message }) => message) } : {}),
    stack: cause instanceof Error ? cause.stack : undefined,
  });
  const message = `Something went wrong. It is in the log as ${id}.`;
  return new ORPCError('INTERNAL_SERVER_ERROR', { message, data: { id } });
}
