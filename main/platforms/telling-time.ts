import type { Clock, TimeReading } from '../core/ports/time.ts';
import type { Endpoints } from './context.ts';
import type { Http } from './http.ts';

/** Tells what time each answer says it is: every server of these networks sends a `Date` header (RFC 9110, 6.6.1). */
export function tellingTime(http: Http, clock: Clock, note: (reading: TimeReading) => void): Http {
  return async (request, limits) => {
    const before = { wall: clock.now(), monotonic: clock.monotonic() };
    const response = await http(request, limits);
    const remote = Date.parse(response.headers.get('date') ?? '');
    const tookMs = clock.monotonic() - before.monotonic;
    const local = clock.now();
    // A clock that was set meanwhile, or a computer that slept, makes the answer useless; a cache's is an old one.
    const isEven = Math.abs(local - before.wall - tookMs) < 1_000;
    if (!Number.isNaN(remote) && isEven && !response.headers.has('age')) note({ remote, local, tookMs });
    return response;
  };
}

const askTimeoutMs = 8_000;

/**
 * Has the networks' API servers answer: where they cannot be reached nothing can be sent either, while offices often
 * shut their people's web sites out. Such a request counts for nobody and carries no token.
 * @param http tells the time of what it is answered
 * @returns whether one of them could be reached
 */
export async function askTime(http: Http, endpoints: Pick<Endpoints, 'facebookGraph' | 'tiktokApi'>): Promise<boolean> {
  const answers = await Promise.allSettled(
    [endpoints.facebookGraph, endpoints.tiktokApi].map(async (origin) => {
      const response = await http(new Request(`${origin}/`, { method: 'HEAD', redirect: 'manual' }), {
        timeoutMs: askTimeoutMs,
      });
      await response.body?.cancel();
    }),
  );
  return answers.some(({ status }) => status === 'fulfilled');
}
