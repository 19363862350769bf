import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TimeReading } from '../core/ports/time.ts';
import { listen, type SimulatorEnv } from '../sandbox/simulator.ts';
import { fetchHttp } from './http.ts';
import { askTime, tellingTime } from './telling-time.ts';

let readings: TimeReading[];
const clock = { now: () => Date.now(), monotonic: () => performance.now() };

beforeEach(() => {
  readings = [];
});

/** Asks a server that answers with these headers. */
async function asking(headers: Record<string, string>, own = clock): Promise<void> {
  const app = new Hono<SimulatorEnv>();
  app.all('*', () => new Response('{}', { headers }));
  const server = await listen(app, { dir: null, name: 'time-test' });
  const http = tellingTime(fetchHttp, own, (reading) => readings.push(reading));
  await http(new Request(server.url), { timeoutMs: 5_000 }).finally(() => server.close());
}

describe('telling the time', () => {
  it('takes it from the answer, with how long the exchange took', async () => {
    await asking({ date: 'Tue, 24 Nov 2026 12:00:07 GMT' });
    expect(readings).toHaveLength(1);
    expect(readings[0]?.remote).toBe(Date.UTC(2026, 10, 24, 12, 0, 7));
    expect(readings[0]?.tookMs).toBeGreaterThan(0);
    expect(Math.abs((readings[0]?.local ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  it.each([
    ['a header that is no time', { date: 'soon' }],
    ['what a cache kept', { date: 'Tue, 24 Nov 2026 12:00:07 GMT', age: '3600' }],
  ])('leaves out %s', async (_, headers) => {
    await asking(headers);
    expect(readings).toEqual([]);
  });

  it('leaves out an answer during which the clock was set', async () => {
    let wall = Date.UTC(2026, 10, 24);
    await asking({}, { now: () => (wall += 3_600_000), monotonic: () => performance.now() });
    expect(readings).toEqual([]);
  });
});

describe('asking for the time', () => {
  it('knows whether anybody could be reached', async () => {
    const app = new Hono<SimulatorEnv>();
    const methods: string[] = [];
    app.all('*', ({ req }) => {
      methods.push(`${req.method} ${req.path} ${req.header('authorization') ?? 'without a token'}`);
      return new Response(null, { status: 404 });
    });
    const server = await listen(app, { dir: null, name: 'time-test' });
    const http = tellingTime(fetchHttp, clock, (reading) => readings.push(reading));
    const nowhere = 'http://does-not-exist.invalid';
    expect(await askTime(http, { facebookGraph: server.url, tiktokApi: nowhere })).toBe(true);
    await server.close();
    expect(methods).toEqual(['HEAD / without a token']);
    expect(readings).toHaveLength(1);
    expect(await askTime(http, { facebookGraph: nowhere, tiktokApi: nowhere })).toBe(false);
  });
});
