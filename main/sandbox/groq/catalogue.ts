/** One entry of Groq's model list with the abilities that decide whether a request is accepted. */
export interface GroqModel {
  id: string;
  ownedBy: string;
  contextWindow: number;
  maxCompletionTokens: number;
  /** `strict`: constrained decoding; `loose`: json_schema with strict false only; `none`: 400. */
  jsonSchema: 'strict' | 'loose' | 'none';
  reasoningEffort: readonly string[];
  /** Images accepted in one request; 0 means the model does not see. */
  maxImages: number;
  /** Price in micro-USD per million tokens. */
  price: { input: number; output: number };
}

const gptOssEffort = ['low', 'medium', 'high'];

/** The models Groq serves in November 2026, as its model list and price page show them. */
export const catalogue: readonly GroqModel[] = [
  {
    id: 'openai/gpt-oss-120b',
    ownedBy: 'OpenAI',
    contextWindow: 131_072,
    maxCompletionTokens: 65_536,
    jsonSchema: 'strict',
    reasoningEffort: gptOssEffort,
    maxImages: 0,
    price: { input: 150_000, output: 600_000 },
  },
  {
    id: 'openai/gpt-oss-20b',
    ownedBy: 'OpenAI',
    contextWindow: 131_072,
    maxCompletionTokens: 65_536,
    jsonSchema: 'strict',
    reasoningEffort: gptOssEffort,
    maxImages: 0,
    price: { input: 75_000, output: 300_000 },
  },
  {
    id: 'qwen/qwen3.8-27b',
    ownedBy: 'Alibaba Cloud',
    contextWindow: 131_042,
    maxCompletionTokens: 16_384,
    jsonSchema: 'strict',
    reasoningEffort: ['none', 'default', 'low', 'medium', 'high'],
    maxImages: 3,
    price: { input: 800_000, output: 4_000_000 },
  },
  {
    id: 'openai/gpt-oss-safeguard-20b',
    ownedBy: 'OpenAI',
    contextWindow: 131_072,
    maxCompletionTokens: 65_536,
    jsonSchema: 'loose',
    reasoningEffort: gptOssEffort,
    maxImages: 0,
    price: { input: 75_000, output: 300_000 },
  },
  {
    id: 'groq/compound',
    ownedBy: 'Groq',
    contextWindow: 131_072,
    maxCompletionTokens: 8_192,
    jsonSchema: 'none',
    reasoningEffort: [],
    maxImages: 0,
    price: { input: 150_000, output: 600_000 },
  },
  {
    id: 'meta-llama/llama-prompt-guard-2-86m',
    ownedBy: 'Meta',
    contextWindow: 512,
    maxCompletionTokens: 512,
    jsonSchema: 'none',
    reasoningEffort: [],
    maxImages: 0,
    price: { input: 40_000, output: 40_000 },
  },
];

/** Undefined for ids that never existed and for retired ones alike: Groq answers both with 404 `model_not_found`. */
export function findModel(id: string): GroqModel | undefined {
  return catalogue.find((model) => model.id === id);
}
