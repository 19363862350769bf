import { phrase } from '../../shared/domain/phrase.ts';
import type { z } from 'zod';
import { AiFailure, type MediaGenerator, type RenderRequest } from '../core/ports/index.ts';
import { type Delivery, download } from './download.ts';
import { inputOf, mediaModel } from './media-models.ts';
import {
  hasEnded,
  outputOf,
  type Prediction,
  predictionPageSchema,
  predictionSchema,
  wasAskedWith,
} from './prediction.ts';
import { type Answer, type Call, replicateCalls } from './replicate-calls.ts';
import { type AiServiceOptions, backoffMs, longestWaitMs, quoted } from './service.ts';

export interface ReplicateOptions extends AiServiceOptions {
  /** Origin that stands for `https://replicate.delivery`; null for the real one. */
  deliveryBaseUrl: string | null;
}

/** Longest time, ms, that one call looks at a prediction; and when Replicate itself gives it up. */
const patience = {
  image: { pollMs: 4 * 60_000, cancelAfter: '5m' },
  video: { pollMs: 15 * 60_000, cancelAfter: '20m' },
};
const createAttempts = 5;
const lookUpWaitsMs = [1_000, 3_000, 6_000];
const downloadAttempts = 4;
const maxPages = 20;
const day = 86_400_000;
const clockDifferenceMs = 5 * 60_000;

/**
 * Makes pictures and videos with Replicate. A creation whose answer was lost is looked for in the
 * account's list before anything is sent again; what cannot be known then is `unknown`.
 */
export function createReplicate(options: ReplicateOptions): MediaGenerator {
  return {
    estimateMicroUsd: (kind, model) => mediaModel(kind, model).microUsd,
    async render(request) {
      const token = await options.apiKey();
      if (token === null) {
        throw new AiFailure('replicate', 'config', 'Add your Replicate token in Settings → Connections.');
      }
      const startedAt = options.clock.monotonic();
      const call = await replicateCalls(token, options.baseUrl, () => options.clock.now(), request.signal);
      const render: Render = { options, request, call, signal: request.signal ?? new AbortController().signal };
      const id = request.predictionId ?? (await obtain(render));
      const bytes = await fetchFile(render, outputOf(await untilEnded(render, id)));
      const { kind, model } = request;
      return {
        bytes,
        usage: {
          model,
          inputTokens: 0,
          outputTokens: 0,
          images: kind === 'image' ? 1 : 0,
          videos: kind === 'video' ? 1 : 0,
          costMicroUsd: mediaModel(kind, model).microUsd,
          latencyMs: Math.round(options.clock.monotonic() - startedAt),
        },
      };
    },
  };
}

interface Render {
  options: ReplicateOptions;
  request: RenderRequest;
  call: Call;
  signal: AbortSignal;
}

/** The id of the one prediction of this intent: an earlier one that is found, else a new one. */
async function obtain(render: Render): Promise<string> {
  const { request } = render;
  const earlier = request.mayExist ? await find(render) : null;
  const id = earlier?.id ?? (await create(render));
  await request.onCreated(id);
  return id;
}

async function create(render: Render): Promise<string> {
  const { request, call, options } = render;
  const data = { input: inputOf(request) };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await call('POST', `/models/${request.model}/predictions`, {
      data,
      cancelAfter: patience[request.kind].cancelAfter,
    });
    const created = answer.kind === 'ok' ? predictionSchema.safeParse(answer.json) : null;
    if (created?.success === true) return created.data.id;
    if (answer.kind === 'unsent') throw new AiFailure('replicate', 'transient', 'Replicate could not be reached.');
    if (answer.kind !== 'refused') {
      const found = await findAfterLoss(render);
      if (found !== null) return found.id;
      if (answer.kind === 'lost' && answer.answered && attempt < createAttempts) continue;
      throw unknown('The answer of Replicate was lost; it is looked for before anything is asked again.');
    }
    const waitMs = waitFor(answer, options.clock.now());
    if (attempt === createAttempts) throw limited(options.clock.now() + waitMs);
    await pause(render, waitMs);
  }
}

/** How long to wait before the same creation may be sent again. @throws {AiFailure} when waiting does not help */
function waitFor(answer: Answer & { kind: 'refused' }, now: number): number {
  const { status, detail } = answer;
  switch (status) {
    case 429: {
      const waitMs = answer.retryAfterMs ?? 10_000;
      if (waitMs > longestWaitMs) throw limited(now + waitMs);
      return waitMs;
    }
    case 401:
    case 403:
      throw new AiFailure('replicate', 'config', 'Replicate refused the token. Check it in Settings → Connections.');
    case 402:
      throw new AiFailure('replicate', 'quota', 'The credit at Replicate is used up.');
    case 404:
      throw new AiFailure('replicate', 'config', 'Replicate does not have this model. Choose another in Settings.');
    default:
      throw new AiFailure('replicate', 'refused', phrase`Replicate refused the request (${status}): ${quoted(detail)}`);
  }
}

