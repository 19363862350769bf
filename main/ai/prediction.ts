import { phrase } from '../../shared/domain/phrase.ts';
import { z } from 'zod';
import { AiFailure } from '../core/ports/index.ts';
import { quoted } from './service.ts';

/** The part of Replicate's prediction object that decides something here. */
export const predictionSchema = z.object({
  id: z.string().min(1),
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  model: z.string().nullish(),
  input: z.record(z.string(), z.unknown()).nullish(),
  /** Absent while there is nothing. */
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  data_removed: z.boolean().nullish(),
  created_at: z.string(),
});
export type Prediction = z.infer<typeof predictionSchema>;

export const predictionPageSchema = z.object({
  next: z.string().nullish(),
  results: z.array(predictionSchema),
});

/** `processing` is not the end, even where output is shown already. */
export function hasEnded({ status }: Prediction): boolean {
  return status !== 'starting' && status !== 'processing';
}

/**
 * Where the file of an ended prediction is: a URL or a data URL; of several the first.
 * @throws {AiFailure} `refused` by the content filter, else `transient`: this prediction gives nothing any more
 */
export function outputOf(prediction: Prediction): string {
  if (prediction.status === 'failed') throw failed(prediction.error);
  if (prediction.status !== 'succeeded') {
    throw new AiFailure('replicate', 'transient', 'Replicate stopped before it was done.');
  }
  if (prediction.data_removed === true) {
    throw new AiFailure('replicate', 'transient', 'Replicate has deleted the result already.');
  }
  const output: unknown = Array.isArray(prediction.output) ? prediction.output[0] : prediction.output;
  if (typeof output === 'string' && output !== '') return output;
  throw new AiFailure('replicate', 'transient', 'Replicate finished without a file.');
}

/** Whether a prediction was asked for with this input; fields the service added do not count. */
export function wasAskedWith(prediction: Prediction, model: string, input: Record<string, unknown>): boolean {
  if (prediction.model !== model) return false;
  return Object.entries(input).every(([name, value]) => prediction.input?.[name] === value);
}

function failed(error: unknown): AiFailure {
  const text = typeof error === 'string' ? error : '';
  if (/nsfw|sensitive|flagged|moderat|safety|E005/i.test(text)) {
    return new AiFailure('replicate', 'refused', 'The content filter refused this picture.');
  }
  return new AiFailure(
    'replicate',
    'transient',
    phrase`Replicate could not make it: ${quoted(text) || phrase`no reason given`}`,
  );
}
