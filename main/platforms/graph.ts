import { createHmac } from 'node:crypto';
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
import {
  type GraphAccess,
  type GraphError,
  graphFailure,
  isDoubtfulDeath,
  notConfirmed,
  type RefusalRule,
} from './graph-failures.ts';
import { deadlines, parseObject, provesNotSent, readText, retryAfter, transportFailure } from './http.ts';
import { traceSchema, wordsSchema } from './words.ts';

/** Who calls: the token, and the account whose limits the call counts against. */
export interface GraphCaller {
  token: Secret;
  remoteId: string;
  /** The token is the app's own: it speaks for nobody, and needs no proof. */
  isApp?: boolean;
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
    const url = this.#url(path, { ...query, ...(await this.#proof(caller)) });
    const request = new Request(url, { headers: bearer(caller), redirect: 'manual', signal });
    return this.#repeatable(caller, request, 'read');
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
    return this.#repeatable(caller, await this.postRequest(caller, path, form, signal), 'write', timeoutMs);
  }

  /** Removes something; when it is gone already, that is an error of the network's. @throws {NetworkFailure} */
  async delete(caller: GraphCaller, path: string): Promise<GraphBody> {
    const url = this.#url(path, await this.#proof(caller));
    const request = new Request(url, { method: 'DELETE', headers: bearer(caller), redirect: 'manual' });
    return this.#repeatable(caller, request, 'write');
  }

  async postRequest(
    caller: GraphCaller,
    path: string,
    form: Parameters | FormData,
    signal?: AbortSignal,
  ): Promise<Request> {
    const body = form instanceof FormData ? form : new URLSearchParams(form);
    for (const [name, value] of Object.entries(await this.#proof(caller))) body.set(name, value);
    return new Request(this.#url(path), { method: 'POST', headers: bearer(caller), body, redirect: 'manual', signal });
  }

  /**
   * A login call, which carries its secrets in its own parameters. @param path with a slash at its head it has no version
   * @param living whose token is exchanged, where it lived until now @throws {NetworkFailure}
   */
  async getForLogin(path: string, query: Parameters, living?: GraphCaller): Promise<GraphBody> {
    return this.#repeatable(living ?? null, new Request(this.#url(path, query), { redirect: 'manual' }), 'read');
  }

  /**
   * What a failure comes to when one answer called the login over. Such answers have come by mistake: unless it names an
   * unmistakable reason, another read has to say so too. Nothing else decides that a login of Meta's is over.
   */
  async confirmed(caller: GraphCaller, failure: Failure): Promise<Failure> {
    if (!isDoubtfulDeath(failure)) return failure;
    const { http, clock, log } = this.#context;
    try {
      const fields = this.#site.login === 'Instagram' ? 'user_id' : 'id';
      const url = this.#url('me', { fields, ...(await this.#proof(caller)) });
      const request = new Request(url, { headers: bearer(caller), redirect: 'manual' });
      const response = await http(request, { timeoutMs: deadlines.call });
      const answer = await this.#read(caller.remoteId, response, 'read');
      if (answer.kind === 'error' && answer.failure.class === 'token') return answer.failure;
    } catch (error) {
      log.warn('A login could not be asked about again', { error: transportFailure(error).code, at: clock.now() });
    }
    return notConfirmed(failure, this.#site.login);
  }

  /**
   * That the caller holds the app's secret, as Meta describes `appsecret_proof`: an agency can make it mandatory for its app.
   * Instagram's own login has none.
   */
  async #proof({ token, isApp }: GraphCaller): Promise<Parameters> {
    if (this.#site.login === 'Instagram' || isApp === true) return {};
    const { meta } = await this.#context.credentials();
    if (meta === undefined) return {};
    const proof = createHmac('sha256', meta.appSecret.reveal()).update(token.reveal()).digest('hex');
    return { appsecret_proof: proof };
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
    if (refused) {
      const failure = await this.confirmed(caller, answer.failure);
      // What was said of a login that is good after all proves nothing about the post either.
      return failure.class === answer.failure.class
        ? { kind: 'refused', failure }
        : { kind: 'unknown', detail: `${failure.code}: ${failure.message}` };
    }
    return { kind: 'unknown', detail: `${answer.failure.code}: ${answer.failure.message}` };
  }

  /** @param caller null where there is no token yet */
  async #repeatable(
    caller: GraphCaller | null,
    request: Request,
    access: GraphAccess,
    timeoutMs = deadlines.call,
  ): Promise<GraphBody> {
    const { http, rates, clock, log } = this.#context;
    const account = caller?.remoteId ?? 'login';
    rates.check(account, clock.now());
    const response = await http(request, { timeoutMs }).catch((error: unknown) => {
      request.signal.throwIfAborted();
      throw new NetworkFailure(transportFailure(error));
    });
    const answer = await this.#read(account, response, access);
    if (answer.kind === 'ok') return answer.body;
    const failure = answer.kind === 'error' ? answer.failure : unreadableFailure(answer);
    log.warn('Graph call failed', { path: new URL(request.url).pathname, code: failure.code, trace: failure.trace });
    throw new NetworkFailure(caller === null ? failure : await this.confirmed(caller, failure));
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
