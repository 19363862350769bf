import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StructuredRequest } from '../core/ports/index.ts';
import { type GroqSimulator, startGroqSimulator } from '../sandbox/groq/groq-simulator.ts';
import { createGroq } from './groq.ts';
import { goDurationMs } from './groq-failures.ts';
import { optionsFor, TestTime } from './test-options.ts';

const key = 'gsk_sandboxsandboxsandbox';
let simulator: GroqSimulator;
let time: TestTime;

beforeAll(async () => {
  simulator = await startGroqSimulator({ now: () => time.at, dir: null, apiKeys: [key] });
});
afterAll(() => simulator.close());
beforeEach(() => {
  time = new TestTime();
});
afterEach(() => simulator.faults.clear());

const request: StructuredRequest = {
  models: ['openai/gpt-oss-120b', 'openai/gpt-oss-20b'],
  instructions: 'Write posts.',
  task: 'Write one post. {"clientName":"Café Mozart","language":"en"}',
  schema: {
    name: 'content_plan',
    json: {
      type: 'object',
      properties: { caption: { type: 'string' } },
      required: ['caption'],
      additionalProperties: false,
    },
  },
  maxOutputTokens: 4_000,
};

const groq = (apiKey: string | null = key, deadlineMs = 10_000) =>
  createGroq({ ...optionsFor(time, simulator.origin, apiKey), deadlineMs });
const requests = (): number => simulator.ledger.count('groq.chat');

/** The failure of a call, with the number of requests it took. */
async function failureOf(call: Promise<unknown>): Promise<{ kind: string; message: string; retryAt: number | null }> {
  const error: unknown = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'AiFailure', provider: 'groq' });
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(key);
  return error as never;
}

describe('Groq', () => {
  it('answers with JSON of the schema and what it cost', async () => {
    const { json, usage } = await groq().generate(request);
    expect(json).toEqual({ caption: expect.any(String) });
    const entry = simulator.ledger.entries.at(-1);
    expect(usage).toMatchObject({
      model: 'openai/gpt-oss-120b',
      inputTokens: entry?.detail.promptTokens,
      outputTokens: entry?.detail.completionTokens,
      costMicroUsd: entry?.detail.microUsd,
      images: 0,
      videos: 0,
    });
  });

  it('says where the key goes when there is none, without asking', async () => {
    const before = requests();
    const failure = await failureOf(groq(null).generate(request));
    expect(failure).toMatchObject({ kind: 'config', message: 'Add your Groq key in Settings → Connections.' });
    expect(requests()).toBe(before);
  });

  it('does not go on with a wrong key', async () => {
    const before = requests();
    expect(await failureOf(groq('gsk_wrong').generate(request))).toMatchObject({ kind: 'config' });
    expect(requests()).toBe(before + 1);
  });

  it.each([
    ['a retired model', 'llama-3.3-70b-versatile'],
    ['a model without structured output', 'groq/compound'],
  ])('goes on with the next model after %s', async (_, gone) => {
    const { usage } = await groq().generate({ ...request, models: [gone, 'openai/gpt-oss-20b'] });
    expect(usage.model).toBe('openai/gpt-oss-20b');
  });

  it('goes on with the next model when one is decommissioned', async () => {
    simulator.faults.add({ operation: 'groq.chat', kind: 'decommissioned-400' });
    expect((await groq().generate(request)).usage.model).toBe('openai/gpt-oss-20b');
  });

  it('asks a person when no model is left', async () => {
    const failure = await failureOf(
      groq().generate({ ...request, models: ['llama-3.1-8b-instant', 'qwen/qwen3-32b'] }),
    );
    expect(failure).toMatchObject({ kind: 'config', message: expect.stringContaining('Choose another in Settings') });
  });
});

