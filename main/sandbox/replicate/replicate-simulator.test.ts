import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Replicate from 'replicate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReplicateSimulator, startReplicateSimulator } from './replicate-simulator.ts';

const token = 'r8_test';
const videoAssets = join(import.meta.dirname, 'assets');
const schnell = '/v1/models/black-forest-labs/flux-schnell/predictions';
let clock = 0;
let simulator: ReplicateSimulator;

const start = (dir: string | null = null): Promise<ReplicateSimulator> =>
  startReplicateSimulator({ now: () => clock, dir, tokens: [token], videoAssets });

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 23, 9);
  simulator = await start();
});

afterEach(() => simulator.close());

interface Wire {
  id: string;
  status: string;
  output?: unknown;
  error: string | null;
  logs: string;
  input: Record<string, unknown>;
  data_removed: boolean;
  metrics?: Record<string, number>;
  completed_at?: string;
}

function call(
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(`${simulator.origins.api}${path}`, {
    method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
    body: init.body === undefined ? undefined : JSON.stringify(init.body),
  });
}

async function create(input: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Wire> {
  const response = await call(schnell, { body: { input: { prompt: 'a cup of coffee', ...input } }, headers });
  expect(response.status).toBe(201);
  return (await response.json()) as Wire;
}

async function get(id: string): Promise<Wire> {
  return (await (await call(`/v1/predictions/${id}`)).json()) as Wire;
}

describe('through the SDK', () => {
  it('creates a prediction and follows it to its output', async () => {
    const replicate = new Replicate({ auth: token, baseUrl: `${simulator.origins.api}/v1`, useFileOutput: false });
    const created = await replicate.predictions.create({
      model: 'black-forest-labs/flux-schnell',
      input: { prompt: 'a bouquet', aspect_ratio: '4:5' },
    });
    expect(created.status).toBe('starting');
    expect(created.id).toMatch(/^[0-9a-z]{26}$/);
    clock += 100;
    expect((await replicate.predictions.get(created.id)).status).toBe('processing');
    clock += 1_000;
    const done = await replicate.predictions.get(created.id);
    expect(done.status).toBe('succeeded');
    expect(done.output).toEqual([expect.stringMatching(/^https:\/\/replicate\.delivery\/.+\.webp$/)]);
  });

  it('finds an orphan in the list', async () => {
    const replicate = new Replicate({ auth: token, baseUrl: `${simulator.origins.api}/v1` });
    simulator.faults.add({ operation: 'replicate.create', kind: 'lost-answer' });
    await expect(call(schnell, { body: { input: { prompt: 'lost words' } } })).rejects.toThrow('fetch failed');
    const { results } = await replicate.predictions.list();
    expect(results.map((prediction) => prediction.input)).toEqual([{ prompt: 'lost words' }]);
    expect(simulator.billed()).toHaveLength(1);
  });
});

describe('a prediction', () => {
  it('starts without an output key and logs its progress', async () => {
    const { id, ...created } = await create();
    expect(created).toMatchObject({
      status: 'starting',
      error: null,
      logs: '',
      data_removed: false,
      version: 'hidden',
    });
    expect(created).not.toHaveProperty('output');
    clock += 250;
    expect((await get(id)).logs).toMatch(/^ +\d+%\|.+\| \d\/4/m);
    clock += 1_000;
    const done = await get(id);
    expect(done.logs).toContain('100%');
    expect(done.metrics).toMatchObject({ predict_time: 0.3, image_count: 1 });
  });

  it('ends after a number of reads when told so', async () => {
    simulator.settings.stepsUntilDone = 2;
    const { id } = await create();
    clock += 60_000;
    expect([await get(id), await get(id), await get(id)].map(({ status }) => status)).toEqual([
      'processing',
      'processing',
      'succeeded',
    ]);
  });

  it('is awaited with Prefer, and comes unfinished when time is up', async () => {
    simulator.settings.startingMs = 0;
    simulator.settings.processingMs.image = 0;
    const done = await call(schnell, { body: { input: { prompt: 'x' } }, headers: { prefer: 'wait=10' } });
    expect([done.status, done.headers.get('preference-applied')]).toEqual([201, 'wait=10']);
    expect(((await done.json()) as Wire).status).toBe('succeeded');
    simulator.settings.processingMs.image = 60_000;
    const late = await call(schnell, { body: { input: { prompt: 'x' } }, headers: { prefer: 'wait=1' } });
    expect(late.status).toBe(202);
    expect((await late.json()) as Wire).toMatchObject({ status: 'processing' });
  });

  it('can be cancelled once, and stays finished afterwards', async () => {
    const { id } = await create();
    clock += 100;
    const canceled = (await (await call(`/v1/predictions/${id}/cancel`, { method: 'POST' })).json()) as Wire;
    expect(canceled).toMatchObject({ status: 'canceled', output: null });
    clock += 5_000;
    expect((await get(id)).status).toBe('canceled');
  });

  it('obeys Cancel-After: aborted before its start, canceled while running', async () => {
    simulator.settings.processingMs.image = 60_000;
    const running = await create({}, { 'cancel-after': '10s' });
    simulator.faults.add({ operation: 'replicate.create', kind: 'stuck' });
    const waiting = await create({}, { 'cancel-after': '10s' });
    clock += 10_000;
    expect((await get(running.id)).status).toBe('canceled');
    expect((await get(waiting.id)).status).toBe('aborted');
    expect(simulator.billed().map((bill) => bill.predictionId)).toEqual([running.id]);
    const tooShort = await call(schnell, { body: { input: { prompt: 'x' } }, headers: { 'cancel-after': '2s' } });
    expect(tooShort.status).toBe(422);
  });

  it('is emptied after an hour', async () => {
    const { id } = await create();
    clock += 3_600_000 + 1_000;
    expect(await get(id)).toMatchObject({ status: 'succeeded', input: {}, output: null, logs: '', data_removed: true });
  });

  it.each([
    ['nsfw', 'failed', 'NSFW content detected'],
    ['e005', 'failed', '(E005)'],
    ['out-of-memory', 'failed', 'CUDA out of memory'],
    ['aborted', 'aborted', null],
    ['stuck', 'starting', null],
  ])('can end as %s', async (kind, status, error) => {
    simulator.faults.add({ operation: 'replicate.create', kind });
    const { id } = await create();
    clock += 10_000;
    const ended = await get(id);
    expect(ended.status).toBe(status);
    if (error === null) expect(ended.error).toBeNull();
    else expect(ended.error).toContain(error);
  });

  it('can come without, with odd and with early output', async () => {
    const endedWith = async (kind: string, ms: number): Promise<Wire> => {
      simulator.faults.add({ operation: 'replicate.create', kind });
      const { id } = await create();
      clock += ms;
      return get(id);
    };
    expect(await endedWith('null-output', 5_000)).toMatchObject({ status: 'succeeded', output: null });
    expect(await endedWith('empty-output', 5_000)).toMatchObject({ status: 'succeeded', output: [] });
    expect(await endedWith('odd-output', 5_000)).toHaveProperty('output.result');
    const early = await endedWith('early-output', 100);
    expect(early.status).toBe('processing');
    expect(early.output).toHaveLength(1);
  });
});

describe('what is refused', () => {
  it('answers 401 as a problem document', async () => {
    const response = await call('/v1/account', { headers: { authorization: 'Bearer nobody' } });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ title: 'Unauthenticated' });
  });

  it.each([
    ['no prompt', { input: {} }, 'required', 'input'],
    ['an aspect the model lacks', { input: { prompt: 'x', aspect_ratio: '7:5' } }, 'enum', 'input.aspect_ratio'],
    ['an unknown input', { input: { prompt: 'x', style: 'bold' } }, 'additional_property_not_allowed', 'input.style'],
    ['too many outputs', { input: { prompt: 'x', num_outputs: 9 } }, 'number_lte', 'input.num_outputs'],
    ['the wrong type', { input: { prompt: 'x', seed: 'lucky' } }, 'invalid_type', 'input.seed'],
    [
      'an extra body key',
      { input: { prompt: 'x' }, cancel_after: 5 },
      'additional_property_not_allowed',
      'cancel_after',
    ],
    ['a plain webhook', { input: { prompt: 'x' }, webhook: 'http://localhost/hook' }, 'format', 'webhook'],
  ])('refuses %s', async (_, body, type, field) => {
    const response = await call(schnell, { body });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ invalid_fields: [{ type, field }] });
    expect(simulator.billed()).toEqual([]);
  });

  it('knows that imagen has no 4:5 and that ultra writes no webp', async () => {
    const imagen = await call('/v1/models/google/imagen-4-fast/predictions', {
      body: { input: { prompt: 'x', aspect_ratio: '4:5' } },
    });
    const ultra = await call('/v1/models/black-forest-labs/flux-1.1-pro-ultra/predictions', {
      body: { input: { prompt: 'x', output_format: 'webp' } },
    });
    expect([imagen.status, ultra.status]).toEqual([422, 422]);
    expect(((await ultra.json()) as { detail: string }).detail).toBe(
      '- input.output_format: output_format must be one of the following: "jpg", "png"\n',
    );
  });

  it('answers 404 for an unknown model and prediction, 422 for an unknown version', async () => {
    expect((await call('/v1/models/nobody/nothing/predictions', { body: { input: {} } })).status).toBe(404);
    expect((await call('/v1/predictions/0123456789abcdefghjkmnpqrs')).status).toBe(404);
    expect((await call('/v1/predictions', { body: { version: 'a'.repeat(64), input: {} } })).status).toBe(422);
  });

  it('throttles in three forms and by its own counter', async () => {
    const refusal = async (kind: string): Promise<Response> => {
      simulator.faults.add({ operation: 'replicate.create', kind });
      return call(schnell, { body: { input: { prompt: 'x' } } });
    };
    expect((await refusal('throttled')).headers.get('retry-after')).toBeNull();
    expect(await (await refusal('throttled-low-credit')).json()).toMatchObject({ retry_after: 9 });
    expect((await refusal('throttled-header')).headers.get('retry-after')).toBe('30');
    expect((await refusal('no-credit')).status).toBe(402);
    simulator.settings.limits.create = 2;
    await create();
    await create();
    expect((await call(schnell, { body: { input: { prompt: 'x' } } })).status).toBe(429);
    clock += 60_000;
    await create();
  });
});

