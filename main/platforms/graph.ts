import { z } from 'zod';
import {
  type CommitOutcome,
  type Failure,
  GateClosed,
  type IrrevocableSend,
  NetworkFailure,
} from '../core/ports/networks.ts';
import type { Secret } from '../core/ports/secrets.ts';
import type { Context } from './context.ts';
import { type GraphAccess, type GraphError, graphFailure, type RefusalRule } from './graph-failures.ts';
import { deadlines, parseObject, provesNotSent, readText, retryAfter, transportFailure } from './http.ts';
import { traceSchema, wordsSchema } from './words.ts';

/** Who calls: the token, and the account whose limits the call counts against. */
export interface GraphCaller {
  token: Secret;
  remoteId: string;
}

export type GraphBody = Record<string, unknown>;
export type Parameters = Record<string, string>;

type GraphAnswer =
  | { kind: 'ok'; body: GraphBody }
  | { kind: 'error'; error: GraphError; failure: Failure }
  | { kind: 'unreadable'; detail: string; httpStatus: number };

/** How long what can wait is put off. */
const sparingWaitMs = 60 * 60_000;

const errorSchema = z.object({
  message: wordsSchema.catch('The network gave no reason.'),
  code: z.number(),
  error_subcode: z.number().nullish(),
  is_transient: z.boolean().nullish(),
  error_user_title: wordsSchema.nullish(),
  error_user_msg: wordsSchema.nullish(),
  fbtrace_id: traceSchema,
});

/** The two hosts of the Graph API. */
export interface GraphSite {
  origin: string;
  /** Whose logins its tokens come from, for a person. */
  login: 'Facebook' | 'Instagram';
}

/** Calls to Meta's Graph API. The token always travels in the Authorization header. */
export class Graph {
  readonly #context: Context;
  readonly #site: GraphSite;
  #warnedOfVersion = false;

  constructor(context: Context, site: GraphSite = { origin: context.endpoints.facebookGraph, login: 'Facebook' }) {
    this.#context = context;
    this.#site = site;
  }

