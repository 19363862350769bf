import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RenderRequest } from '../core/ports/index.ts';
import { type ReplicateSimulator, startReplicateSimulator } from '../sandbox/replicate/replicate-simulator.ts';
import { sniff } from '../media/sniff.ts';
import { createReplicate } from './replicate.ts';
import { optionsFor, TestTime } from './test-options.ts';

const token = 'r8_sandboxsandboxsandbox';
let simulator: ReplicateSimulator;
let time: TestTime;
let created: string[];

beforeEach(async () => {
  time = new TestTime();
  created = [];
  simulator = await startReplicateSimulator({
    now: () => time.at,
    dir: null,
    tokens: [token],
    videoAssets: join(import.meta.dirname, '../media/fixtures'),
  });
});
afterEach(() => simulator.close());

const replicate = (apiKey: string | null = token) =>
  createReplicate({ ...optionsFor(time, simulator.origins.api, apiKey), deliveryBaseUrl: simulator.origins.delivery });

function request(change: Partial<RenderRequest> = {}): RenderRequest {
  return {
    kind: 'image',
    model: 'black-forest-labs/flux-1.1-pro',
    prompt: 'A cup of coffee on a wooden table, morning light.',
    aspect: '4:5',
    intendedAt: time.at,
    predictionId: null,
    mayExist: false,
    onCreated: async (id) => {
      created.push(id);
    },
    ...change,
  };
}

const count = (operation: string): number => simulator.ledger.count(`replicate.${operation}`);

async function failureOf(call: Promise<unknown>): Promise<{ kind: string; message: string; retryAt: number | null }> {
  const error: unknown = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'AiFailure', provider: 'replicate' });
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(token);
  return error as never;
}

describe('Replicate', () => {
  it('makes a picture, and tells its id before anything else', async () => {
    const { bytes, usage } = await replicate().render(request());
    expect(sniff(bytes)).toBe('image/jpeg');
    expect(usage).toMatchObject({
      model: 'black-forest-labs/flux-1.1-pro',
      images: 1,
      videos: 0,
      costMicroUsd: 40_000,
    });
    expect(created).toEqual(simulator.billed().map(({ predictionId }) => predictionId));
    expect(count('list')).toBe(0);
    expect(usage.costMicroUsd).toBe(simulator.billed()[0]?.microUsd);
  });

  it('makes a video', async () => {
    const { bytes, usage } = await replicate().render(
      request({ kind: 'video', model: 'bytedance/seedance-1-pro', aspect: '9:16' }),
    );
    expect(sniff(bytes)).toBe('video/mp4');
    expect(usage).toMatchObject({ images: 0, videos: 1, costMicroUsd: simulator.billed()[0]?.microUsd });
  });

  it.each([
    ['black-forest-labs/flux-schnell', 'image'],
    ['black-forest-labs/flux-1.1-pro-ultra', 'image'],
    ['google/imagen-4-fast', 'image'],
    ['google/nano-banana-2', 'image'],
    ['bytedance/seedream-4.5', 'image'],
    ['recraft-ai/recraft-v3', 'image'],
    ['bytedance/seedance-1-lite', 'video'],
    ['kwaivgi/kling-v2.5-turbo-pro', 'video'],
  ] as const)('asks %s with what it takes, at the price we reckon', async (model, kind) => {
    for (const aspect of ['4:5', '1:1', '9:16'] as const) {
      await replicate().render(request({ model, kind, aspect, prompt: `A park bench, ${aspect}.` }));
    }
    const estimate = replicate().estimateMicroUsd(kind, model);
    expect(simulator.billed().map(({ microUsd }) => microUsd)).toEqual([estimate, estimate, estimate]);
  });

  it('tells what a model costs before it is asked, and reckons high for one it does not know', () => {
    expect(replicate().estimateMicroUsd('image', 'black-forest-labs/flux-1.1-pro')).toBe(40_000);
    expect(replicate().estimateMicroUsd('video', 'someone/new-model')).toBe(1_500_000);
  });

  it('waits for the end, also when output shows before it', async () => {
    simulator.settings.stepsUntilDone = 4;
    simulator.faults.add({ operation: 'replicate.create', kind: 'early-output' });
    await replicate().render(request());
    expect(count('get')).toBe(5);
    expect(time.waits).toHaveLength(4);
    expect(Math.max(...time.waits)).toBeLessThanOrEqual(6_000);
  });

  it('says where the token goes when there is none, without asking', async () => {
    expect(await failureOf(replicate(null).render(request()))).toMatchObject({
      kind: 'config',
      message: expect.stringContaining('Settings → Connections'),
    });
    expect(simulator.ledger.entries).toEqual([]);
  });
});

