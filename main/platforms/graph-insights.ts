import { z } from 'zod';
import type { Metrics } from '../../shared/domain/metrics.ts';
import {
  type AccountAccess,
  type Failure,
  type MetricSubject,
  NetworkFailure,
  type RefusedMetrics,
} from '../core/ports/networks.ts';
import { askMetrics, type MetricVerdict } from './ask-metrics.ts';
import { type Graph, type GraphBody, type Parameters, parseBody } from './graph.ts';

/** Graph's names of metrics or fields, each with ours. */
export type Names<Ours extends string> = Record<string, Ours>;

/** One question to Graph about figures. */
export interface GraphQuestion<Ours extends string> {
  graph: Graph;
  account: AccountAccess;
  subject: MetricSubject;
  refused: RefusedMetrics;
  names: Names<Ours>;
}

/**
 * Reads an `insights` edge. A time series counts with its newest value. Graph tells what it has nothing about by an empty list.
 * @throws {NetworkFailure}
 */
export async function readInsights<Ours extends string>(
  { graph, account, names, ...question }: GraphQuestion<Ours>,
  path: string,
  query: Parameters = {},
): Promise<Metrics<Ours>> {
  const answers = await askMetrics(Object.keys(names), { ...question, verdict: graphVerdict }, (metrics) =>
    graph.getSparingly(account, `${path}/insights`, { ...query, metric: metrics.join(',') }),
  );
  const found: Metrics<Ours> = {};
  for (const { name, values, total_value: total } of answers.flatMap((body) => parseBody(insightsSchema, body).data)) {
    const value = total?.value ?? values?.at(-1)?.value;
    const ours = names[name];
    if (typeof value === 'number' && ours !== undefined) found[ours] = value;
  }
  return found;
}

/**
 * Reads figures that are fields of the node itself.
 * @param names Graph's fields with their modifiers, such as `comments.summary(true).limit(0)`
 * @throws {NetworkFailure}
 */
export async function readCounts<Ours extends string>(
  { graph, account, names, ...question }: GraphQuestion<Ours>,
  path: string,
): Promise<Metrics<Ours>> {
  const answers = await askMetrics(Object.keys(names), { ...question, verdict: graphVerdict }, (fields) =>
    graph.getSparingly(account, path, { fields: fields.join(',') }),
  );
  const body: GraphBody = Object.assign({}, ...answers);
  const found: Metrics<Ours> = {};
  for (const [field, ours] of Object.entries(names)) {
    const count = countSchema.safeParse(body[field.replace(/[.{].*$/, '')]).data;
    if (count !== undefined) found[ours] = count;
  }
  return found;
}

/** True when Graph says that the object is not there, or not for us: it cannot be told which. */
export function isMissing(error: unknown): boolean {
  return error instanceof NetworkFailure && error.failure.code === '100/33';
}

/**
 * From Meta's error handling guide and its insights references: 100 for a name that does not exist (any more) or does
 * not fit, 10 and 2xx where a permission or viewers are missing, 2874008 and 2932xxx where an account is too small.
 */
function graphVerdict({ code, class: failureClass }: Failure): MetricVerdict {
  if (/^(10|2\d\d|2874008|2932\d{3})(\/|$)/.test(code)) return 'silent';
  return failureClass === 'content' && /^100(\/|$)/.test(code) ? 'refused' : 'failed';
}

/** Where a metric has parts, its value is an object; those are not used. */
const valueSchema = z.object({ value: z.unknown() });
const insightsSchema = z.object({
  data: z.array(
    z.object({ name: z.string(), values: z.array(valueSchema).nullish(), total_value: valueSchema.nullish() }),
  ),
});

const countSchema = z.union([
  z.number(),
  z.object({ summary: z.object({ total_count: z.number() }) }).transform(({ summary }) => summary.total_count),
  z.object({ count: z.number() }).transform(({ count }) => count),
]);