  /** @throws {NetworkFailure} */
  async get(caller: GraphCaller, path: string, query: Parameters = {}, signal?: AbortSignal): Promise<GraphBody> {
    const request = new Request(this.#url(path, query), { headers: bearer(caller), redirect: 'manual', signal });
    return this.#repeatable(caller.remoteId, request, 'read');
  }

  /**
   * Like {@link get}, for what can wait: while the limit is nearly used up nothing is asked, and it fails as if it were
   * over. @throws {NetworkFailure}
   */
  async getSparingly(caller: GraphCaller, path: string, query: Parameters): Promise<GraphBody> {
    const now = this.#context.clock.now();
    if (!this.#context.rates.busy(caller.remoteId, now)) return this.get(caller, path, query);
    throw new NetworkFailure({
      class: 'rate',
      code: 'usage',
      message: 'What is left of the rate limit is kept for publishing.',
      retryAt: now + sparingWaitMs,
    });
  }

  /** Reads what is only nice to have: null when the limit is nearly used up or the read fails. */
  async tryGet(caller: GraphCaller, path: string, query: Parameters): Promise<GraphBody | null> {
    if (this.#context.rates.busy(caller.remoteId, this.#context.clock.now())) return null;
    try {
      return await this.get(caller, path, query, AbortSignal.timeout(deadlines.optionalRead));
    } catch (error) {
      this.#context.log.warn('An optional read failed', { path, error: error instanceof Error ? error.message : '' });
      return null;
    }
  }

  /** A POST that may be repeated: nothing becomes visible by it. @throws {NetworkFailure} */
  async post(caller: GraphCaller, path: string, form: Parameters | FormData, signal: AbortSignal): Promise<GraphBody> {
    const timeoutMs = form instanceof FormData ? deadlines.upload : deadlines.call;
    return this.#repeatable(caller.remoteId, this.postRequest(caller, path, form, signal), 'write', timeoutMs);
  }

  /** Removes something; when it is gone already, that is an error of the network's. @throws {NetworkFailure} */
  async delete(caller: GraphCaller, path: string): Promise<GraphBody> {
    const request = new Request(this.#url(path), { method: 'DELETE', headers: bearer(caller), redirect: 'manual' });
    return this.#repeatable(caller.remoteId, request, 'write');
  }

  postRequest(caller: GraphCaller, path: string, form: Parameters | FormData, signal?: AbortSignal): Request {
    const body = form instanceof FormData ? form : new URLSearchParams(form);
    return new Request(this.#url(path), { method: 'POST', headers: bearer(caller), body, redirect: 'manual', signal });
  }

  /**
   * A login call, which carries its secrets in its own parameters. @param path with a slash at its head it has no version
   * @throws {NetworkFailure}
   */
  async getForLogin(path: string, query: Parameters): Promise<GraphBody> {
    return this.#repeatable('login', new Request(this.#url(path, query), { redirect: 'manual' }), 'read');
  }

  /**
   * Sends the irrevocable request and judges its answer. `judge` turns a success body into an outcome,
   * or answers null when it does not say enough, which makes the outcome unknown.
   * Lets {@link GateClosed} through and throws nothing else.
   */
  async commit(
    caller: GraphCaller,
    request: Request,
    send: IrrevocableSend,
    rules: { refuses: RefusalRule; judge: (body: GraphBody) => CommitOutcome | null; effective?: RefusalRule },
  ): Promise<CommitOutcome> {
    const waiting = this.#context.rates.waiting(caller.remoteId, this.#context.clock.now());
    if (waiting !== null) return { kind: 'refused', failure: waiting };
    let answer: GraphAnswer;
    let httpStatus: number;
    try {
      const response = await send(request);
      httpStatus = response.status;
      answer = await this.#read(caller.remoteId, response, 'write');
    } catch (error) {
      if (error instanceof GateClosed) throw error;
      const failure = transportFailure(error);
      return provesNotSent(error) ? { kind: 'refused', failure } : { kind: 'unknown', detail: failure.message };
    }
    if (answer.kind === 'unreadable') return { kind: 'unknown', detail: answer.detail };
    if (answer.kind === 'ok') {
      return (
        rules.judge(answer.body) ?? { kind: 'unknown', detail: 'The network answered without saying what it did.' }
      );
    }
    if (rules.effective?.(answer.error)) return { kind: 'accepted' };
    const refused = httpStatus >= 400 && httpStatus < 500 && rules.refuses(answer.error);
    if (refused) return { kind: 'refused', failure: answer.failure };
    return { kind: 'unknown', detail: `${answer.failure.code}: ${answer.failure.message}` };
  }

  async #repeatable(
    account: string,
    request: Request,
    access: GraphAccess,
    timeoutMs = deadlines.call,
  ): Promise<GraphBody> {
    const { http, rates, clock, log } = this.#context;
    rates.check(account, clock.now());
    const response = await http(request, { timeoutMs }).catch((error: unknown) => {
      request.signal.throwIfAborted();
      throw new NetworkFailure(transportFailure(error));
    });
    const answer = await this.#read(account, response, access);
    if (answer.kind === 'ok') return answer.body;
    const failure = answer.kind === 'error' ? answer.failure : unreadableFailure(answer);
    log.warn('Graph call failed', { path: new URL(request.url).pathname, code: failure.code, trace: failure.trace });
    throw new NetworkFailure(failure);
  }

  async #read(account: string, response: Response, access: GraphAccess): Promise<GraphAnswer> {
    const { rates, clock } = this.#context;
    const now = clock.now();
    rates.note(account, response.headers, now);
    this.#watchVersion(response.headers);
    const httpStatus = response.status;
    const body = parseObject(await readText(response));
    if (body === null) return { kind: 'unreadable', httpStatus, detail: `HTTP ${httpStatus} with an unreadable body.` };
    const error = graphErrorIn(body);
    if (error !== null) {
      const retryAt = rates.blockedUntil(account, now) ?? retryAfter(response.headers, now);
      const failure = graphFailure(error, { access, httpStatus, now, retryAt, login: this.#site.login });
      // Without a named time the engine waits by the failure; a look-up may still ask what became of a post.
      if (retryAt !== null) rates.obey(account, failure);
      return { kind: 'error', error, failure };
    }
    if (!response.ok) return { kind: 'unreadable', httpStatus, detail: `HTTP ${httpStatus} without a reason.` };
    return { kind: 'ok', body };
  }

  /** A version that has died is served by the oldest living one without a word, except in this header. */
  #watchVersion(headers: Headers): void {
    const served = headers.get('facebook-api-version');
    if (served === null || served === this.#context.graphVersion || this.#warnedOfVersion) return;
    this.#warnedOfVersion = true;
    this.#context.log.warn('Meta serves another Graph version', { asked: this.#context.graphVersion, served });
  }

  #url(path: string, query: Parameters = {}): string {
    const versioned = path.startsWith('/') ? path : `/${this.#context.graphVersion}/${path}`;
    const url = new URL(versioned, this.#site.origin);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }
}

/** Graph's error object in an answer, null when there is none. */
export function graphErrorIn(body: GraphBody): GraphError | null {
  const parsed = errorSchema.safeParse(body.error);
  if (!parsed.success) return null;
  const { data } = parsed;
  const words = [data.error_user_title, data.error_user_msg].filter((part) => typeof part === 'string' && part !== '');
  return {
    message: data.message,
    code: data.code,
    subcode: data.error_subcode ?? null,
    isTransient: data.is_transient ?? false,
    userMessage: words.length === 0 ? null : words.join(': '),
    trace: data.fbtrace_id ?? null,
  };
}

/** Parses an answer's body. @throws {NetworkFailure} transient when it has another shape. */
export function parseBody<T>(schema: z.ZodType<T>, body: GraphBody): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new NetworkFailure({
    class: 'transient',
    code: 'unexpected_answer',
    message: 'Meta answered in a form that we do not know.',
  });
}

/** Every id Graph gives; numbers are not expected but would be unambiguous below 2^53. */
export const idSchema = z.object({ id: z.string().min(1) });

function bearer(caller: GraphCaller): Record<string, string> {
  return { authorization: `Bearer ${caller.token.reveal()}` };
}

function unreadableFailure(answer: { detail: string; httpStatus: number }): Failure {
  return {
    class: 'transient',
    code: `http/${answer.httpStatus}`,
    message: `Meta gave no usable answer. ${answer.detail}`,
    httpStatus: answer.httpStatus,
  };
}
