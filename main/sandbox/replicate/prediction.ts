/** A file that a prediction makes; drawn when it is downloaded. */
export interface OutputFile {
  /** Path at the delivery host, e.g. `/xezq/<id>/out-0.webp`. */
  path: string;
  kind: 'image' | 'video';
  format: 'webp' | 'jpg' | 'png' | 'mp4';
  /** Encoder quality, 0 to 100. */
  quality: number;
  width: number;
  height: number;
  prompt: string;
  /** The same prompt and variation give the same picture. */
  variation: string;
}

/** How a prediction is going to end; decided when it is created. */
export interface Ending {
  kind: 'succeeded' | 'failed' | 'aborted' | 'stuck' | 'null-output' | 'empty-output' | 'odd-output' | 'early-output';
  error: string | null;
}

/** A prediction as the simulator keeps it. Times are UTC milliseconds; its status follows from the clock. */
export interface Prediction {
  id: string;
  model: string;
  input: Record<string, unknown>;
  /** Whether `output` is a list. */
  listOutput: boolean;
  files: OutputFile[];
  ending: Ending;
  createdAt: number;
  startsAt: number;
  /** Null while {@link stepsLeft} decides. */
  endsAt: number | null;
  /** Reads that still find it unfinished; null when the clock decides. */
  stepsLeft: number | null;
  /** From `Cancel-After`. */
  deadline: number | null;
  canceledAt: number | null;
}

export type Status = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';

const hour = 3_600_000;

/** The status and, when it is final, since when. */
export function statusAt(prediction: Prediction, now: number): { status: Status; endedAt: number | null } {
  const { ending, startsAt, endsAt, canceledAt, deadline } = prediction;
  const stuck = ending.kind === 'stuck';
  const end = stuck ? null : endsAt;
  if (canceledAt !== null) return { status: 'canceled', endedAt: canceledAt };
  if (deadline !== null && now >= deadline && (end === null || deadline < end)) {
    return { status: stuck || deadline < startsAt ? 'aborted' : 'canceled', endedAt: deadline };
  }
  if (end !== null && now >= end) {
    const status = ending.kind === 'failed' || ending.kind === 'aborted' ? ending.kind : 'succeeded';
    return { status, endedAt: end };
  }
  return { status: stuck || now < startsAt ? 'starting' : 'processing', endedAt: null };
}

export function isFinal(status: Status): boolean {
  return status !== 'starting' && status !== 'processing';
}

/** Replicate removes inputs, outputs and logs an hour after the end, and the files with them. */
export function isRemoved(prediction: Prediction, now: number): boolean {
  const { endedAt } = statusAt(prediction, now);
  return endedAt !== null && now >= endedAt + hour;
}

/**
 * The prediction object as the HTTP API sends it.
 * @param origin where `urls` point; `skewMs` shifts the shown times as a wrong clock would
 */
export function toWire(prediction: Prediction, now: number, origin: string, skewMs = 0): Record<string, unknown> {
  const { status, endedAt } = statusAt(prediction, now);
  const started = status !== 'starting' && status !== 'aborted';
  const removed = isRemoved(prediction, now);
  const time = (at: number): string => new Date(at + skewMs).toISOString();
  const output = outputOf(prediction, status);
  return {
    id: prediction.id,
    model: prediction.model,
    version: 'hidden',
    input: removed ? {} : prediction.input,
    logs: removed || !started ? '' : logsOf(prediction, now),
    ...(removed ? { output: null } : output === undefined ? {} : { output }),
    data_removed: removed,
    error: status === 'failed' ? prediction.ending.error : null,
    source: 'api',
    status,
    created_at: time(prediction.createdAt),
    ...(started ? { started_at: time(prediction.startsAt) } : {}),
    ...(endedAt === null ? {} : { completed_at: time(endedAt), metrics: metricsOf(prediction, endedAt, status) }),
    ...(prediction.deadline === null ? {} : { deadline: time(prediction.deadline) }),
    urls: {
      cancel: `${origin}/v1/predictions/${prediction.id}/cancel`,
      get: `${origin}/v1/predictions/${prediction.id}`,
      web: `https://replicate.com/p/${prediction.id}`,
    },
  };
}

/** Undefined leaves the key out, as the API does while there is nothing. */
function outputOf(prediction: Prediction, status: Status): unknown {
  const urls = prediction.files.map((file) => `https://replicate.delivery${file.path}`);
  const output = prediction.listOutput ? urls : urls[0];
  if (status === 'processing') return prediction.ending.kind === 'early-output' ? output : undefined;
  if (status === 'starting') return undefined;
  if (status !== 'succeeded') return null;
  switch (prediction.ending.kind) {
    case 'null-output':
      return null;
    case 'empty-output':
      return [];
    case 'odd-output':
      return { result: { files: urls } };
    default:
      return output;
  }
}

function metricsOf(prediction: Prediction, endedAt: number, status: Status): Record<string, number> {
  const images = prediction.files.filter((file) => file.kind === 'image').length;
  return {
    predict_time: Math.max(0, endedAt - prediction.startsAt) / 1000,
    total_time: (endedAt - prediction.createdAt) / 1000,
    ...(status === 'succeeded' && images > 0 ? { image_count: images } : {}),
  };
}

/** Progress lines as tqdm prints them; they grow while the prediction runs. */
function logsOf(prediction: Prediction, now: number): string {
  const steps = 4;
  const end = prediction.endsAt ?? now + 1;
  const share = Math.min(1, Math.max(0, (now - prediction.startsAt) / Math.max(1, end - prediction.startsAt)));
  const lines = Array.from({ length: Math.floor(share * steps) + 1 }, (_, done) => {
    const percent = String(Math.round((done / steps) * 100)).padStart(3);
    const bar = '█'.repeat(Math.round((done / steps) * 10)).padEnd(10);
    return `${percent}%|${bar}| ${done}/${steps} [00:00<00:00, 12.31it/s]`;
  });
  return ['Using seed: 41973', ...lines, ''].join('\n');
}
