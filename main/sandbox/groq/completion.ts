import { createHash, randomUUID } from 'node:crypto';
import type { GroqModel } from './catalogue.ts';
import { type ChatRequest, countImages, textOf } from './chat-request.ts';
import { generate, generateCaption } from './content/generate.ts';

/** Token counts of one answer; reasoning is part of `completion`. */
export interface TokenCounts {
  prompt: number;
  completion: number;
  reasoning: number;
}

/** What a well-behaved model writes: a value for the schema, or text. */
export function writeContent(request: ChatRequest): unknown {
  const text = textOf(request);
  const format = request.response_format;
  if (format?.type === 'json_schema') return generate(format.json_schema.schema, text);
  const caption = generateCaption(text);
  return format?.type === 'json_object' ? { caption } : caption;
}

/** An estimate: four characters a token, 2048 tokens an image. */
export function countPromptTokens(request: ChatRequest): number {
  return tokensOf(textOf(request)) + request.messages.length * 4 + countImages(request) * 2_048 + schemaTokens(request);
}

export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Tokens spent on thinking before the answer, by effort. */
export function reasoningTokens(request: ChatRequest, model: GroqModel): number {
  if (model.reasoningEffort.length === 0) return 0;
  return { none: 0, low: 40, default: 160, medium: 160, high: 640 }[request.reasoning_effort ?? 'medium'];
}

/** Price in micro-USD. */
export function priceOf(model: GroqModel, tokens: TokenCounts): number {
  return Math.ceil((tokens.prompt * model.price.input + tokens.completion * model.price.output) / 1_000_000);
}

/** The body of a chat completion with the fields the live service sends. Times inside `usage` are seconds. */
export function completionBody(
  request: ChatRequest,
  content: string | null,
  tokens: TokenCounts,
  more: { finishReason: 'stop' | 'length'; createdAt: number },
): Record<string, unknown> {
  const promptTime = round(tokens.prompt / 20_000);
  const completionTime = round(tokens.completion / 500);
  const shown = tokens.reasoning > 0 && request.include_reasoning !== false && request.reasoning_format !== 'hidden';
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(more.createdAt / 1000),
    model: request.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content,
          ...(shown
            ? { reasoning: 'Read the brand voice, take each slot in turn, keep every caption different.' }
            : {}),
        },
        logprobs: null,
        finish_reason: more.finishReason,
      },
    ],
    usage: {
      queue_time: 0.041,
      prompt_tokens: tokens.prompt,
      prompt_time: promptTime,
      completion_tokens: tokens.completion,
      completion_time: completionTime,
      total_tokens: tokens.prompt + tokens.completion,
      total_time: round(promptTime + completionTime),
      ...(tokens.reasoning > 0 ? { completion_tokens_details: { reasoning_tokens: tokens.reasoning } } : {}),
    },
    usage_breakdown: null,
    system_fingerprint: `fp_${sha256(request.model).slice(0, 10)}`,
    service_tier: 'on_demand',
    x_groq: { id: requestId(), ...(request.seed == null ? {} : { seed: request.seed }) },
  };
}

export function requestId(): string {
  return `req_${randomUUID().replaceAll('-', '').slice(0, 26)}`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function schemaTokens(request: ChatRequest): number {
  return request.response_format?.type === 'json_schema' ? tokensOf(JSON.stringify(request.response_format)) : 0;
}

function round(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e9;
}
