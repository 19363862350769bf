import { Hono } from 'hono';
import {
  addControls,
  Faults,
  Ledger,
  listen,
  operation,
  type SimulatorContext,
  type SimulatorEnv,
  type SimulatorOptions,
} from '../simulator.ts';
import { catalogue, findModel, type GroqModel } from './catalogue.ts';
import { type ChatRequest, parseChatRequest, textOf } from './chat-request.ts';
import * as completion from './completion.ts';
import { developerPlan, type GroqLimits, ModelLimits } from './limits.ts';
import { answerFaults, html, misbehave, refusalFor, truncatedGeneration } from './misbehaviour.ts';
import { invalidRequest, modelNotFound, Refusal } from './refusal.ts';

export interface GroqSimulatorOptions extends SimulatorOptions {
  /** Keys that are let in. */
  apiKeys: string[];
}

/** May be changed while the simulator runs. */
export interface GroqSettings {
  /** The plan's limits, for each model. */
  limits: GroqLimits;
  /** How long an answer takes, in real milliseconds. */
  latencyMs: number;
}

/** Its operations, for faults and the ledger: `groq.chat`, `groq.models`. */
export interface GroqSimulator {
  /** Base URL for the SDK: without `/openai/v1`. */
  origin: string;
  faults: Faults;
  ledger: Ledger;
  settings: GroqSettings;
  close(): Promise<void>;
}

/**
 * Runs a stand-in for api.groq.com on loopback: same paths, checks, headers and answers. Content is
 * derived from the request, so the same request gets the same words. Nothing is streamed.
 */
export async function startGroqSimulator(options: GroqSimulatorOptions): Promise<GroqSimulator> {
  const simulator = {
    now: options.now,
    faults: new Faults(),
    ledger: new Ledger(options.dir, 'groq'),
    settings: { limits: developerPlan, latencyMs: 0 } satisfies GroqSettings as GroqSettings,
    apiKeys: options.apiKeys,
    limits: new Map<string, ModelLimits>(),
  };
  const app = routes(simulator);
  addControls(app, simulator);
  const { url, close } = await listen(app, { dir: options.dir, name: 'groq' });
  return { origin: url, faults: simulator.faults, ledger: simulator.ledger, settings: simulator.settings, close };
}

interface Running {
  now: () => number;
  faults: Faults;
  ledger: Ledger;
  settings: GroqSettings;
  apiKeys: string[];
  limits: Map<string, ModelLimits>;
}

function routes(simulator: Running): Hono<SimulatorEnv> {
  const app = new Hono<SimulatorEnv>();
  const models = operation(simulator, 'groq.models', (c) => guarded(simulator, c, () => listModels(c)));
  app.post(
    '/openai/v1/chat/completions',
    operation(simulator, 'groq.chat', (c, detail) => guarded(simulator, c, () => chat(simulator, c, detail))),
  );
  app.get('/openai/v1/models', models);
  app.get('/openai/v1/models/:id{.+}', models);
  app.notFound((c) =>
    new Refusal(404, {
      message: `Unknown request URL: ${c.req.method} ${c.req.path}. Please check the URL for typos, or see the docs at https://console.groq.com/docs/`,
      type: 'invalid_request_error',
      code: 'unknown_url',
    }).toResponse(commonHeaders()),
  );
  return app;
}

async function guarded(
  simulator: Running,
  c: SimulatorContext,
  handler: () => Promise<Response> | Response,
): Promise<Response> {
  try {
    requireKey(simulator, c);
    return await handler();
  } catch (error) {
    if (error instanceof Refusal) return error.toResponse(commonHeaders());
    throw error;
  }
}

function requireKey(simulator: Running, c: SimulatorContext): void {
  const key = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (key !== undefined && simulator.apiKeys.includes(key)) return;
  throw new Refusal(401, { message: 'Invalid API Key', type: 'invalid_request_error', code: 'invalid_api_key' });
}

async function chat(simulator: Running, c: SimulatorContext, detail: Record<string, unknown>): Promise<Response> {
  const body = await c.req.text();
  detail.requestHash = completion.sha256(body);
  const { request, model } = parseChatRequest(parseBody(body));
  const limits = limitsOf(simulator, model);
  const headers = (): Record<string, string> => ({ ...commonHeaders(), ...limits.headers() });
  detail.model = model.id;
  try {
    const refusal = refusalFor(simulator.faults, model.id, limits);
    if (refusal instanceof Response) return refusal;
    if (refusal !== undefined) throw refusal;
    limits.admit(completion.countPromptTokens(request));
    await new Promise((resolve) => setTimeout(resolve, simulator.settings.latencyMs));
    const answered = complete(simulator, request, model, detail);
    limits.settle((detail.completionTokens as number | undefined) ?? 0);
    return deliver(simulator, c, answered, headers());
  } catch (error) {
    if (error instanceof Refusal) return error.toResponse(headers());
    throw error;
  }
}

