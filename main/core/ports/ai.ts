/** What a call cost. `costMicroUsd` is estimated from listed prices, in millionths of a US dollar. */
export interface Usage {
  model: string;
  inputTokens: number;
  outputTokens: number;
  images: number;
  videos: number;
  costMicroUsd: number;
  latencyMs: number;
}

export interface StructuredRequest {
  /** Model ids in order of preference; the next is used when the service no longer has one. */
  models: readonly string[];
  /** Fixed instructions first, so that the service can cache them. */
  instructions: string;
  /** What is to be done now, data as quoted JSON. */
  task: string;
  /** Name and JSON schema of the answer: types, enums, items and required only. */
  schema: { name: string; json: Record<string, unknown> };
  maxOutputTokens: number;
  signal?: AbortSignal;
}

/** Writes text as JSON of a given schema. The answer's shape is still to be checked by the caller. */
export interface TextGenerator {
  /** @throws {AiFailure} */
  generate(request: StructuredRequest): Promise<{ json: unknown; usage: Usage }>;
}

export interface RenderRequest {
  kind: 'image' | 'video';
  /** `owner/name`. */
  model: string;
  prompt: string;
  aspect: '4:5' | '1:1' | '9:16';
  /** UTC ms at which the intent was written down; an orphan is looked for from here. */
  intendedAt: number;
  /** Prediction to go on with, when one was created before a crash. */
  predictionId: string | null;
  /** An earlier creation whose answer was lost may exist: look for it before creating another. */
  mayExist: boolean;
  /** Called with the prediction's id as soon as it exists, and awaited before anything else. */
  onCreated(predictionId: string): Promise<void>;
  signal?: AbortSignal;
}

/** Makes one image or video; never pays twice for one intent. */
export interface MediaGenerator {
  /** The downloaded bytes. @throws {AiFailure} */
  render(request: RenderRequest): Promise<{ bytes: Uint8Array; usage: Usage }>;
  /** Estimated price of one such call in millionths of a US dollar. */
  estimateMicroUsd(kind: 'image' | 'video', model: string): number;
}

/**
 * How an AI call ended without a result.
 * - `transient`: try again later
 * - `rate`: not before `retryAt`
 * - `quota`: the day's allowance or the credit is used up
 * - `config`: key or model wrong; a person must act
 * - `refused`: the content filter or the schema refused it
 * - `unknown`: may have been paid for; look it up before anything is sent again
 */
export type AiFailureKind = 'transient' | 'rate' | 'quota' | 'config' | 'refused' | 'unknown';

/** The message is for a person and holds no secret. */
export class AiFailure extends Error {
  override name = 'AiFailure';
  readonly kind: AiFailureKind;
  readonly provider: 'groq' | 'replicate';
  /** UTC ms, for `rate` and `quota`. */
  readonly retryAt: number | null;

  constructor(provider: 'groq' | 'replicate', kind: AiFailureKind, message: string, retryAt: number | null = null) {
    super(message);
    this.provider = provider;
    this.kind = kind;
    this.retryAt = retryAt;
  }
}