describe('the rest of the API', () => {
  it('counts down in headers', async () => {
    const response = await call(schnell, { body: { input: { prompt: 'x' } } });
    expect(response.headers.get('ratelimit-remaining')).toBe('599');
    expect(response.headers.get('ratelimit-reset')).toBe('1');
    expect((await call('/v1/account')).headers.get('ratelimit-remaining')).toBe('2999');
  });

  it('accepts a version that names an official model', async () => {
    const response = await call('/v1/predictions', {
      body: { version: 'black-forest-labs/flux-1.1-pro', input: { prompt: 'x' } },
    });
    const { id } = (await response.json()) as Wire;
    clock += 5_000;
    expect((await get(id)).output).toMatch(/^https:\/\/replicate\.delivery\//);
  });

  it('pages through the list, newest first', async () => {
    for (let index = 0; index < 103; index++) await create({ seed: index });
    const first = (await (await call('/v1/predictions')).json()) as { next: string; previous: null; results: Wire[] };
    expect(first.results).toHaveLength(100);
    expect(first.results[0]?.input.seed).toBe(102);
    const next = new URL(first.next);
    const second = (await (await call(next.pathname + next.search)).json()) as { next: null; results: Wire[] };
    expect(second.results.map((prediction) => prediction.input.seed)).toEqual([2, 1, 0]);
    expect(second.next).toBeNull();
  });

  it('describes a model with its input schema', async () => {
    const model = (await (await call('/v1/models/bytedance/seedance-1-pro')).json()) as Record<string, unknown>;
    expect(model).toHaveProperty('latest_version.openapi_schema.components.schemas.Input.required', ['prompt']);
  });

  it('bills the price of what was made', async () => {
    await create({ num_outputs: 3 });
    await call('/v1/models/kwaivgi/kling-v2.5-turbo-pro/predictions', {
      body: { input: { prompt: 'x', duration: 10 } },
    });
    expect(simulator.billed().map((bill) => bill.microUsd)).toEqual([9_000, 700_000]);
  });

  it('gives equal inputs equal hashes', async () => {
    await create({ seed: 1, aspect_ratio: '4:5' });
    await create({ aspect_ratio: '4:5', seed: 1 });
    const [first, second] = simulator.billed();
    expect(first?.inputHash).toBe(second?.inputHash);
  });

  it('is controlled over HTTP and never records a token', async () => {
    await fetch(`${simulator.origins.api}/__sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ operation: 'replicate.get', kind: 'status', value: { status: 502 } }),
    });
    const { id } = await create();
    expect((await call(`/v1/predictions/${id}`)).status).toBe(502);
    const ledger = await (await fetch(`${simulator.origins.api}/__sandbox/ledger`)).text();
    expect(ledger).toContain('replicate.billed');
    expect(ledger).not.toContain(token);
  });
});

it('remembers predictions and charges after a restart', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'replicate-'));
  await simulator.close();
  simulator = await start(dir);
  const { id } = await create();
  await simulator.close();
  simulator = await start(dir);
  clock += 5_000;
  expect((await get(id)).status).toBe('succeeded');
  expect(simulator.billed().map((bill) => bill.predictionId)).toEqual([id]);
  rmSync(dir, { recursive: true });
});
