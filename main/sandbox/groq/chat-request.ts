import { z } from 'zod';
import { findModel, type GroqModel } from './catalogue.ts';
import { jsonSchema, requireStrict } from './json-schema.ts';
import { invalidRequest, modelNotFound } from './refusal.ts';

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({
    url: z.string().regex(/^(https?:|data:image\/)/, 'must be an http(s) URL or an image data URL'),
    detail: z.enum(['auto', 'low', 'high']).optional(),
  }),
});

const message = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(z.union([textPart, imagePart])).min(1)]),
});

const responseFormat = z.union([
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores or dashes'),
      description: z.string().optional(),
      schema: jsonSchema,
      strict: z.boolean().nullish(),
    }),
  }),
]);

const chatRequest = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  max_completion_tokens: z.number().int().positive().nullish(),
  max_tokens: z.number().int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  n: z.number().int().nullish(),
  seed: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
  service_tier: z.enum(['auto', 'on_demand', 'flex', 'performance']).nullish(),
  response_format: responseFormat.nullish(),
  tools: z
    .array(z.looseObject({ type: z.literal('function') }))
    .max(128)
    .nullish(),
  tool_choice: z.unknown().optional(),
  parallel_tool_calls: z.boolean().nullish(),
  disable_tool_validation: z.boolean().optional(),
  reasoning_effort: z.enum(['none', 'default', 'low', 'medium', 'high']).nullish(),
  reasoning_format: z.enum(['hidden', 'raw', 'parsed']).nullish(),
  include_reasoning: z.boolean().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  store: z.boolean().nullish(),
});

export type ChatRequest = z.infer<typeof chatRequest>;

/** Parameters that Groq's API lists but no model takes. */
const unsupported = ['frequency_penalty', 'presence_penalty', 'logit_bias', 'logprobs', 'top_logprobs'];

/**
 * Checks a chat completion request as Groq's API reference describes it.
 * @throws Refusal 400 for anything undocumented or contradictory, 404 for a model that is not served.
 */
export function parseChatRequest(body: unknown): { request: ChatRequest; model: GroqModel } {
  const present = unsupported.find((name) => isObject(body) && body[name] !== undefined && body[name] !== null);
  if (present !== undefined)
    throw invalidRequest(`\`${present}\` is not supported with this model`, { param: present });
  const parsed = chatRequest.safeParse(body);
  if (!parsed.success) throw invalidRequest(describe(parsed.error), { param: parsed.error.issues[0]?.path.join('.') });
  const request = parsed.data;
  const model = findModel(request.model);
  if (model === undefined) throw modelNotFound(request.model);
  requireOneAnswer(request);
  requireFittingModel(request, model);
  requireFittingFormat(request, model);
  return { request, model };
}

/** All the text of a request's messages, in order. */
export function textOf(request: ChatRequest): string {
  return request.messages
    .map(({ content }) =>
      typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
    )
    .join('\n\n');
}

export function countImages(request: ChatRequest): number {
  return request.messages
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .filter((part) => part.type === 'image_url').length;
}

function requireOneAnswer(request: ChatRequest): void {
  if (request.n !== undefined && request.n !== null && request.n !== 1) {
    throw invalidRequest("'n' : number must be at most 1", { param: 'n' });
  }
}

function requireFittingModel(request: ChatRequest, model: GroqModel): void {
  const effort = request.reasoning_effort;
  if (effort !== undefined && effort !== null && !model.reasoningEffort.includes(effort)) {
    const allowed = model.reasoningEffort.map((value) => `\`${value}\``).join(', ');
    throw invalidRequest(
      allowed === ''
        ? '`reasoning_effort` is not supported with this model'
        : `\`reasoning_effort\` must be one of ${allowed}`,
      { param: 'reasoning_effort' },
    );
  }
  const wanted = request.max_completion_tokens ?? request.max_tokens ?? 0;
  if (wanted > model.maxCompletionTokens) {
    throw invalidRequest(
      `\`max_completion_tokens\` must be less than or equal to \`${model.maxCompletionTokens}\`, the maximum value for \`max_completion_tokens\` is less than the \`context_window\` for this model`,
      { param: 'max_completion_tokens' },
    );
  }
  const images = countImages(request);
  if (images > 0 && model.maxImages === 0) throw invalidRequest('this model does not support image inputs');
  if (images > model.maxImages)
    throw invalidRequest(`Too many images provided. This model supports up to ${model.maxImages} images`);
}

function requireFittingFormat(request: ChatRequest, model: GroqModel): void {
  const { reasoning_format: reasoning, include_reasoning: include } = request;
  if (reasoning != null && include != null) {
    throw invalidRequest('cannot specify both `reasoning_format` and `include_reasoning`');
  }
  if (reasoning != null && model.id.startsWith('openai/gpt-oss')) {
    throw invalidRequest('`reasoning_format` is not supported with this model', { param: 'reasoning_format' });
  }
  const format = request.response_format ?? { type: 'text' as const };
  const tools = (request.tools ?? []).length > 0;
  if (reasoning === 'raw' && (format.type !== 'text' || tools)) {
    throw invalidRequest('`reasoning_format` `raw` is not supported with JSON mode or tools');
  }
  if (request.stream === true && format.type === 'text') throw invalidRequest('this sandbox does not stream');
  if (format.type === 'text') return;
  if (request.stream === true)
    throw invalidRequest('response_format is not supported with streaming', { param: 'stream' });
  if (tools) throw invalidRequest('json mode cannot be combined with tool/function calling', { param: 'tools' });
  if (format.type === 'json_object') requireWordJson(request);
  else requireSchemaSupport(format.json_schema, model);
}

function requireWordJson(request: ChatRequest): void {
  if (!/json/i.test(textOf(request))) {
    throw invalidRequest(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
}

function requireSchemaSupport(
  format: { schema: z.infer<typeof jsonSchema>; strict?: boolean | null },
  model: GroqModel,
): void {
  const strict = format.strict === true;
  if (model.jsonSchema === 'none' || (strict && model.jsonSchema === 'loose')) {
    throw invalidRequest(
      'This model does not support response format `json_schema`. See supported models at https://console.groq.com/docs/structured-outputs#supported-models',
      { param: 'response_format' },
    );
  }
  if (strict) requireStrict(format.schema);
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const at = [...issue.path, issue.keys[0]].join('.');
    return `property '${at}' is unsupported`;
  }
  return `'${issue?.path.join('.') ?? ''}' : ${issue?.message ?? 'invalid request'}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
