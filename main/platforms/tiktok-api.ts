import { z } from 'zod';
import { type Failure, NetworkFailure } from '../core/ports/networks.ts';
import type { Secret } from '../core/ports/secrets.ts';
import { CallWindow } from './call-window.ts';
import type { Context } from './context.ts';
import { deadlines, parseObject, readText, retryAfter, transportFailure } from './http.ts';
import { oauthFailure, tiktokFailure } from './tiktok-failures.ts';
import { traceSchema, wordsSchema } from './words.ts';

interface TikTokCaller {
  token: Secret;
  remoteId: string;
}

/** `data` of an answer, and the answer's text for numbers that JSON cannot carry exactly. */
interface TikTokAnswer {
  data: Record<string, unknown>;
  text: string;
}

const envelopeSchema = z.object({
  data: z.record(z.string(), z.unknown()).catch({}),
  error: z.object({ code: z.string(), message: wordsSchema.catch(''), log_id: traceSchema }),
});
const flatErrorSchema = z.object({
  error: z.string().min(1),
  error_description: wordsSchema.catch(''),
  log_id: traceSchema,
});

const publishPath = '/v2/post/publish';
export const inboxInitPath = `${publishPath}/inbox/video/init/`;
export const directInitPath = `${publishPath}/video/init/`;
export const creatorInfoPath = `${publishPath}/creator_info/query/`;
export const statusPath = `${publishPath}/status/fetch/`;

/** Posts that may be announced for one user token within a minute, by TikTok's Content Posting reference. */
export const initsPerMinute = 6;
/** The same reference's bounds on what is only asked. */
const asksPerMinute = { [creatorInfoPath]: 20, [statusPath]: 30 };

/** Calls to TikTok's v2 API. Success is what the envelope says, not the HTTP status. */
export class TikTokApi {
  readonly #context: Context;
  readonly #windows = new Map(Object.entries(asksPerMinute).map(([path, most]) => [path, new CallWindow(most)]));

  constructor(context: Context) {
    this.#context = context;
  }

  /** UTC ms from which one more call of this kind fits into its minute; null for now. @param spared calls left to others */
  freeFrom(remoteId: string, path: string, spared = 0): number | null {
    const { clock } = this.#context;
    const waitMs = this.#windows.get(path)?.freeInMs(remoteId, clock.monotonic(), spared) ?? 0;
    return waitMs === 0 ? null : clock.now() + waitMs;
  }

  /** POSTs JSON with the account's token. @throws {NetworkFailure} */
  async post(caller: TikTokCaller, path: string, body: object, signal?: AbortSignal): Promise<TikTokAnswer> {
    const headers = { authorization: bearer(caller), 'content-type': 'application/json; charset=UTF-8' };
    const init = { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual', signal } as const;
    return this.#call(caller, new Request(this.#url(path), init));
  }

  /** @throws {NetworkFailure} */
  async get(caller: TikTokCaller, path: string, query: Record<string, string>): Promise<TikTokAnswer> {
    const url = `${this.#url(path)}?${new URLSearchParams(query)}`;
    return this.#call(caller, new Request(url, { headers: { authorization: bearer(caller) }, redirect: 'manual' }));
  }

  /** POSTs a form to an OAuth endpoint, whose errors are flat and may come with HTTP 200. @throws {NetworkFailure} */
  async oauth(path: string, form: Record<string, string>): Promise<Record<string, unknown>> {
    const init = { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' } as const;
    const response = await this.#send(new Request(this.#url(path), init));
    const text = await readText(response);
    const body = text === '' ? {} : parseObject(text);
    const error = flatErrorSchema.safeParse(body).data;
    if (error !== undefined) {
      const { error: code, error_description: message, log_id: logId } = error;
      throw this.#failed(path, oauthFailure({ code, message, logId: logId ?? null }, response.status));
    }
    if (body === null || !response.ok) throw this.#failed(path, unreadable(response.status));
    return body;
  }

  async #call(caller: TikTokCaller, request: Request): Promise<TikTokAnswer> {
    const { rates, clock } = this.#context;
    rates.check(caller.remoteId, clock.now());
    const path = new URL(request.url).pathname;
    this.#count(caller.remoteId, path);
    const response = await this.#send(request);
    const text = await readText(response);
    const envelope = envelopeSchema.safeParse(parseObject(text)).data;
    if (text === null || envelope === undefined) throw this.#failed(path, unreadable(response.status));
    const { code, message, log_id: logId } = envelope.error;
    if (code === 'ok' && response.ok) return { data: envelope.data, text };
    const now = clock.now();
    const error = { code, message, logId: logId ?? null };
    const failure = tiktokFailure(error, response.status, now, retryAfter(response.headers, now));
    // Only the request window concerns every call; a cap on posts must not stop look-ups.
    if (code === 'rate_limit_exceeded') rates.obey(caller.remoteId, failure);
    throw this.#failed(path, failure);
  }

  /** Counts a call before it is made, which TikTok would refuse if it were one too many. @throws {NetworkFailure} `rate` */
  #count(remoteId: string, path: string): void {
    const retryAt = this.freeFrom(remoteId, path);
    if (retryAt !== null) throw new NetworkFailure(oneTooMany(retryAt));
    this.#windows.get(path)?.count(remoteId, this.#context.clock.monotonic());
  }

  async #send(request: Request): Promise<Response> {
    return this.#context.http(request, { timeoutMs: deadlines.call }).catch((error: unknown) => {
      request.signal.throwIfAborted();
      throw new NetworkFailure(transportFailure(error));
    });
  }

  #failed(path: string, failure: Failure): NetworkFailure {
    this.#context.log.warn('TikTok call failed', { path, code: failure.code, trace: failure.trace });
    return new NetworkFailure(failure);
  }

  #url(path: string): string {
    return new URL(path, this.#context.endpoints.tiktokApi).href;
  }
}

/** Parses the data of an answer. @throws {NetworkFailure} transient when it has another shape. */
export function parseData<T>(schema: z.ZodType<T>, data: Record<string, unknown>): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new NetworkFailure({
    class: 'transient',
    code: 'unexpected_answer',
    message: 'TikTok answered in a form that we do not know.',
  });
}

/** @param retryAt UTC ms */
export function oneTooMany(retryAt: number): Failure {
  const message = 'TikTok answers only so many questions about an account within a minute. Ask again in a moment.';
  return { class: 'rate', code: 'window', message, retryAt };
}

function bearer(caller: TikTokCaller): string {
  return `Bearer ${caller.token.reveal()}`;
}

function unreadable(httpStatus: number): Failure {
  const message = `TikTok gave no usable answer (HTTP ${httpStatus}).`;
  return { class: 'transient', code: `http/${httpStatus}`, message, httpStatus };
}
