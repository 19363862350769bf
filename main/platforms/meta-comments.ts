import { z } from 'zod';
import { isSameText } from '../../shared/domain/same-text.ts';
import type { LookUp, SocialNetwork } from '../core/ports/networks.ts';
import { clockSkewMs } from './clock-skew.ts';
import { type Graph, idSchema, parseBody } from './graph.ts';
import { type GraphError, provenRefusal } from './graph-failures.ts';

/** Comments of the Page on its posts, or of the Instagram account on its media: the same calls. */
export function metaComments(graph: Graph): NonNullable<SocialNetwork['comments']> {
  return {
    // Never with `fields`: Instagram then creates the comment and answers with an error.
    commit: (account, postRemoteId, text, send) =>
      graph.commit(account, graph.postRequest(account, `${postRemoteId}/comments`, { message: text }), send, {
        refuses: provenRefusal,
        effective: createdAllTheSame,
        judge: (body) => {
          const id = idSchema.safeParse(body).data?.id;
          return id === undefined ? null : { kind: 'published', remoteId: id, permalink: null };
        },
      }),
    lookUp: async (account, postRemoteId, text, sentAt) => {
      const body = await graph.get(account, `${postRemoteId}/comments`, { limit: '100' });
      const ours = parseBody(commentsSchema, body).data.filter((comment) => {
        const at = Date.parse(comment.created_time ?? comment.timestamp ?? '');
        const author = comment.from?.id ?? account.remoteId;
        const inWindow = Number.isNaN(at) || at >= sentAt - clockSkewMs;
        return author === account.remoteId && inWindow && isSameText(comment.message ?? comment.text, text);
      });
      return matched(ours.map(({ id }) => id));
    },
  };
}

/** Facebook's names first, Instagram's second. */
const commentsSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      message: z.string().nullish(),
      text: z.string().nullish(),
      created_time: z.string().nullish(),
      timestamp: z.string().nullish(),
      from: z.object({ id: z.string() }).nullish(),
    }),
  ),
});

/** "The response format is not supported": said after the object was made. */
function createdAllTheSame(error: GraphError): boolean {
  return error.code === 20 && error.subcode === 1772107;
}

function matched(ids: string[]): LookUp {
  const [id] = ids;
  if (id === undefined) return { kind: 'absent' };
  if (ids.length > 1) return { kind: 'ambiguous', detail: `${ids.length} comments have this text.` };
  return { kind: 'published', remoteId: id, permalink: null };
}
