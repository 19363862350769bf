import { type Failure, type MetricSubject, NetworkFailure, type RefusedMetrics } from '../core/ports/networks.ts';

/**
 * What a failed question about metrics says.
 * - `refused`: the network does not have one of them
 * - `silent`: it has them, but not for this post or account
 * - `failed`: nothing about the metrics
 */
export type MetricVerdict = 'refused' | 'silent' | 'failed';

export interface MetricQuestion {
  subject: MetricSubject;
  refused: RefusedMetrics;
  verdict: (failure: Failure) => MetricVerdict;
}

/**
 * Asks about metrics, leaving out those known to be refused. All at once first; a network that refuses one of them
 * fails the whole call, so each is then asked about alone. When all of several are refused, something else is wrong.
 * @returns the answers to as many calls as it took
 * @throws {NetworkFailure}
 */
export async function askMetrics<T>(
  names: readonly string[],
  { subject, refused, verdict }: MetricQuestion,
  ask: (names: readonly string[]) => Promise<T>,
): Promise<T[]> {
  const wanted = names.filter((name) => !refused.has(subject, name));
  if (wanted.length === 0) return [];
  const whole = await askOnce(wanted, verdict, ask);
  if (whole.kind === 'answered') return [whole.answer];
  const answers: T[] = [];
  const refusals = new Map<string, Failure>();
  for (const name of wanted) {
    const single = wanted.length === 1 ? whole : await askOnce([name], verdict, ask);
    if (single.kind === 'answered') answers.push(single.answer);
    else if (single.verdict === 'refused') refusals.set(name, single.failure);
  }
  if (wanted.length > 1 && refusals.size === wanted.length) throw new NetworkFailure(whole.failure);
  for (const [name, { message }] of refusals) refused.add(subject, name, message);
  return answers;
}

type Asked<T> = { kind: 'answered'; answer: T } | { kind: 'not_answered'; verdict: MetricVerdict; failure: Failure };

/** @throws {NetworkFailure} of what says nothing about the metrics */
async function askOnce<T>(
  names: readonly string[],
  verdict: MetricQuestion['verdict'],
  ask: (names: readonly string[]) => Promise<T>,
): Promise<Asked<T>> {
  try {
    return { kind: 'answered', answer: await ask(names) };
  } catch (error) {
    if (!(error instanceof NetworkFailure) || verdict(error.failure) === 'failed') throw error;
    return { kind: 'not_answered', verdict: verdict(error.failure), failure: error.failure };
  }
}
