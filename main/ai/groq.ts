import { z } from 'zod';
import { AiFailure, type StructuredRequest, type TextGenerator, type Usage } from '../core/ports/index.ts';
import { judge, type Verdict } from './groq-failures.ts';
import { type AiServiceOptions, backoffMs } from './service.ts';
import { textCostMicroUsd, textModel } from './text-models.ts';

export interface GroqOptions extends AiServiceOptions {
  /** For the whole call with its retries, ms. */
  deadlineMs?: number;
}

const attemptsPerModel = 3;
const headersTimeoutMs = 60_000;

/**
 * Writes structured text with Groq. The SDK's own retries are off: they obey any `Retry-After`, cannot
 * be aborted while they wait, and do not know what 498 or a retired model means.
 */
export function createGroq(options: GroqOptions): TextGenerator {
  return {
    async generate(request) {
      const deadline = AbortSignal.timeout(options.deadlineMs ?? 180_000);
      const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
      const ask = await connect(options, request, signal);
      const startedAt = options.clock.monotonic();
      const tokens = { input: 0, output: 0 };
      try {
        for (const model of request.models) {
          const json = await askModel(options, signal, (spent) => ask(model, spent), tokens);
          if (json === undefined) {
            options.log.warn('Groq does not serve a model; trying the next', { model });
            continue;
          }
          return { json, usage: usageOf(model, tokens, options.clock.monotonic() - startedAt) };
        }
      } catch (error) {
        if (error instanceof AiFailure || !signal.aborted) throw error;
        const stopped = request.signal?.aborted === true;
        throw new AiFailure('groq', 'transient', stopped ? 'The call to Groq was stopped.' : 'Groq took too long.');
      }
      throw new AiFailure(
        'groq',
        'config',
        'Groq serves none of the chosen caption models. Choose another in Settings.',
      );
    },
  };
}

interface Tokens {
  input: number;
  output: number;
}

type Answer = { kind: 'json'; json: unknown } | Verdict;

/** Asks one model until it answers; undefined when it is not served. */
async function askModel(
  options: GroqOptions,
  signal: AbortSignal,
  ask: (spent: Tokens) => Promise<Answer>,
  tokens: Tokens,
): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(tokens);
    if (answer.kind === 'json') return answer.json;
    if (answer.kind === 'gone') return undefined;
    if (answer.kind === 'fail' || attempt === attemptsPerModel) throw answer.failure;
    await options.wait(answer.afterMs ?? backoffMs(attempt, options.random), signal);
  }
}

/** A function that makes one HTTP request and adds the tokens it used. */
async function connect(
  options: GroqOptions,
  request: StructuredRequest,
  signal: AbortSignal,
): Promise<(model: string, spent: Tokens) => Promise<Answer>> {
  const key = await options.apiKey();
  if (key === null) throw new AiFailure('groq', 'config', 'Add your Groq key in Settings → Connections.');
  const sdk = await import('groq-sdk');
  const client = new sdk.Groq({
    apiKey: key.reveal(),
    baseURL: options.baseUrl,
    maxRetries: 0,
    timeout: headersTimeoutMs,
    logLevel: 'off',
  });
  return async (model, spent) => {
    try {
      const answer: unknown = await client.chat.completions.create(bodyOf(request, model), { signal });
      return read(answer, spent);
    } catch (error) {
      signal.throwIfAborted();
      return judge(error, sdk, options.clock.now());
    }
  };
}

function bodyOf(request: StructuredRequest, model: string) {
  return {
    model,
    messages: [
      { role: 'system' as const, content: request.instructions },
      { role: 'user' as const, content: request.task },
    ],
    response_format: {
      type: 'json_schema' as const,
      json_schema: { name: request.schema.name, schema: request.schema.json, strict: true },
    },
    max_completion_tokens: request.maxOutputTokens,
    temperature: 0.6,
    ...textModel(model).settings,
  };
}

const completion = z.object({
  choices: z
    .array(z.object({ finish_reason: z.string().nullable(), message: z.object({ content: z.string().nullable() }) }))
    .min(1),
  usage: z.object({ prompt_tokens: z.number().min(0), completion_tokens: z.number().min(0) }).optional(),
});

/** A 200 may still be a login page, an error, half a sentence or prose around the JSON. */
function read(answer: unknown, spent: Tokens): Answer {
  const parsed = completion.safeParse(answer);
  if (!parsed.success) return retry('transient', 'Groq’s answer could not be read.');
  spent.input += parsed.data.usage?.prompt_tokens ?? 0;
  spent.output += parsed.data.usage?.completion_tokens ?? 0;
  const [choice] = parsed.data.choices;
  if (choice?.finish_reason === 'length') {
    return {
      kind: 'fail',
      failure: new AiFailure('groq', 'refused', 'The answer did not fit into the tokens allowed for it.'),
    };
  }
  if (choice?.finish_reason !== 'stop') return retry('refused', 'Groq ended the answer before it was complete.');
  try {
    return { kind: 'json', json: JSON.parse(choice.message.content ?? '') as unknown };
  } catch {
    return retry('refused', 'Groq did not answer with JSON.');
  }
}

function retry(kind: AiFailure['kind'], message: string): Verdict {
  return { kind: 'retry', afterMs: null, failure: new AiFailure('groq', kind, message) };
}

function usageOf(model: string, tokens: Tokens, latencyMs: number): Usage {
  return {
    model,
    inputTokens: tokens.input,
    outputTokens: tokens.output,
    images: 0,
    videos: 0,
    costMicroUsd: textCostMicroUsd(model, tokens.input, tokens.output),
    latencyMs: Math.round(latencyMs),
  };
}