describe('after a stumble Groq is asked again', () => {
  it.each([
    ['a cut connection', { kind: 'reset' }, [1_000]],
    ['a lost answer', { kind: 'lost-answer' }, [1_000]],
    ['a cut answer', { kind: 'reset-body' }, [1_000]],
    ['a 500', { kind: 'status', value: { status: 500 } }, [1_000]],
    ['a 503', { kind: 'status', value: { status: 503 } }, [1_000]],
    ['a 408', { kind: 'status', value: { status: 408 } }, [1_000]],
    ['no capacity (498)', { kind: 'capacity-498' }, [1_000]],
    ['two tokens a minute too many', { kind: 'tpm-429' }, [2_000]],
    ['a bare 429', { kind: 'bare-429' }, [1_000]],
    ['JSON that does not fit', { kind: 'validate-schema-400' }, [1_000]],
    ['JSON with an end missing', { kind: 'invalid-json' }, [1_000]],
    ['prose around the JSON', { kind: 'markdown-fences' }, [1_000]],
    ['thoughts before the JSON', { kind: 'think-text' }, [1_000]],
    ['no content', { kind: 'content-null' }, [1_000]],
    ['a login page', { kind: 'html-200' }, [1_000]],
    ['an error in a 200', { kind: 'error-200' }, [1_000]],
    ['an empty body', { kind: 'empty-body' }, [1_000]],
  ] as const)('after %s', async (_, fault, waits) => {
    const before = requests();
    simulator.faults.add({ operation: 'groq.chat', ...fault });
    expect((await groq().generate(request)).json).toEqual({ caption: expect.any(String) });
    expect(requests()).toBe(before + 2);
    expect(time.waits).toEqual(waits);
  });

  it('three times in all, with growing waits', async () => {
    const before = requests();
    simulator.faults.add({ operation: 'groq.chat', kind: 'status', value: { status: 502 }, times: 9 });
    expect(await failureOf(groq().generate(request))).toMatchObject({ kind: 'transient' });
    expect(requests()).toBe(before + 3);
    expect(time.waits).toEqual([1_000, 2_000]);
  });

  it('and pays for what it threw away', async () => {
    const clean = (await groq().generate(request)).usage;
    simulator.faults.add({ operation: 'groq.chat', kind: 'invalid-json' });
    const { usage } = await groq().generate(request);
    expect(usage.inputTokens).toBe(2 * clean.inputTokens);
    expect(usage.costMicroUsd).toBeGreaterThan(clean.costMicroUsd);
  });
});

describe('Groq is not asked again at once', () => {
  it.each([
    ['when the day’s tokens are used up', { kind: 'tpd-429' }, 'quota', 6_837_000],
    [
      'when it asks for a long wait',
      { kind: 'status', value: { status: 429, headers: { 'retry-after': '600' } } },
      'rate',
      600_000,
    ],
    ['when the request is too large', { kind: 'status', value: { status: 413 } }, 'refused', null],
    ['when the answer is too long', { kind: 'validate-truncated-400' }, 'refused', null],
    ['when the answer was cut', { kind: 'finish-length' }, 'refused', null],
    ['when a proxy is in the way', { kind: 'html-403' }, 'config', null],
  ] as const)('%s', async (_, fault, kind, waitMs) => {
    const before = requests();
    simulator.faults.add({ operation: 'groq.chat', ...fault });
    const failure = await failureOf(groq().generate(request));
    expect(failure).toMatchObject({ kind, retryAt: waitMs === null ? null : time.at + waitMs });
    expect(requests()).toBe(before + 1);
    expect(time.waits).toEqual([]);
  });

  it('when the rate limit stays, but then with a time to come back', async () => {
    simulator.faults.add({ operation: 'groq.chat', kind: 'tpm-429', times: 9 });
    expect(await failureOf(groq().generate(request))).toMatchObject({ kind: 'rate', retryAt: time.at + 2_000 });
  });
});

describe('a call to Groq ends', () => {
  it.each(['hang', 'stall-body'])('at its deadline, %s or not', async (kind) => {
    simulator.faults.add({ operation: 'groq.chat', kind, times: 3 });
    expect(await failureOf(groq(key, 200).generate(request))).toMatchObject({
      kind: 'transient',
      message: 'Groq took too long.',
    });
  });

  it('when it is stopped', async () => {
    simulator.faults.add({ operation: 'groq.chat', kind: 'hang' });
    const failure = await failureOf(groq().generate({ ...request, signal: AbortSignal.timeout(100) }));
    expect(failure).toMatchObject({ kind: 'transient', message: 'The call to Groq was stopped.' });
  });

  it('when nobody listens at the address', async () => {
    const nowhere = createGroq(optionsFor(time, 'http://127.0.0.1:9', key));
    expect(await failureOf(nowhere.generate(request))).toMatchObject({ kind: 'transient' });
  });
});

describe('durations in Go’s notation', () => {
  it.each([
    ['547ms', 547],
    ['7.66s', 7_660],
    ['2m59.56s', 179_560],
    ['1h2m3.4s', 3_723_400],
    ['1h53m57s.', 6_837_000],
    ['soon', null],
    ['', null],
  ])('%s', (text, ms) => {
    expect(goDurationMs(text)).toBe(ms);
  });
});