/** Writes the answer's body and notes what it would have cost. */
function complete(
  simulator: Running,
  request: ChatRequest,
  model: GroqModel,
  detail: Record<string, unknown>,
): Record<string, unknown> {
  const { content, fault } = misbehave(simulator.faults, completion.writeContent(request), textOf(request));
  const reasoning = completion.reasoningTokens(request, model);
  const allowed = request.max_completion_tokens ?? request.max_tokens ?? model.maxCompletionTokens;
  const wanted = reasoning + completion.tokensOf(content);
  const tokens = {
    prompt: completion.countPromptTokens(request),
    completion: Math.min(wanted, allowed),
    reasoning: Math.min(reasoning, allowed),
  };
  const microUsd = completion.priceOf(model, tokens);
  Object.assign(detail, {
    promptTokens: tokens.prompt,
    completionTokens: tokens.completion,
    microUsd,
    contentFault: fault,
  });
  const isJson = (request.response_format?.type ?? 'text') !== 'text';
  if (wanted > allowed && isJson) throw truncatedGeneration();
  const room = Math.max(0, allowed - reasoning) * 4;
  return completion.completionBody(request, wanted > allowed ? content.slice(0, room) : content, tokens, {
    finishReason: wanted > allowed ? 'length' : 'stop',
    createdAt: simulator.now(),
  });
}

/** Sends the body, unless an answer fault has other plans. */
function deliver(
  simulator: Running,
  c: SimulatorContext,
  body: Record<string, unknown>,
  headers: Record<string, string>,
): Response {
  const fault = simulator.faults.take('groq.chat', ...answerFaults);
  const choice = (body.choices as { message: { content: string | null }; finish_reason: string }[])[0];
  switch (fault?.kind) {
    case 'finish-length':
      if (choice !== undefined) {
        choice.finish_reason = 'length';
        choice.message.content = choice.message.content?.slice(0, 40) ?? null;
      }
      break;
    case 'content-null':
      if (choice !== undefined) choice.message.content = null;
      break;
    case 'html-200':
      return html('<html><body><h1>Welcome to Airport Wi-Fi</h1><form action="/login"></form></body></html>', 200);
    case 'error-200':
      return Response.json({ error: { message: 'Internal Server Error', type: 'internal_server_error' } }, { headers });
    case 'empty-body':
      return new Response('', { headers: { ...headers, 'content-type': 'application/json' } });
    case 'stall-body':
    case 'reset-body':
      return unfinished(c, JSON.stringify(body), headers, fault.kind === 'reset-body');
  }
  return Response.json(body, { headers });
}

/** Sends the first half of the body, then nothing more, or cuts the connection. */
function unfinished(c: SimulatorContext, body: string, headers: Record<string, string>, reset: boolean): Response {
  const half = new TextEncoder().encode(body.slice(0, Math.floor(body.length / 2)));
  let sent = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!sent) {
        sent = true;
        controller.enqueue(half);
        return undefined;
      }
      if (reset) setImmediate(() => c.env.incoming.socket.destroy());
      return new Promise<void>(() => undefined);
    },
  });
  return new Response(stream, { headers: { ...headers, 'content-type': 'application/json' } });
}

function listModels(c: SimulatorContext): Response {
  const id = c.req.param('id');
  if (id === undefined)
    return Response.json({ object: 'list', data: catalogue.map(modelBody) }, { headers: commonHeaders() });
  const model = findModel(id);
  if (model === undefined) throw modelNotFound(id);
  return Response.json(modelBody(model), { headers: commonHeaders() });
}

function modelBody(model: GroqModel): Record<string, unknown> {
  return {
    id: model.id,
    object: 'model',
    created: 1_754_407_957,
    owned_by: model.ownedBy,
    active: true,
    context_window: model.contextWindow,
    public_apps: null,
    max_completion_tokens: model.maxCompletionTokens,
  };
}

function limitsOf(simulator: Running, model: GroqModel): ModelLimits {
  const known = simulator.limits.get(model.id) ?? new ModelLimits(model.id, simulator.settings, simulator.now);
  simulator.limits.set(model.id, known);
  return known;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalidRequest('The request body is not valid JSON.');
  }
}

function commonHeaders(): Record<string, string> {
  return {
    'cache-control': 'private, max-age=0, no-store, no-cache, must-revalidate',
    'x-request-id': completion.requestId(),
  };
}
