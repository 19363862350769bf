import { operation, type SimulatorApp, type SimulatorContext } from '../simulator.ts';
import { badParameter, errorBody, type GraphErrorFields, GraphFailure, missingObject } from './errors.ts';
import { publishScheduled } from './facebook-publish.ts';
import { kindOf, type Route, routes } from './graph-routes.ts';
import { exchangeInstagramToken, refreshInstagramToken } from './instagram-login.ts';
import { appScopedId } from './instagram-media.ts';
import { accessToken, debugToken } from './oauth.ts';
import type { MetaOperation } from './operations.ts';
import { type GraphRequest, readRequest } from './request.ts';
import type { World } from './state.ts';
import { authenticate } from './tokens.ts';

type Product = 'facebook' | 'instagram';

/** A call with its name and what it does. */
interface Target {
  operation: MetaOperation;
  parameters: string[];
  run: (detail: Record<string, unknown>) => Promise<object> | object;
}

const everywhere = ['appsecret_proof', 'appsecret_time'];

/** graph.facebook.com (also graph-video) or graph.instagram.com: every path is `/{version}/{node}/{edge}`. */
export function serveGraph(app: SimulatorApp, world: World, product: Product): void {
  app.all('*', (c) => answer(world, product, c));
}

async function answer(world: World, product: Product, c: SimulatorContext): Promise<Response> {
  publishScheduled(world);
  let request: GraphRequest;
  try {
    request = await readRequest(c);
  } catch (error) {
    if (error instanceof GraphFailure) return Response.json(errorBody(error.fields), { status: error.status });
    throw error;
  }
  const target = resolve(world, product, request);
  return operation(world, target.operation, (_, detail) => execute(world, request, target, detail))(c);
}

/** Runs the call between its two fault switches; state is on disk before the answer goes out. */
async function execute(
  world: World,
  request: GraphRequest,
  target: Target,
  detail: Record<string, unknown>,
): Promise<Response> {
  const before = world.faults.take(target.operation, 'graph-error');
  if (before !== undefined) return refusal(world, request, faultError(before.value), detail);
  let response: Response;
  try {
    checkParameters(request, target);
    const body = await target.run(detail);
    response = respond(world, request, 200, body);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    response = refusal(world, request, error, detail);
  }
  if (request.method !== 'GET') world.store.save();
  const after = world.faults.take(target.operation, 'graph-error-after');
  return after === undefined ? response : refusal(world, request, faultError(after.value), detail);
}

function checkParameters(request: GraphRequest, target: Target): void {
  for (const name of [...Object.keys(request.parameters), ...Object.keys(request.files)]) {
    if (target.parameters.includes(name) || everywhere.includes(name)) continue;
    throw badParameter(`Unknown parameter: ${name}`);
  }
}

function faultError(value: unknown): GraphFailure {
  const fields = value as Partial<GraphErrorFields> & { code: number };
  return new GraphFailure({ message: `(#${fields.code}) Something went wrong on purpose`, ...fields });
}

function refusal(
  world: World,
  request: GraphRequest,
  failure: GraphFailure,
  detail: Record<string, unknown>,
): Response {
  detail.error = { code: failure.fields.code, subcode: failure.fields.subcode };
  return respond(world, request, failure.status, errorBody(failure.fields));
}

function respond(world: World, request: GraphRequest, status: number, body: object): Response {
  const { settings } = world;
  const headers = new Headers({
    'facebook-api-version': request.version,
    'x-app-usage': JSON.stringify(usage(settings.appUsage)),
  });
  const token = world.store.value.tokens[request.token?.value ?? ''];
  const account = token?.kind === 'instagram' ? token.subjectId : token?.pageId;
  if (account != null) {
    const type = token?.kind === 'instagram' ? 'instagram' : 'pages';
    const business = {
      type,
      ...usage(settings.businessUsage),
      estimated_time_to_regain_access: settings.minutesToRegainAccess,
    };
    headers.set('x-business-use-case-usage', JSON.stringify({ [account]: [business] }));
  }
  if (status === 401) headers.set('www-authenticate', 'OAuth "Facebook Platform" "invalid_token"');
  return Response.json(body, { status, headers });
}

function usage(percent: number): object {
  return { call_count: percent, total_cputime: percent, total_time: percent };
}

/** Finds what a path means: a login call, or an edge of a node. */
function resolve(world: World, product: Product, request: GraphRequest): Target {
  return loginTarget(world, product, request) ?? nodeTarget(world, product, request);
}

function loginTarget(world: World, product: Product, request: GraphRequest): Target | undefined {
  const path = request.path.join('/');
  if (product === 'facebook' && path === 'oauth/access_token') {
    const parameters = ['client_id', 'client_secret', 'redirect_uri', 'code', 'grant_type', 'fb_exchange_token'];
    return { operation: 'meta.oauth.token', parameters, run: () => savedTokens(world, accessToken(world, request)) };
  }
  if (product === 'facebook' && path === 'debug_token') {
    return { operation: 'meta.debug_token', parameters: ['input_token'], run: () => debugToken(world, request) };
  }
  if (product === 'instagram' && path === 'access_token') {
    const parameters = ['grant_type', 'client_secret', 'client_id'];
    const run = (): object => savedTokens(world, exchangeInstagramToken(world, request));
    return { operation: 'instagram.token.exchange', parameters, run };
  }
  if (product === 'instagram' && path === 'refresh_access_token') {
    const run = (): object => savedTokens(world, refreshInstagramToken(world, request));
    return { operation: 'instagram.token.refresh', parameters: ['grant_type'], run };
  }
  return undefined;
}

/** Token calls are GETs that change state. */
function savedTokens(world: World, body: object): object {
  world.store.save();
  return body;
}

function nodeTarget(world: World, product: Product, request: GraphRequest): Target {
  const id = resolveId(world, product, request);
  const kind = kindOf(world, id, product);
  const route = kind === undefined ? undefined : findRoute(routes[kind], request);
  const run = (detail: Record<string, unknown>): Promise<object> | object => {
    const session = authenticate(world, request, product);
    if (route === undefined) throw unknownTarget(request, kind !== undefined);
    return route.handler({ world, request, session, product, id, detail });
  };
  if (route !== undefined) return { operation: route.operation, parameters: route.parameters, run };
  return { operation: 'meta.unknown', parameters: Object.keys({ ...request.parameters, ...request.files }), run };
}

function findRoute(table: Record<string, Route>, request: GraphRequest): Route | undefined {
  const [, edge, below] = request.path;
  if (below !== undefined && edge !== 'permissions') return undefined;
  const key = [request.method, edge, edge === 'video_reels' && request.parameters.upload_phase];
  return table[key.filter((part) => typeof part === 'string').join(' ')];
}

function unknownTarget(request: GraphRequest, nodeKnown: boolean): GraphFailure {
  const [id = '', edge] = request.path;
  if (nodeKnown && edge !== undefined && request.method === 'GET') {
    return new GraphFailure({ code: 2500, message: `Unknown path components: /${request.path.slice(1).join('/')}` });
  }
  return missingObject(request.method, id);
}

/** `me` is whoever the token belongs to; Instagram's app-scoped ids stand for the account too. */
function resolveId(world: World, product: Product, request: GraphRequest): string {
  const id = request.path[0] ?? '';
  const token = world.store.value.tokens[request.token?.value ?? ''];
  if (id === 'me') return token?.pageId ?? token?.subjectId ?? Object.keys(world.store.value.people)[0] ?? id;
  if (product === 'instagram' && token !== undefined && id === appScopedId(token.subjectId)) return token.subjectId;
  return id;
}
