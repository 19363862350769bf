import type { Reports } from '../core/ports/reports.ts';
import { createWorker } from '../workers/worker.ts';
import type { writeMonthly } from './monthly.ts';

/** Laying out pages and cutting typefaces to size takes half a second: in a process of its own, the app stays free to publish. */
const worker = createWorker<{ writeMonthly: typeof writeMonthly }>('report-worker', import.meta.url);

/** Reports as PDF. */
export function createReports(): Reports {
  return { monthly: (report) => worker.call('writeMonthly', report) };
}
