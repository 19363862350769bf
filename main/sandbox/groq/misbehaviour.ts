import type { Fault, Faults } from '../simulator.ts';
import { readBrief } from './content/brief.ts';
import type { ModelLimits } from './limits.ts';
import { invalidRequest, Refusal } from './refusal.ts';

/** Faults that change what the model wrote; the answer stays a well-formed 200. `value` is noted where one is used. */
export const contentFaults = [
  'banned-term', // value: the term
  'wrong-language',
  'over-long', // value: UTF-16 units, default 5000
  'duplicate', // value: the earlier text, default the brand's first example post
  'injected-link', // value: the URL
  'empty-string',
  'schema-violation',
  'invalid-json',
  'markdown-fences',
  'think-text',
] as const;

/** Faults that change the answer around the content. */
export const answerFaults = [
  'finish-length',
  'content-null',
  'html-200',
  'error-200',
  'empty-body',
  'stall-body',
  'reset-body',
] as const;

/** Faults that refuse the request; nothing is written and nothing is billed. */
export const refusalFaults = [
  'tpm-429',
  'tpd-429',
  'bare-429',
  'capacity-498',
  'validate-truncated-400',
  'validate-schema-400',
  'decommissioned-400',
  'html-403',
] as const;

const german =
  'Heute Morgen duftet es bei uns nach frischem Gebäck und einem guten Kaffee. Kommen Sie vorbei, wir freuen uns auf Sie und halten Ihnen einen Platz am Fenster frei.';

/** Takes a refusal fault, if one is armed. */
export function refusalFor(faults: Faults, model: string, limits: ModelLimits): Refusal | Response | undefined {
  const fault = faults.take('groq.chat', ...refusalFaults);
  switch (fault?.kind) {
    case 'tpm-429':
      return limits.minuteTokens(2_000);
    case 'tpd-429':
      return limits.dailyTokens(6_837_000);
    case 'bare-429':
      return new Refusal(429, { message: 'Too Many Requests', type: 'requests', code: 'rate_limit_exceeded' });
    case 'capacity-498':
      return new Refusal(498, {
        message: 'Flex tier is over capacity. Please try again later.',
        type: 'flex',
        code: 'capacity_exceeded',
      });
    case 'validate-truncated-400':
      return truncatedGeneration();
    case 'validate-schema-400':
      return invalidRequest(
        "Generated JSON does not match the expected schema. Error: jsonschema: '' does not validate with /required: missing properties: 'posts'",
        { code: 'json_validate_failed', failed_generation: '{"captions":[]}' },
      );
    case 'decommissioned-400':
      return invalidRequest(`The model \`${model}\` has been decommissioned and is no longer supported.`, {
        code: 'model_decommissioned',
      });
    case 'html-403':
      return html('<html><head><title>Access denied</title></head><body>Error 1010</body></html>', 403);
    default:
      return undefined;
  }
}

/** Groq's answer when the token limit ends a JSON document early. */
export function truncatedGeneration(): Refusal {
  return invalidRequest(
    "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
    {
      code: 'json_validate_failed',
      failed_generation: 'max completion tokens reached before generating a valid document',
    },
  );
}

/** Takes a content fault, if one is armed, and returns what the model is to have written. */
export function misbehave(faults: Faults, written: unknown, text: string): { content: string; fault: string | null } {
  const fault = faults.take('groq.chat', ...contentFaults);
  if (fault === undefined) return { content: encode(written), fault: null };
  return { content: spoil(fault, written, text), fault: fault.kind };
}

function spoil(fault: Fault, written: unknown, text: string): string {
  const value = typeof fault.value === 'string' ? fault.value : undefined;
  switch (fault.kind) {
    case 'banned-term':
      return encode(editCaptions(written, (caption) => insertInside(caption, value ?? 'guaranteed')));
    case 'wrong-language':
      return encode(editCaptions(written, () => german));
    case 'over-long':
      return encode(editCaptions(written, (caption) => lengthen(caption, Number(fault.value ?? 5_000))));
    case 'duplicate': {
      const earlier = value ?? readBrief(text).examplePosts[0] ?? 'The same words as last week, once more.';
      return encode(editCaptions(written, () => earlier));
    }
    case 'injected-link':
      return encode(editCaptions(written, (caption) => `${caption} ${value ?? 'https://win-a-prize.example/now'}`));
    case 'empty-string':
      return encode(editCaptions(written, () => ''));
    case 'schema-violation':
      return encode(violate(written));
    case 'invalid-json':
      return encode(written).slice(0, -2);
    case 'markdown-fences':
      return `Here is the JSON you asked for:\n\`\`\`json\n${encode(written)}\n\`\`\``;
    default:
      return `<think>The user wants posts. I should keep them short.</think>\n${encode(written)}`;
  }
}

/** Applies `edit` to every value named caption, or to every text when there is none. */
function editCaptions(written: unknown, edit: (caption: string) => string): unknown {
  if (typeof written === 'string') return edit(written);
  let edited = 0;
  const visit = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, name));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, visit(child, key)]));
    }
    if (typeof value !== 'string' || name !== 'caption') return value;
    edited += 1;
    return edit(value);
  };
  const result = visit(written, '');
  if (edited > 0 || typeof written !== 'object' || written === null) return result;
  return Object.fromEntries(
    Object.entries(written).map(([key, value]) => [key, typeof value === 'string' ? edit(value) : value]),
  );
}

function insertInside(text: string, term: string): string {
  const words = text.split(' ');
  words.splice(Math.floor(words.length / 2), 0, term);
  return words.join(' ');
}

function lengthen(text: string, length: number): string {
  return `${text} `.repeat(Math.ceil(length / (text.length + 1))).slice(0, length);
}

/** Drops the first property of every object and adds one nobody asked for. */
function violate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(violate);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(([key, child]): [string, unknown] => [key, violate(child)]);
  return Object.fromEntries([...(kept.length > 1 ? kept.slice(1) : []), ['unexpected', true]]);
}

function encode(written: unknown): string {
  return typeof written === 'string' ? written : JSON.stringify(written);
}

export function html(body: string, status: number): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
