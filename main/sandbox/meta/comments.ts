import type { Call } from './call.ts';
import { badParameter, GraphFailure, missingObject } from './errors.ts';
import { commentsOn, commentType, commentView } from './facebook-views.ts';
import { type NodeType, type NodeView, parseFields, project } from './fields.ts';
import { graphTime, page as listPage } from './listing.ts';
import { requiredParameter } from './request.ts';
import { type Comment, nextId, recordPublic } from './state.ts';
import { managedInstagram, managedPage, readablePage, requireScope } from './tokens.ts';

const moderate = { scope: 'pages_manage_engagement', task: 'MODERATE' };
const longestInstagramComment = 300;
const instagramCommentType: NodeType = { name: 'IGComment', defaults: ['timestamp', 'text', 'id'] };

/** `POST /{post-id}/comments` as the Page. */
export function createPostComment(call: Call): object {
  const { world, request } = call;
  const post = world.store.value.posts[call.id];
  if (post === undefined) throw missingObject('POST', call.id);
  const page = managedPage(world, call.session, request, post.pageId, moderate);
  const text = requiredParameter(request, 'message');
  const comment: Comment = {
    id: `${post.id.split('_')[1]}_${nextId(world, '15')}`,
    targetId: post.id,
    author: { id: page.id, name: page.name },
    text,
    createdAt: world.now(),
  };
  world.store.value.comments[comment.id] = comment;
  Object.assign(call.detail, { postId: post.id, commentId: comment.id });
  recordPublic(world, 'facebook.commented', { accountId: page.id, postId: post.id, text });
  return { id: comment.id };
}

/** `GET /{post-id}/comments`, oldest first. */
export function listPostComments(call: Call): object {
  const { world, request } = call;
  const post = world.store.value.posts[call.id];
  if (post === undefined) throw missingObject('GET', call.id);
  readablePage(world, call.session, request, post.pageId);
  requireScope(call.session, 'pages_read_engagement');
  const views = commentsOn(world, post.id).map((comment) => commentView(comment));
  return listPage(world, request, commentType, views, parseFields(request.parameters.fields));
}

export function readPostComment(call: Call): object {
  const comment = postComment(call);
  return project(commentType, commentView(comment), parseFields(call.request.parameters.fields));
}

export function deletePostComment(call: Call): object {
  const comment = postComment(call);
  managedPage(call.world, call.session, call.request, comment.author.id, moderate);
  delete call.world.store.value.comments[comment.id];
  return { success: true };
}

function postComment(call: Call): Comment {
  const comment = call.world.store.value.comments[call.id];
  if (comment === undefined) throw missingObject(call.request.method, call.id);
  readablePage(call.world, call.session, call.request, comment.author.id);
  return comment;
}

/**
 * `POST /{media-id}/comments` as the account. With `fields` the comment is created and the answer is
 * error 20/1772107 all the same, a known trap of the live service.
 */
export function createMediaComment(call: Call): object {
  const { world, request } = call;
  const media = world.store.value.media[call.id];
  if (media === undefined) throw missingObject('POST', call.id);
  const account = managedInstagram(world, call.session, request, media.instagramId, 'comments');
  if (media.productType === 'STORY') throw badParameter('A story does not take comments');
  const text = requiredParameter(request, 'message');
  if (text.length > longestInstagramComment) throw badParameter('The comment is longer than 300 characters');
  const comment: Comment = {
    id: `178${nextId(world, '16').slice(1)}`,
    targetId: media.id,
    author: { id: account.id, name: account.username },
    text,
    createdAt: world.now(),
  };
  world.store.value.comments[comment.id] = comment;
  Object.assign(call.detail, { mediaId: media.id, commentId: comment.id });
  recordPublic(world, 'instagram.commented', { accountId: account.id, postId: media.id, text });
  if (request.parameters.fields !== undefined) {
    const message = '(#20) The requested response format is not supported';
    throw new GraphFailure({ code: 20, subcode: 1772107, message });
  }
  return { id: comment.id };
}

/** `GET /{media-id}/comments`, newest first. */
export function listMediaComments(call: Call): object {
  const { world, request } = call;
  const media = world.store.value.media[call.id];
  if (media === undefined) throw missingObject('GET', call.id);
  managedInstagram(world, call.session, request, media.instagramId, 'comments');
  const views = commentsOn(world, media.id).reverse().map(instagramCommentView);
  return listPage(world, request, instagramCommentType, views, parseFields(request.parameters.fields));
}

export function readMediaComment(call: Call): object {
  return project(
    instagramCommentType,
    instagramCommentView(mediaComment(call)),
    parseFields(call.request.parameters.fields),
  );
}

export function deleteMediaComment(call: Call): object {
  const comment = mediaComment(call);
  delete call.world.store.value.comments[comment.id];
  return { success: true };
}

function mediaComment(call: Call): Comment {
  const comment = call.world.store.value.comments[call.id];
  if (comment === undefined) throw missingObject(call.request.method, call.id);
  managedInstagram(call.world, call.session, call.request, comment.author.id, 'comments');
  return comment;
}

function instagramCommentView(comment: Comment): NodeView {
  return {
    id: comment.id,
    text: comment.text,
    timestamp: graphTime(comment.createdAt),
    username: comment.author.name,
    from: { id: comment.author.id, username: comment.author.name },
    media: { id: comment.targetId },
    like_count: 0,
    hidden: false,
  };
}
