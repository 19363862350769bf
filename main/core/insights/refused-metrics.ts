import type { Platform } from '../../../shared/domain/platform.ts';
import type { RefusedMetricRecord, RefusedMetrics, Repositories } from '../ports/index.ts';

/** Networks bring metrics back, and say no by mistake: after this long a refused one is asked about again. */
const believedMs = 14 * 24 * 3_600_000;

/** Metrics of a network that it is not asked about, and those that it refused just now. */
export interface KnownRefusals extends RefusedMetrics {
  /** Writes down what is new. */
  save(): Promise<void>;
}

/** @param now UTC ms */
export async function loadRefusals(
  { metrics }: Pick<Repositories, 'metrics'>,
  platform: Platform,
  now: number,
): Promise<KnownRefusals> {
  const believed = (await metrics.refused()).filter(
    (refusal) => refusal.platform === platform && refusal.refusedAt > now - believedMs,
  );
  const known = new Set(believed.map(({ subject, metric }) => `${subject}/${metric}`));
  let added: RefusedMetricRecord[] = [];
  return {
    has: (subject, metric) => known.has(`${subject}/${metric}`),

    add(subject, metric, reason) {
      known.add(`${subject}/${metric}`);
      added.push({ platform, subject, metric, reason, refusedAt: now });
    },

    async save() {
      const fresh = added;
      added = [];
      for (const refusal of fresh) await metrics.putRefused(refusal);
    },
  };
}
