import Groq from 'groq-sdk';
import type { ChatCompletionCreateParamsNonStreaming } from 'groq-sdk/resources/chat/completions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GroqSimulator, startGroqSimulator } from './groq-simulator.ts';
import { freePlan } from './limits.ts';

const key = 'gsk_test';
let clock = 0;
let simulator: GroqSimulator;

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 23, 9);
  simulator = await startGroqSimulator({ now: () => clock, dir: null, apiKeys: [key] });
});

afterEach(() => simulator.close());

const week = {
  type: 'object',
  additionalProperties: false,
  required: ['language', 'posts'],
  properties: {
    language: { type: 'string' },
    posts: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['slot_id', 'pillar', 'topic', 'cta_id', 'variants', 'alt_text', 'image_prompt', 'claims'],
        properties: {
          slot_id: { type: 'string', enum: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
          pillar: { type: 'string', enum: ['craft', 'people', 'season'] },
          topic: { type: 'string' },
          cta_id: { type: 'string', enum: ['visit', 'order', 'none'] },
          variants: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['platform', 'caption', 'hashtags', 'first_comment'],
              properties: {
                platform: { type: 'string', enum: ['facebook', 'instagram', 'tiktok'] },
                caption: { type: 'string' },
                hashtags: { type: 'array', items: { type: 'string' } },
                first_comment: { type: ['string', 'null'] },
              },
            },
          },
          alt_text: { type: 'string' },
          image_prompt: { type: 'string' },
          claims: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['text', 'source_id'],
              properties: { text: { type: 'string' }, source_id: { type: 'string', enum: ['none'] } },
            },
          },
        },
      },
    },
  },
};

interface Variant {
  platform: string;
  caption: string;
  hashtags: string[];
  first_comment: string | null;
}

interface Week {
  posts: { slot_id: string; pillar: string; topic: string; cta_id: string; variants: Variant[]; claims: unknown[] }[];
}

const brand = JSON.stringify({
  client: { name: 'Kaffee Lund' },
  voice: 'warm café and bakery',
  hashtags: ['#kaffeelund', '#slowmornings'],
  slots: [{ slot_id: 'mon', pillar: 'season', platforms: ['instagram'] }],
});

function weekRequest(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    model: 'openai/gpt-oss-120b',
    messages: [{ role: 'user', content: `Write the week. Data: <data>${brand}</data>` }],
    response_format: { type: 'json_schema', json_schema: { name: 'week', strict: true, schema: week } },
    ...more,
  };
}

