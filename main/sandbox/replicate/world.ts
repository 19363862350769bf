import { createHash, randomBytes } from 'node:crypto';
import { Faults, Ledger, PersistentState, type SimulatorOptions } from '../simulator.ts';
import { TokenBucket } from '../token-bucket.ts';
import { imageSize, outputCount, priceOf, type ReplicateModel } from './models.ts';
import { type Ending, isFinal, type OutputFile, type Prediction, statusAt } from './prediction.ts';

/** May be changed while the simulator runs; a prediction keeps what was set when it was created. */
export interface ReplicateSettings {
  /** From creation to `processing`, in ms of the injected clock. */
  startingMs: number;
  /** From `processing` to the end, in ms of the injected clock. */
  processingMs: { image: number; video: number };
  /** Reads that find a prediction unfinished, instead of the clock; null lets the clock decide. */
  stepsUntilDone: number | null;
  /** Added to every time shown, as a service with a wrong clock would. */
  clockSkewMs: number;
  /** Predictions that may be created, and other requests, per minute. */
  limits: { create: number; other: number };
}

/** One charge. `inputHash` is the SHA-256 of model and input. */
export interface Billed {
  model: string;
  predictionId: string;
  inputHash: string;
  microUsd: number;
}

/** Faults that decide how a prediction will end; taken when it is created. */
export const endingFaults = [
  'nsfw',
  'e005',
  'failed', // value: the error text
  'out-of-memory',
  'aborted',
  'stuck', // in `starting` for ever
  'null-output',
  'empty-output',
  'odd-output',
  'early-output', // output is there while the status is still `processing`
] as const;

/** Everything the simulator knows: predictions on disk, counters in memory. */
export class World {
  readonly now: () => number;
  readonly faults = new Faults();
  readonly ledger: Ledger;
  readonly settings: ReplicateSettings = {
    startingMs: 50,
    processingMs: { image: 300, video: 800 },
    stepsUntilDone: null,
    clockSkewMs: 0,
    limits: { create: 600, other: 3_000 },
  };
  readonly #state: PersistentState<{ predictions: Prediction[] }>;
  readonly #creates: TokenBucket;
  readonly #others: TokenBucket;

  constructor(options: SimulatorOptions) {
    this.now = options.now;
    this.#state = new PersistentState(options.dir, 'replicate', { predictions: [] });
    this.ledger = new Ledger(options.dir, 'replicate');
    this.#creates = new TokenBucket(() => this.settings.limits.create, 60_000, options.now);
    this.#others = new TokenBucket(() => this.settings.limits.other, 60_000, options.now);
  }

  /** Oldest first. */
  get predictions(): readonly Prediction[] {
    return this.#state.value.predictions;
  }

  find(id: string): Prediction | undefined {
    return this.predictions.find((prediction) => prediction.id === id);
  }

  bucket(kind: 'create' | 'other'): TokenBucket {
    return kind === 'create' ? this.#creates : this.#others;
  }

  /** Creates, saves and bills a prediction. Only one that never starts costs nothing. */
  create(model: ReplicateModel, input: Record<string, unknown>, cancelAfterMs: number | null): Prediction {
    const prediction = this.#plan(model, input, cancelAfterMs);
    this.#state.value.predictions.push(prediction);
    this.#state.save();
    if (!['stuck', 'aborted'].includes(prediction.ending.kind)) this.#bill(model, prediction);
    return prediction;
  }

  /** Counts a read of a prediction that ends after so many reads. */
  step(prediction: Prediction): void {
    if (prediction.stepsLeft === null || prediction.endsAt !== null) return;
    prediction.stepsLeft -= 1;
    if (prediction.stepsLeft < 0) prediction.endsAt = this.now();
    this.#state.save();
  }

  /** Cancels what still runs; a finished prediction stays as it is. */
  cancel(prediction: Prediction): void {
    if (isFinal(statusAt(prediction, this.now()).status)) return;
    prediction.canceledAt = this.now();
    this.#state.save();
  }

  billed(): Billed[] {
    return this.ledger.entries
      .filter((entry) => entry.operation === 'replicate.billed')
      .map((entry) => entry.detail as unknown as Billed);
  }

  #plan(model: ReplicateModel, input: Record<string, unknown>, cancelAfterMs: number | null): Prediction {
    const createdAt = this.now();
    const startsAt = createdAt + this.settings.startingMs;
    const id = newId();
    const ending = this.#ending();
    return {
      id,
      model: model.id,
      input,
      listOutput: model.output === 'array',
      files: this.#files(model, input, id),
      ending,
      createdAt,
      startsAt,
      endsAt: this.settings.stepsUntilDone === null ? startsAt + this.settings.processingMs[model.kind] : null,
      stepsLeft: this.settings.stepsUntilDone,
      deadline: cancelAfterMs === null ? null : createdAt + cancelAfterMs,
      canceledAt: null,
    };
  }

  #files(model: ReplicateModel, input: Record<string, unknown>, id: string): OutputFile[] {
    const { width, height } = imageSize(input);
    const format = model.kind === 'video' ? 'mp4' : ((input.output_format ?? model.format) as OutputFile['format']);
    return Array.from({ length: outputCount(model, input) }, (_, index) => ({
      path: `/xezq/${id}/${model.output === 'array' ? `out-${index}` : 'output'}.${format}`,
      kind: model.kind,
      format,
      quality: typeof input.output_quality === 'number' ? input.output_quality : 90,
      width,
      height,
      prompt: String(input.prompt),
      variation: `${String(input.seed ?? this.predictions.length)}/${index}`,
    }));
  }

  #ending(): Ending {
    const fault = this.faults.take('replicate.create', ...endingFaults);
    switch (fault?.kind) {
      case undefined:
        return { kind: 'succeeded', error: null };
      case 'nsfw':
        return failed('NSFW content detected. Try running it again, or try a different prompt.');
      case 'e005':
        return failed(
          'The input or output was flagged as sensitive. Please try again with different inputs. (E005) (uIJ6l3ruRD)',
        );
      case 'out-of-memory':
        return failed('CUDA out of memory. Tried to allocate 2.00 GiB.');
      case 'failed':
        return failed(typeof fault.value === 'string' ? fault.value : 'Prediction failed.');
      default:
        return { kind: fault?.kind as Ending['kind'], error: null };
    }
  }

  #bill(model: ReplicateModel, prediction: Prediction): void {
    const inputHash = createHash('sha256')
      .update(canonical([model.id, prediction.input]))
      .digest('hex');
    const bill: Billed = {
      model: model.id,
      predictionId: prediction.id,
      inputHash,
      microUsd: priceOf(model, prediction.input),
    };
    this.ledger.append({ at: this.now(), operation: 'replicate.billed', status: 201, detail: { ...bill } });
  }
}

function failed(error: string): Ending {
  return { kind: 'failed', error };
}

/** 26 lower-case characters, as Replicate's ids are. */
function newId(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  return [...randomBytes(26)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
