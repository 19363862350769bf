import { type Call, field, nothing } from './bad-input.ts';
import type { Holding } from './holding.ts';

/** What a reviewer asks about a post, and what the AI has learnt: see `hostile-calls.ts`. */
export function reviewCalls(mine: Holding, theirs: Holding): Record<string, Call> {
  return {
    'GET /pipeline/{id}/approval': {},
    'GET /pipeline/{id}/history': {},
    'GET /pipeline/{id}/variants': {},
    'POST /pipeline/{id}/variants': {
      valid: { accountId: mine.facebook },
      nullable: ['accountId'],
      bad: [
        ...field('accountId', 400, 7, '', 'x'.repeat(65)),
        ...field('accountId', 422, nothing, theirs.facebook, '__proto__', mine.facebook),
        ...field('count', 400, 9),
      ],
    },
    'GET /clients/{id}/lessons': {},
    'DELETE /clients/{id}/lessons/{lessonId}': {
      bad: [
        { why: 'of another client', path: `/clients/${mine.clientId}/lessons/${theirs.lessonId}`, status: 404 },
        { why: 'no such lesson', path: `/clients/${mine.clientId}/lessons/__proto__`, status: 404 },
      ],
    },
    'POST /clients/{id}/lessons/{lessonId}/restore': {
      valid: {},
      bad: [
        { why: 'of another client', path: `/clients/${mine.clientId}/lessons/${theirs.lessonId}/restore`, status: 404 },
        ...field('reason', 400, 'Another'),
      ],
    },
  };
}
