import type { z } from 'zod';
import { operation, type SimulatorContext } from '../simulator.ts';
import { ApiError, apiError } from './answers.ts';
import type { App, Creator, Token, World } from './world.ts';

/** A caller that has proven who it is. */
export interface Caller {
  token: Token;
  app: App;
  creator: Creator;
}

interface EndpointRules {
  /** One of these scopes must be granted. */
  scopes: string[];
  /** Requests a user token may make in a sliding minute. */
  perMinute: number;
}

type Detail = Record<string, unknown>;

/**
 * A bearer-token endpoint of the v2 API: checks token, scope and rate window, turns thrown
 * {@link ApiError}s into the envelope, and applies the fault kind `error`, whose value is an error
 * code to answer instead of doing anything.
 */
export function endpoint(
  world: World,
  name: string,
  rules: EndpointRules,
  handler: (c: SimulatorContext, caller: Caller, detail: Detail) => Promise<Response> | Response,
): (c: SimulatorContext) => Promise<Response> {
  return operation(world, name, async (c, detail) => {
    try {
      const caller = authenticate(world, c, rules.scopes);
      detail.creatorId = caller.creator.id;
      const fault = world.faults.take(name, 'error');
      if (fault !== undefined) throw new ApiError(String(fault.value), 'Fault switched on in the sandbox.');
      enterRateWindow(world, `${name} ${caller.app.clientKey} ${caller.creator.id}`, rules.perMinute);
      return await handler(c, caller, detail);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      detail.error = error.code;
      return apiError(error.code, error.message, capStatus(name, error.code));
    }
  });
}

/** creator_info answers posting caps with HTTP 200 on purpose, by its reference page. */
function capStatus(name: string, code: string): number | undefined {
  const caps = ['spam_risk_too_many_posts', 'spam_risk_user_banned_from_posting', 'reached_active_user_cap'];
  return name === 'tiktok.creator_info' && caps.includes(code) ? 200 : undefined;
}

function authenticate(world: World, c: SimulatorContext, scopes: string[]): Caller {
  const state = world.store.value;
  const bearer = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  const token = bearer === undefined ? undefined : state.accessTokens[bearer];
  const app = token && state.apps[token.clientKey];
  const creator = token && state.creators[token.creatorId];
  if (!token || !app || !creator || token.expiresAt <= world.now()) {
    throw new ApiError('access_token_invalid', 'The access token is invalid or not found in the request.');
  }
  if (!scopes.some((scope) => token.scopes.includes(scope))) {
    throw new ApiError('scope_not_authorized', `The user did not authorize the scope ${scopes.join(' or ')}.`);
  }
  return { token, app, creator };
}

function enterRateWindow(world: World, key: string, perMinute: number): void {
  const { requests } = world.store.value;
  const since = world.now() - 60_000;
  const recent = (requests[key] ?? []).filter((at) => at > since);
  if (recent.length >= perMinute) {
    throw new ApiError('rate_limit_exceeded', 'The API rate limit was exceeded. Please try again later.');
  }
  requests[key] = [...recent, world.now()];
  world.store.save();
}

/**
 * Reads a JSON body of exactly this shape. An unknown parameter, a wrong type or a body that is
 * not JSON is refused with `code`.
 */
export async function readJson<T>(c: SimulatorContext, schema: z.ZodType<T>, code = 'invalid_param'): Promise<T> {
  if (!(c.req.header('content-type') ?? '').toLowerCase().startsWith('application/json')) {
    throw new ApiError(code, 'The request body must be sent as application/json.');
  }
  const body = await c.req.json<unknown>().catch(() => {
    throw new ApiError(code, 'The request body is not JSON.');
  });
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ApiError(code, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}
