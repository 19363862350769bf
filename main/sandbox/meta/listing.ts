import type { FieldRequest, NodeType, NodeView } from './fields.ts';
import { project } from './fields.ts';
import { badParameter } from './errors.ts';
import type { GraphRequest } from './request.ts';
import type { World } from './state.ts';

const defaultLimit = 25;
const maximumLimit = 100;

/** One page of an edge with cursors; `next` exists only when another page does. */
export function page(
  world: World,
  request: GraphRequest,
  type: NodeType,
  views: NodeView[],
  fields: FieldRequest[],
): object {
  const limit = limitOf(request.parameters.limit);
  const start = request.parameters.after === undefined ? 0 : decodeCursor(request.parameters.after) + 1;
  const shown = views.slice(start, start + limit);
  const data = shown.map((view) => project(type, view, fields));
  if (shown.length === 0) return { data };
  const after = encodeCursor(start + shown.length - 1);
  const more = start + shown.length < views.length;
  return {
    data,
    paging: {
      cursors: { before: encodeCursor(start), after },
      ...(more ? { next: nextUrl(world, request, after) } : {}),
    },
  };
}

/** An edge asked for inside another node: `comments.limit(2).summary(true){id,message}`. */
export function nestedEdge(type: NodeType, views: NodeView[], request: FieldRequest): object {
  const { limit, summary } = request.modifiers;
  const data = views.slice(0, limitOf(limit)).map((view) => project(type, view, request.fields));
  return { data, ...(summary === undefined ? {} : { summary: { total_count: views.length } }) };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  if (!/^\d+$/.test(text)) throw badParameter('Param limit must be an integer');
  return Math.min(Number(text), maximumLimit);
}

/** The address of the next page. It carries the token only if the caller sent it in the address. */
function nextUrl(world: World, request: GraphRequest, after: string): string {
  const url = new URL(`/${request.version}/${request.path.join('/')}`, world.origins.graph);
  for (const [name, value] of Object.entries(request.parameters)) url.searchParams.set(name, value);
  url.searchParams.set('after', after);
  if (request.token !== null && !request.token.inHeader) url.searchParams.set('access_token', request.token.value);
  return url.href;
}

function encodeCursor(index: number): string {
  return Buffer.from(String(index)).toString('base64url');
}

function decodeCursor(text: string): number {
  const decoded = Buffer.from(text, 'base64url').toString();
  if (!/^\d+$/.test(decoded)) throw badParameter('Param after is not a valid cursor');
  return Number(decoded);
}

/** `2026-11-22T10:00:00+0000`, the way Graph writes a moment. */
export function graphTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;
}
