import { ORPCError } from '@orpc/client';
import type { Problem } from '../../shared/contract/common.ts';
import { formatTime, withLocalTimes } from '../components/format.ts';
import { t } from '../i18n/i18n.ts';

/** An error in words for a person: what happened, what to do, and what is wrong per field. */
export interface Explained {
  title: string;
  message: string;
  problems: Problem[];
}

/** Never shows a stack or a raw code; unknown errors become a sentence with a next step. */
export function explain(error: unknown): Explained {
  if (error instanceof ORPCError) return explainDeclared(error);
  if (error instanceof Error && isConnectionLoss(error)) {
    return {
      title: t('common:error.notConnected'),
      message: t('common:error.notConnectedMessage'),
      problems: [],
    };
  }
  const message =
    error instanceof Error && error.message !== '' ? withLocalTimes(error.message) : t('common:error.tryInAMoment');
  return { title: t('common:error.unknown'), message, problems: [] };
}

/** The first problem of a field, e.g. `scheduledFor`; a problem of `targets.0.caption` belongs to `targets` too. */
export function problemOf(problems: readonly Problem[], field: string): string | undefined {
  const found = problems.find((problem) => problem.field === field || problem.field.startsWith(`${field}.`));
  return found && withLocalTimes(found.message);
}

/** Whether the core said that what was asked about does not exist (any more). */
export function isNotFound(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'NOT_FOUND';
}

function explainDeclared(error: ORPCError<string, unknown>): Explained {
  const data = (error.data ?? {}) as Record<string, unknown>;
  const message = withLocalTimes(error.message);
  switch (error.code) {
    case 'NOT_FOUND':
      return { title: t('common:error.gone'), message: t('common:error.goneMessage', { message }), problems: [] };
    case 'CONFLICT':
      return { title: t('common:error.notPossible'), message, problems: [] };
    case 'UNPROCESSABLE':
      return { title: t('common:error.badInput'), message, problems: problemsOf(data.problems) };
    case 'BAD_REQUEST':
      return badRequest(problemsOf(data.problems));
    case 'LOCKED':
      return { title: t('common:error.locked'), message: t('common:error.lockedMessage', { message }), problems: [] };
    case 'UPSTREAM':
      return { title: t('common:error.upstream'), message: upstream(message, data.retryAt), problems: [] };
    default:
      return {
        title: t('common:error.inApp'),
        message: t('common:error.inAppMessage'),
        problems: [],
      };
  }
}

function badRequest(problems: Problem[]): Explained {
  return {
    title: t('common:error.badInput'),
    message: problems[0]?.message ?? t('common:error.badInputUnsaid'),
    problems,
  };
}

function problemsOf(value: unknown): Problem[] {
  const problems = Array.isArray(value) ? (value as Problem[]) : [];
  return problems.map((problem) => ({ ...problem, message: withLocalTimes(problem.message) }));
}

function upstream(message: string, retryAt: unknown): string {
  if (typeof retryAt !== 'string') return message;
  return t('common:error.upstreamUntil', { message, time: formatTime(retryAt) });
}

function isConnectionLoss(error: Error): boolean {
  return /not open|not connected|closed|aborted|Failed to fetch/i.test(error.message) || error.name === 'AbortError';
}