describe('one intent is paid once', () => {
  it.each([
    ['the answer to the creation is lost', { kind: 'lost-answer' }],
    ['the answer is cut', { kind: 'truncate' }],
    ['a gateway answers in its place', { kind: 'status-after', value: { status: 502, body: '<html>' } }],
  ])('when %s: it is found in the list', async (_, fault) => {
    simulator.faults.add({ operation: 'replicate.create', ...fault });
    const { bytes } = await replicate().render(request());
    expect(bytes.length).toBeGreaterThan(1_000);
    expect(count('create')).toBe(1);
    expect(simulator.billed()).toHaveLength(1);
    expect(created).toHaveLength(1);
  });

  it('when the connection was cut before anything happened: nothing is sent again in this call', async () => {
    simulator.faults.add({ operation: 'replicate.create', kind: 'reset' });
    expect(await failureOf(replicate().render(request()))).toMatchObject({ kind: 'unknown' });
    expect(count('create')).toBe(1);
    expect(count('list')).toBe(3);
    expect(created).toEqual([]);
  });

  it('and the next call looks before it asks', async () => {
    const intendedAt = time.at;
    simulator.faults.add({ operation: 'replicate.create', kind: 'lost-answer' });
    simulator.faults.add({ operation: 'replicate.list', kind: 'status', value: { status: 500 }, times: 3 });
    expect(await failureOf(replicate().render(request()))).toMatchObject({ kind: 'unknown' });
    time.at += 600_000;
    await replicate().render(request({ intendedAt, mayExist: true }));
    expect(simulator.billed()).toHaveLength(1);
    expect(created).toEqual([simulator.billed()[0]?.predictionId]);
  });

  it('but one that is proven absent is made', async () => {
    const intendedAt = time.at;
    simulator.faults.add({ operation: 'replicate.create', kind: 'reset' });
    await failureOf(replicate().render(request()));
    await replicate().render(request({ intendedAt, mayExist: true }));
    expect(simulator.billed()).toHaveLength(1);
  });

  it('a 503 that did nothing is asked again after a look', async () => {
    simulator.faults.add({ operation: 'replicate.create', kind: 'status', value: { status: 503 } });
    await replicate().render(request());
    expect(count('create')).toBe(2);
    expect(count('list')).toBe(3);
    expect(simulator.billed()).toHaveLength(1);
  });

  it('goes on with a prediction that is known', async () => {
    const { bytes } = await replicate().render(request());
    const again = await replicate().render(request({ predictionId: created[0] ?? '' }));
    expect(again.bytes).toEqual(bytes);
    expect(count('create')).toBe(1);
    expect(created).toHaveLength(1);
  });

  it('is not mistaken for another intent with the same prompt', async () => {
    await replicate().render(request());
    time.at += 5_000;
    await replicate().render(request({ mayExist: true }));
    expect(simulator.billed()).toHaveLength(2);
  });

  it('is found behind more than a hundred others, by a clock that differs', async () => {
    const intendedAt = time.at;
    simulator.settings.clockSkewMs = -180_000;
    simulator.faults.add({ operation: 'replicate.create', kind: 'lost-answer' });
    simulator.faults.add({ operation: 'replicate.list', kind: 'reset', times: 3 });
    await failureOf(replicate().render(request()));
    for (let other = 0; other < 120; other += 1) await create(`another picture ${other}`);
    await replicate().render(request({ intendedAt, mayExist: true }));
    expect(simulator.billed()).toHaveLength(121);
  });

  it('what was made and deleted since is not made under the same intent', async () => {
    const intendedAt = time.at;
    simulator.faults.add({ operation: 'replicate.create', kind: 'lost-answer' });
    simulator.faults.add({ operation: 'replicate.list', kind: 'reset', times: 3 });
    await failureOf(replicate().render(request()));
    time.at += 2 * 3_600_000;
    expect(await failureOf(replicate().render(request({ intendedAt, mayExist: true })))).toMatchObject({
      kind: 'refused',
    });
    expect(count('create')).toBe(1);
  });
});