/** Looks a few times, as the list may lag or be unreadable for a moment; the last look must have been possible. */
async function findAfterLoss(render: Render): Promise<Prediction | null> {
  let unreadable: AiFailure | null = null;
  for (const waitMs of lookUpWaitsMs) {
    await pause(render, waitMs);
    try {
      const found = await find(render);
      if (found !== null) return found;
      unreadable = null;
    } catch (error) {
      if (!(error instanceof AiFailure) || error.kind !== 'unknown') throw error;
      unreadable = error;
    }
  }
  if (unreadable !== null) throw unreadable;
  return null;
}

/**
 * Looks in the account's list, newest first, for the prediction of this intent. With a seed the input
 * is unique; without one, only what was created since the intent can be meant.
 * @returns null when it is not there
 * @throws {AiFailure} `unknown` when the list cannot be read, `refused` when what could be it has been deleted
 */
async function find(render: Render): Promise<Prediction | null> {
  const { request, call } = render;
  const input = inputOf(request);
  const since = 'seed' in input ? request.intendedAt - day : request.intendedAt - clockDifferenceMs;
  let path: string | null = '/predictions';
  let removed = false;
  for (let page = 0; path !== null && page < maxPages; page += 1) {
    const answer: Answer = await call('GET', path);
    const { next, results } = readAnswer(answer, predictionPageSchema);
    const recent = results.filter(({ created_at }) => Date.parse(created_at) >= since);
    const found = recent.find((prediction) => wasAskedWith(prediction, request.model, input));
    if (found !== undefined) return found;
    removed ||= recent.some(
      ({ data_removed, model, created_at }) =>
        data_removed === true &&
        model === request.model &&
        Date.parse(created_at) >= request.intendedAt - clockDifferenceMs,
    );
    path =
      recent.length < results.length || !next || !URL.canParse(next) ? null : `/predictions${new URL(next).search}`;
  }
  if (!removed) return null;
  throw new AiFailure('replicate', 'refused', 'What Replicate made can no longer be told apart: it has been deleted.');
}

async function untilEnded(render: Render, id: string): Promise<Prediction> {
  const { options, request, call } = render;
  const startedAt = options.clock.monotonic();
  for (let poll = 0; ; poll += 1) {
    const answer = await call('GET', `/predictions/${encodeURIComponent(id)}`);
    if (answer.kind === 'refused' && answer.status === 404) {
      throw new AiFailure('replicate', 'transient', 'Replicate does not know this prediction any more.');
    }
    if (answer.kind === 'refused' && answer.status !== 429) {
      throw unknown(`Replicate does not tell what became of the request (${answer.status}).`);
    }
    const read = answer.kind === 'ok' ? predictionSchema.safeParse(answer.json) : null;
    if (read?.success === true && hasEnded(read.data)) return read.data;
    if (options.clock.monotonic() - startedAt > patience[request.kind].pollMs) {
      throw unknown('Replicate is still working on it.');
    }
    const askedMs = answer.kind === 'refused' ? Math.min(answer.retryAfterMs ?? 0, longestWaitMs) : 0;
    const pollMs = Math.min(5_000, 1_000 * 1.3 ** poll) * (1 + 0.2 * options.random.fraction());
    await pause(render, Math.max(askedMs, Math.round(pollMs)));
  }
}

async function fetchFile(render: Render, location: string): Promise<Uint8Array> {
  const { options, request, signal } = render;
  const delivery: Delivery = { baseUrl: options.deliveryBaseUrl, origins: [options.baseUrl] };
  for (let attempt = 1; ; attempt += 1) {
    const result = await download(location, delivery, request.signal);
    if (result.kind === 'done') return result.bytes;
    options.log.warn('A download from Replicate failed', { attempt, detail: result.detail });
    if (attempt === downloadAttempts || signal.aborted) {
      throw unknown('The file could not be fetched from Replicate; it is fetched again later.');
    }
    await pause(render, backoffMs(attempt, options.random));
  }
}

async function pause({ options, signal }: Render, ms: number): Promise<void> {
  try {
    await options.wait(ms, signal);
  } catch {
    throw unknown('The call to Replicate was stopped.');
  }
}

function readAnswer<T>(answer: Answer, schema: z.ZodType<T>): T {
  const parsed = answer.kind === 'ok' ? schema.safeParse(answer.json) : null;
  if (parsed?.success === true) return parsed.data;
  throw unknown('Replicate’s list could not be read; nothing is asked again before it can.');
}

function limited(retryAt: number): AiFailure {
  return new AiFailure('replicate', 'rate', 'Replicate asked us to wait.', retryAt);
}

function unknown(message: string): AiFailure {
  return new AiFailure('replicate', 'unknown', message);
}
