import { type Bad, badOptions, badTexts, type Call, field, nothing } from './bad-input.ts';
import type { Holding } from './holding.ts';

/** The calls around drafts and the AI's help, with a body each would take and what it must not take. */
export function hostileWriting(mine: Holding, theirs: Holding): Record<string, Call> {
  const draft = {
    clientId: mine.clientId,
    content: {
      caption: 'Fresh br',
      hashtags: [],
      firstComment: null,
      altText: null,
      media: [],
      scheduledFor: null,
      targets: [],
    },
    revision: 0,
    writer: 'a window',
  };
  const draftContents: object[] = [
    ...badTexts.map((caption) => ({ caption })),
    { caption: 'x'.repeat(100_001) },
    { media: [7] },
    { scheduledFor: 'tomorrow' },
    { targets: [{ accountId: mine.facebook }] },
    ...badOptions.map((options) => ({ targets: [{ accountId: mine.facebook, caption: null, options }] })),
    { status: 'approved' },
  ];
  return {
    'POST /clients/{id}/rewrite': {
      valid: { wish: 'shorter', text: 'Fresh bread, every morning.' },
      required: ['wish', 'text'],
      bad: [
        ...field('wish', 400, 'viral', ''),
        ...field('text', 400, '', '   ', 'x'.repeat(6_001), ...badTexts),
        ...field('around', 400, 'x'.repeat(100_001), badTexts[0]),
        ...field('language', 400, 'english please', '', '<b>'),
        ...field('platform', 400, 'myspace'),
        { why: 'a translation into nothing', body: { wish: 'translate' }, status: 422 },
      ],
    },
    'GET /drafts': {
      bad: [{ why: 'no such client', path: `/drafts?clientId=${nothing}`, status: 404 }],
    },
    'GET /drafts/{id}': { bad: noSuchDraft('') },
    'PUT /drafts/{id}': {
      valid: draft,
      required: ['clientId', 'content', 'revision', 'writer'],
      bad: [
        ...['%00', '__proto__', '..%2F..%2Fetc', 'x'.repeat(65)].map((id) => ({
          why: id,
          path: `/drafts/${id}`,
          status: 400,
        })),
        ...field('clientId', 404, nothing, '__proto__'),
        ...field('revision', 400, -1, 1.5),
        { why: 'of what nobody kept', body: { revision: 3 }, status: 409 },
        ...field('writer', 400, '', 'x'.repeat(65)),
        ...field('basedOn', 400, 'x'.repeat(129)),
        { why: 'based on a post that is none', body: { basedOn: 'hash' }, status: 404 },
        {
          why: 'another client’s post',
          path: `/drafts/${theirs.postId}`,
          body: { basedOn: 'hash' },
          status: 422,
        },
        ...draftContents.flatMap((content) => field('content', 400, { ...draft.content, ...content })),
      ],
    },
    'POST /drafts/{id}/apply': {
      valid: { revision: 1 },
      required: ['revision'],
      bad: [...noSuchDraft('/apply'), ...field('revision', 400, 0, -1, 1.5), ...field('over', 400, 'yes')],
    },
    'DELETE /drafts/{id}': { bad: noSuchDraft('') },
  };
}

const noSuchDraft = (rest: string): Bad[] =>
  [nothing, '__proto__', "'%20OR%201=1%20--", '%00'].map((id) => ({
    why: id,
    path: `/drafts/${id}${rest}`,
    status: 404,
  }));
