/** What a model on Groq costs and which request settings it takes. */
export interface TextModel {
  /** Millionths of a US dollar for a million tokens. */
  price: { input: number; output: number };
  settings: { reasoning_effort?: 'none' | 'low'; include_reasoning?: boolean };
}

/** Prices as Groq's price page listed them on 19 September 2026. */
const models: Record<string, TextModel> = {
  'openai/gpt-oss-120b': {
    price: { input: 150_000, output: 600_000 },
    settings: { reasoning_effort: 'low', include_reasoning: false },
  },
  'openai/gpt-oss-20b': {
    price: { input: 75_000, output: 300_000 },
    settings: { reasoning_effort: 'low', include_reasoning: false },
  },
  'qwen/qwen3.8-27b': {
    price: { input: 800_000, output: 4_000_000 },
    settings: { reasoning_effort: 'none' },
  },
};

/** A model nobody has told us about is reckoned at the highest price we know. */
const unknownModel: TextModel = { price: { input: 800_000, output: 4_000_000 }, settings: {} };

/** What is known of a model; one that is not listed is taken for an expensive one. */
export function textModel(id: string): TextModel {
  return models[id] ?? unknownModel;
}

/** Estimated price in millionths of a US dollar; reasoning tokens count as output. */
export function textCostMicroUsd(id: string, inputTokens: number, outputTokens: number): number {
  const { price } = textModel(id);
  return Math.ceil((inputTokens * price.input + outputTokens * price.output) / 1_000_000);
}