function post(body: unknown, headers: Record<string, string> = { authorization: `Bearer ${key}` }): Promise<Response> {
  return fetch(`${simulator.origin}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

interface Answer {
  choices: { message: { content: string | null; reasoning?: string }; finish_reason: string }[];
  usage: Record<string, unknown>;
}

async function content(body: unknown): Promise<string> {
  const answer = (await (await post(body)).json()) as Answer;
  return answer.choices[0]?.message.content ?? '';
}

async function errorOf(response: Response): Promise<{ message: string; code?: string; failed_generation?: string }> {
  return ((await response.json()) as { error: { message: string; code?: string; failed_generation?: string } }).error;
}

describe('through the SDK', () => {
  it('answers a strict week plan that fits the schema', async () => {
    const groq = new Groq({ apiKey: key, baseURL: simulator.origin, maxRetries: 0 });
    const answer = await groq.chat.completions.create(
      weekRequest() as unknown as ChatCompletionCreateParamsNonStreaming,
    );
    expect(answer.id).toMatch(/^chatcmpl-/);
    expect(answer.choices[0]?.finish_reason).toBe('stop');
    expect(answer.usage?.total_tokens).toBe(
      (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0),
    );
    const { posts } = JSON.parse(answer.choices[0]?.message.content ?? '') as Week;
    expect(posts.map((item) => item.slot_id)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
  });

  it('lists models and names one with a slash in its id', async () => {
    const groq = new Groq({ apiKey: key, baseURL: simulator.origin, maxRetries: 0 });
    expect((await groq.models.list()).data.map((model) => model.id)).toContain('openai/gpt-oss-20b');
    expect((await groq.models.retrieve('openai/gpt-oss-20b')).owned_by).toBe('OpenAI');
  });

  it('raises a retired model as not found', async () => {
    const groq = new Groq({ apiKey: key, baseURL: simulator.origin, maxRetries: 0 });
    const call = groq.chat.completions.create({
      model: 'llama-3.3-70b-versatile',
      messages: [{ role: 'user', content: 'hello' }],
    });
    await expect(call).rejects.toBeInstanceOf(Groq.NotFoundError);
  });
});

describe('the words', () => {
  it('gives every slot another caption and each platform its own length', async () => {
    const { posts } = JSON.parse(await content(weekRequest())) as Week;
    const captions = posts.flatMap((item) => item.variants.map((variant) => variant.caption));
    expect(new Set(captions).size).toBe(captions.length);
    const tuesday = posts[1]?.variants ?? [];
    expect(tuesday.map((variant) => variant.platform)).toEqual(['facebook', 'instagram', 'tiktok']);
    const [facebook, instagram, tiktok] = tuesday.map((variant) => variant.caption.length);
    expect(facebook).toBeGreaterThan(instagram ?? 0);
    expect(instagram).toBeGreaterThan(tiktok ?? 0);
    expect(tuesday[2]?.first_comment).toBeNull();
    expect(posts[0]?.claims).toEqual([]);
  });

  it('follows what the data section says about a slot and the brand', async () => {
    const { posts } = JSON.parse(await content(weekRequest())) as Week;
    expect(posts[0]?.pillar).toBe('season');
    expect(posts[0]?.variants.map((variant) => variant.platform)).toEqual(['instagram']);
    expect(posts[0]?.variants[0]?.hashtags).toContain('#kaffeelund');
    expect(posts.every((item) => item.cta_id !== 'none')).toBe(true);
  });

  it('is the same for the same request, and avoids what the brief has used', async () => {
    const first = await content(weekRequest());
    expect(await content(weekRequest())).toBe(first);
    const topics = (JSON.parse(first) as Week).posts.map((item) => item.topic);
    const used = JSON.stringify({ recent: topics });
    const next = JSON.parse(
      await content(weekRequest({ messages: [{ role: 'user', content: `${brand}\n${used}` }] })),
    ) as Week;
    expect(next.posts.map((item) => item.topic).filter((topic) => topics.includes(topic))).toEqual([]);
  });

  it('finds other words once every idea has been used, and answers corrections with another idea', async () => {
    const said: string[] = [];
    const first = async (extra: object = {}): Promise<string> => {
      const data = JSON.stringify({ ...(JSON.parse(brand) as object), alreadyPosted: said, ...extra });
      const plan = JSON.parse(await content(weekRequest({ messages: [{ role: 'user', content: data }] }))) as Week;
      return plan.posts[1]?.variants[0]?.caption ?? '';
    };
    expect(await first({ corrections: [{ for: 'tue', broken: 'repeats' }] })).not.toBe(await first());
    for (let week = 0; week < 30; week++) said.push(await first());
    expect(new Set(said).size).toBe(said.length);
  });

  it('rewords a single field without changing its subject', async () => {
    const { posts } = JSON.parse(await content(weekRequest())) as Week;
    const old = posts[2]?.variants[1]?.caption ?? '';
    const schema = {
      type: 'object',
      additionalProperties: false,
      required: ['caption'],
      properties: { caption: { type: 'string' } },
    };
    const again = JSON.parse(
      await content(
        weekRequest({
          messages: [{ role: 'user', content: `${brand}\nWrite again: ${JSON.stringify({ caption: old })}` }],
          response_format: { type: 'json_schema', json_schema: { name: 'one', strict: true, schema } },
        }),
      ),
    ) as { caption: string };
    expect(again.caption).not.toBe(old);
    expect(again.caption.length).toBeGreaterThan(20);
  });
});

describe('other wordings', () => {
  const caption = { type: 'string' };
  const item = { type: 'object', additionalProperties: false, required: ['caption'], properties: { caption } };
  const variants = { type: 'array', items: item };
  const schema = { type: 'object', additionalProperties: false, required: ['variants'], properties: { variants } };

  async function versionsOf(current: string): Promise<string[]> {
    const data = JSON.stringify({ current, platforms: ['facebook'] });
    const answer = await content(
      weekRequest({
        messages: [{ role: 'user', content: `${brand}\n${data}` }],
        response_format: { type: 'json_schema', json_schema: { name: 'caption_variants', strict: true, schema } },
      }),
    );
    return (JSON.parse(answer) as { variants: { caption: string }[] }).variants.map((variant) => variant.caption);
  }

  it.each([
    [
      'one of its own',
      'While the street is still asleep, our oven is already singing.\n\nCome by.',
      /oven|croissant|folded/i,
    ],
    ['somebody else’s', 'Tom has a new hat. It is too big for him.', /Tom has a new hat/],
  ])('are three of the text that stands there, each different: %s', async (_, text, about) => {
    const versions = await versionsOf(text);
    expect(versions).toHaveLength(3);
    expect(new Set([...versions, text]).size).toBe(4);
    for (const version of versions) expect(version).toMatch(about);
  });
});

describe('what is refused', () => {
  it('refuses a missing and a wrong key', async () => {
    expect((await post(weekRequest(), {})).status).toBe(401);
    const wrong = await post(weekRequest(), { authorization: 'Bearer nobody' });
    expect((await errorOf(wrong)).code).toBe('invalid_api_key');
  });

  it.each([
    ['an undocumented parameter', { temprature: 1 }],
    ['an unsupported penalty', { frequency_penalty: 0.5 }],
    ['more than one answer', { n: 2 }],
    ['reasoning effort none on gpt-oss', { reasoning_effort: 'none' }],
    ['streaming with a schema', { stream: true }],
    ['tools with a schema', { tools: [{ type: 'function', function: { name: 'f' } }] }],
    ['both reasoning switches', { reasoning_format: 'hidden', include_reasoning: false }],
    ['a named message', { messages: [{ role: 'user', name: 'x', content: 'hi' }] }],
    ['more tokens than the model writes', { max_completion_tokens: 70_000 }],
  ])('refuses %s', async (_, more) => {
    const response = await post(weekRequest(more));
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).not.toBe('');
  });

  it('refuses a schema model that cannot be strict', async () => {
    const response = await post(weekRequest({ model: 'openai/gpt-oss-safeguard-20b' }));
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toContain('does not support response format `json_schema`');
  });

  it('refuses a schema that is not closed at every level', async () => {
    const open = structuredClone(week) as { properties: { posts: { items: { required: string[] } } } };
    open.properties.posts.items.required.pop();
    const json_schema = { name: 'week', strict: true, schema: open };
    const strict = await post(weekRequest({ response_format: { type: 'json_schema', json_schema } }));
    expect((await errorOf(strict)).message).toContain('missing: claims');
    const loose = { ...json_schema, strict: false };
    const tolerant = await post(weekRequest({ response_format: { type: 'json_schema', json_schema: loose } }));
    expect(tolerant.status).toBe(200);
  });

  it('answers too small a token limit as a failed generation', async () => {
    const response = await post(weekRequest({ max_completion_tokens: 200 }));
    expect(response.status).toBe(400);
    expect((await errorOf(response)).failed_generation).toContain('max completion tokens reached');
  });
});

describe('limits', () => {
  it('counts down in headers with Go durations and refills with the clock', async () => {
    simulator.settings.limits = freePlan;
    const first = await post(weekRequest());
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('1000');
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('999');
    expect(first.headers.get('x-ratelimit-reset-requests')).toBe('1m26.4s');
    expect(Number(first.headers.get('x-ratelimit-remaining-tokens'))).toBeLessThan(8_000);
    clock += 86_400;
    const second = await post({ model: 'openai/gpt-oss-120b', messages: [{ role: 'user', content: 'hi' }] });
    expect(second.headers.get('x-ratelimit-remaining-requests')).toBe('999');
    expect(second.headers.get('x-request-id')).toMatch(/^req_/);
  });

  it('refuses a prompt above the minute’s tokens with 413 and a used-up minute with 429', async () => {
    simulator.settings.limits = freePlan;
    const long = (length: number) => ({
      model: 'openai/gpt-oss-20b',
      messages: [{ role: 'user', content: 'word '.repeat(length) }],
    });
    const tooLarge = await post(long(8_000));
    expect(tooLarge.status).toBe(413);
    expect((await errorOf(tooLarge)).message).toContain('Limit 8000, Requested 100');
    expect((await post(long(5_000))).status).toBe(200);
    const limited = await post(long(5_000));
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    clock += 60_000;
    expect((await post(long(5_000))).status).toBe(200);
  });
});

describe('faults', () => {
  const one = (more: Record<string, unknown> = {}) => weekRequest(more);

  it.each([
    ['tpm-429', 429, '2'],
    ['tpd-429', 429, '6837'],
    ['bare-429', 429, null],
    ['capacity-498', 498, null],
    ['validate-truncated-400', 400, null],
    ['validate-schema-400', 400, null],
    ['decommissioned-400', 400, null],
    ['html-403', 403, null],
  ])('%s', async (kind, status, retryAfter) => {
    simulator.faults.add({ operation: 'groq.chat', kind });
    const response = await post(one());
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect((await post(one())).status).toBe(200);
  });

  it('spoils the content on demand', async () => {
    const spoiled = async (kind: string, value?: unknown): Promise<string> => {
      simulator.faults.add({ operation: 'groq.chat', kind, value });
      return content(one());
    };
    expect(await spoiled('banned-term', 'miracle')).toContain('miracle');
    expect(await spoiled('wrong-language')).toContain('Heute Morgen');
    const long = JSON.parse(await spoiled('over-long', 3_000)) as Week;
    expect(long.posts[0]?.variants[0]?.caption.length).toBe(3_000);
    expect(await spoiled('duplicate', 'Seen before.')).toContain('Seen before.');
    expect(await spoiled('injected-link')).toContain('https://win-a-prize.example');
    expect((JSON.parse(await spoiled('empty-string')) as Week).posts[0]?.variants[0]?.caption).toBe('');
    expect(JSON.parse(await spoiled('schema-violation'))).toHaveProperty('unexpected');
    const broken = await spoiled('invalid-json');
    expect(() => JSON.parse(broken) as unknown).toThrow(SyntaxError);
    expect(await spoiled('markdown-fences')).toContain('```json');
    expect(await spoiled('think-text')).toMatch(/^<think>/);
  });

  it('spoils the answer on demand', async () => {
    const spoiled = (kind: string): Promise<Response> => {
      simulator.faults.add({ operation: 'groq.chat', kind });
      return post(one());
    };
    const lengthened = (await (await spoiled('finish-length')).json()) as Answer;
    expect(lengthened.choices[0]?.finish_reason).toBe('length');
    const emptied = (await (await spoiled('content-null')).json()) as Answer;
    expect(emptied.choices[0]?.message.content).toBeNull();
    expect((await spoiled('html-200')).headers.get('content-type')).toContain('text/html');
    expect(await (await spoiled('empty-body')).text()).toBe('');
    expect(await (await spoiled('error-200')).json()).toHaveProperty('error');
    await expect((await spoiled('reset-body')).text()).rejects.toThrow('terminated');
    const stalled = (await spoiled('stall-body')).body?.getReader();
    expect((await stalled?.read())?.value?.length).toBeGreaterThan(0);
    expect(await Promise.race([stalled?.read(), Promise.resolve('nothing more')])).toBe('nothing more');
    await stalled?.cancel();
  });

  it('records a request whose answer is lost', async () => {
    simulator.faults.add({ operation: 'groq.chat', kind: 'lost-answer' });
    await expect(post(one())).rejects.toThrow('fetch failed');
    expect(simulator.ledger.entries.at(-1)?.detail).toMatchObject({ model: 'openai/gpt-oss-120b' });
  });

  it('is controlled over HTTP and never records a key', async () => {
    await fetch(`${simulator.origin}/__sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ operation: 'groq.chat', kind: 'status', value: { status: 503 } }),
    });
    expect((await post(one())).status).toBe(503);
    await fetch(`${simulator.origin}/__sandbox/faults`, { method: 'DELETE' });
    const ledger = await (await fetch(`${simulator.origin}/__sandbox/ledger`)).text();
    expect(ledger).toContain('groq.chat');
    expect(ledger).not.toContain(key);
  });
});