/** Creates a prediction as another program with the same token would. */
async function create(prompt: string): Promise<void> {
  await fetch(`${simulator.origins.api}/v1/models/black-forest-labs/flux-schnell/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ input: { prompt } }),
  });
}

describe('refusals', () => {
  it.each([
    ['a wrong token', 'r8_wrong', {}, 'config'],
    ['a model that is gone', token, { model: 'someone/gone' }, 'config'],
  ])('%s', async (_, apiKey, change, kind) => {
    expect(await failureOf(replicate(apiKey).render(request(change)))).toMatchObject({ kind });
    expect(simulator.billed()).toEqual([]);
  });

  it('no credit', async () => {
    simulator.faults.add({ operation: 'replicate.create', kind: 'no-credit' });
    expect(await failureOf(replicate().render(request()))).toMatchObject({ kind: 'quota' });
  });

  it.each([
    ['throttled', 30_000],
    ['throttled-low-credit', 9_000],
    ['throttled-header', 30_000],
  ])('%s is waited for', async (kind, waitMs) => {
    simulator.faults.add({ operation: 'replicate.create', kind });
    await replicate().render(request());
    expect(time.waits[0]).toBe(waitMs);
    expect(simulator.billed()).toHaveLength(1);
  });

  it('a long wait is given back', async () => {
    simulator.faults.add({ operation: 'replicate.create', kind: 'throttled-header', value: 300 });
    expect(await failureOf(replicate().render(request()))).toMatchObject({ kind: 'rate', retryAt: time.at + 300_000 });
  });

  it.each([
    ['nsfw', 'refused'],
    ['e005', 'refused'],
    ['out-of-memory', 'transient'],
    ['aborted', 'transient'],
    ['null-output', 'transient'],
    ['empty-output', 'transient'],
    ['odd-output', 'transient'],
  ])('a prediction that ends as %s', async (ending, kind) => {
    simulator.faults.add({ operation: 'replicate.create', kind: ending });
    expect(await failureOf(replicate().render(request()))).toMatchObject({ kind });
    expect(created).toHaveLength(1);
  });

  it('nobody listening', async () => {
    const { api } = simulator.origins;
    await simulator.close();
    const nowhere = createReplicate({ ...optionsFor(time, api, token), deliveryBaseUrl: null });
    expect(await failureOf(nowhere.render(request()))).toMatchObject({ kind: 'transient' });
  });
});

describe('waiting', () => {
  it('goes on over errors of the service', async () => {
    simulator.faults.add({ operation: 'replicate.get', kind: 'status', value: { status: 500 }, times: 2 });
    simulator.faults.add({ operation: 'replicate.get', kind: 'reset' });
    simulator.settings.stepsUntilDone = 0;
    await replicate().render(request());
    expect(count('get')).toBe(4);
  });

  it('ends when patience does; the prediction is kept for later', async () => {
    simulator.settings.processingMs = { image: 10 * 60_000, video: 0 };
    simulator.faults.add({ operation: 'replicate.create', kind: 'stuck' });
    expect(await failureOf(replicate().render(request()))).toMatchObject({
      kind: 'unknown',
      message: 'Replicate is still working on it.',
    });
    expect(created).toHaveLength(1);
    expect(time.at - Date.UTC(2026, 10, 23, 8)).toBeLessThan(5 * 60_000);
  });

  it('what stays stuck is given up by Replicate itself', async () => {
    simulator.faults.add({ operation: 'replicate.create', kind: 'stuck' });
    await failureOf(replicate().render(request()));
    time.at += 120_000;
    expect(await failureOf(replicate().render(request({ predictionId: created[0] ?? '' })))).toMatchObject({
      kind: 'transient',
    });
  });
});

describe('the download', () => {
  it.each(['server-error', 'truncate-length', 'truncate-chunked', 'html', 'zero-bytes'])(
    'is tried again after %s',
    async (kind) => {
      const { bytes } = await replicate().render(request());
      simulator.faults.add({ operation: 'replicate.download', kind });
      const again = await replicate().render(request({ predictionId: created[0] ?? '' }));
      expect(again.bytes).toEqual(bytes);
      expect(count('download')).toBe(3);
    },
  );

  it('that stays broken is left for later, without paying again', async () => {
    simulator.faults.add({ operation: 'replicate.download', kind: 'server-error', times: 9 });
    expect(await failureOf(replicate().render(request()))).toMatchObject({ kind: 'unknown' });
    expect(count('download')).toBe(4);
    expect(simulator.billed()).toHaveLength(1);
  });

  it.each(['not-found', 'forbidden', 'huge'])('ends at %s', async (kind) => {
    simulator.faults.add({ operation: 'replicate.download', kind });
    expect(await failureOf(replicate().render(request()))).toMatchObject({ kind: 'transient' });
    expect(count('download')).toBe(1);
  });

  it('follows no redirect to another host', async () => {
    simulator.faults.add({
      operation: 'replicate.download',
      kind: 'redirect',
      value: 'http://127.0.0.1:1/latest/meta-data',
    });
    expect(await failureOf(replicate().render(request()))).toMatchObject({
      message: expect.stringContaining('host that is not its own'),
    });
  });

  it('after an hour finds it deleted', async () => {
    await replicate().render(request());
    time.at += 3_700_000;
    expect(await failureOf(replicate().render(request({ predictionId: created[0] ?? '' })))).toMatchObject({
      kind: 'transient',
    });
  });
});
