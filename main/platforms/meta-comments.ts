import { z } from 'zod';
import { isSameText } from '../../shared/domain/same-text.ts';
import type { AccountAccess, LookUp, SocialNetwork } from '../core/ports/networks.ts';
import { clockSkewMs } from './clock-skew.ts';
import { type Graph, idSchema, parseBody } from './graph.ts';
import { type GraphError, provenRefusal } from './graph-failures.ts';

/** Comments of the Page on its posts, or of the Instagram account on its media: the same calls. */
export function metaComments(graph: Graph): NonNullable<SocialNetwork['comments']> {
  return {
    // Never with `fields`: Instagram then creates the comment and answers with an error.
    commit: async (account, postRemoteId, text, send) =>
      graph.commit(account, await graph.postRequest(account, `${postRemoteId}/comments`, { message: text }), send, {
        refuses: provenRefusal,
        effective: createdAllTheSame,
        judge: (body) => {
          const id = idSchema.safeParse(body).data?.id;
          return id === undefined ? null : { kind: 'published', remoteId: id, permalink: null };
        },
      }),
    lookUp: async (account, postRemoteId, text, sentAt) => {
      const ids: string[] = [];
      let after: string | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const query = { limit: '100', ...(after === undefined ? {} : { after }) };
        const { data, paging } = parseBody(commentsSchema, await graph.get(account, `${postRemoteId}/comments`, query));
        ids.push(...data.filter((comment) => isOurs(comment, account, text, sentAt)).map(({ id }) => id));
        after = paging?.next == null ? undefined : paging.cursors?.after;
        if (after === undefined) return matched(ids);
      }
      return ids.length > 0
        ? matched(ids)
        : { kind: 'ambiguous', detail: 'There are too many comments to look through.' };
    },
  };
}

/** Pages of a hundred that are looked through: what was not seen is not absent. */
const mostPages = 20;

function isOurs(comment: Comment, account: AccountAccess, text: string, sentAt: number): boolean {
  const at = Date.parse(comment.created_time ?? comment.timestamp ?? '');
  const author = comment.from?.id ?? account.remoteId;
  const inWindow = Number.isNaN(at) || at >= sentAt - clockSkewMs;
  return author === account.remoteId && inWindow && isSameText(comment.message ?? comment.text, text);
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
  paging: z.object({ cursors: z.object({ after: z.string() }).nullish(), next: z.string().nullish() }).nullish(),
});
type Comment = z.infer<typeof commentsSchema>['data'][number];

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
