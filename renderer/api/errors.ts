import { ORPCError } from '@orpc/client';
import type { Problem } from '../../shared/contract/common.ts';

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
      title: 'Not connected',
      message: 'AutoSocial AI did not answer. It reconnects by itself; look at the result before you try again.',
      problems: [],
    };
  }
  const message = error instanceof Error && error.message !== '' ? error.message : 'Try again in a moment.';
  return { title: 'That did not work', message, problems: [] };
}

/** The first problem of a field, e.g. `scheduledFor`; a problem of `targets.0.caption` belongs to `targets` too. */
export function problemOf(problems: readonly Problem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field || problem.field.startsWith(`${field}.`))?.message;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'NOT_FOUND';
}

function explainDeclared(error: ORPCError<string, unknown>): Explained {
  const data = (error.data ?? {}) as Record<string, unknown>;
  switch (error.code) {
    case 'NOT_FOUND':
      return { title: 'This is gone', message: `${error.message} Somebody may have deleted it.`, problems: [] };
    case 'CONFLICT':
      return { title: 'Not possible right now', message: error.message, problems: [] };
    case 'UNPROCESSABLE':
      return { title: 'Please check what you entered', message: error.message, problems: problemsOf(data.problems) };
    case 'BAD_REQUEST':
      return badRequest(data.issues);
    case 'LOCKED':
      return { title: 'Locked', message: `${error.message} Nothing is sent until the key is back.`, problems: [] };
    case 'UPSTREAM':
      return { title: 'A service did not answer', message: upstream(error.message, data.retryAt), problems: [] };
    default:
      return {
        title: 'Something went wrong in AutoSocial AI',
        message: 'Nothing was lost. Try again; if it happens again, look at Activity for the reason.',
        problems: [],
      };
  }
}

function badRequest(issues: unknown): Explained {
  const problems = (Array.isArray(issues) ? issues : []).map((issue: { message?: unknown; path?: unknown }) => ({
    field: Array.isArray(issue.path) ? issue.path.map(String).join('.') : '',
    code: 'invalid',
    message: String(issue.message ?? 'This cannot be used.'),
  }));
  return {
    title: 'Please check what you entered',
    message: problems[0]?.message ?? 'Some of this cannot be used.',
    problems,
  };
}

function problemsOf(value: unknown): Problem[] {
  return Array.isArray(value) ? (value as Problem[]) : [];
}

function upstream(message: string, retryAt: unknown): string {
  if (typeof retryAt !== 'string') return message;
  const time = new Date(retryAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return `${message} It can be tried again from ${time}.`;
}

function isConnectionLoss(error: Error): boolean {
  return /not open|not connected|closed|aborted|Failed to fetch/i.test(error.message) || error.name === 'AbortError';
}
