import { alternatives, isNullable, type JsonSchema, resolve, typeOf } from '../json-schema.ts';
import { type Brief, readBrief } from './brief.ts';
import { type Assignment, assignPosts, caption, hashtags, reworded, wordingsOf } from './copywriter.ts';
import { pick } from './hash.ts';
import { plainName } from './names.ts';
import { reword } from './reword.ts';

/** Where in the answer a value stands. */
interface Place {
  name: string;
  /** The record of the data section that belongs to the slot, if any. */
  slot: Record<string, unknown>;
  platform: string | null;
  assignment: Assignment;
  index: number;
}

interface Job {
  root: JsonSchema;
  brief: Brief;
  seed: string;
}

/**
 * Writes a value that fits the schema, the same for the same text. Arrays of slots and of platform
 * variants get one item for each value of their enum; well-known names get marketing text.
 */
export function generate(schema: JsonSchema, text: string): unknown {
  const brief = readBrief(text);
  const job: Job = { root: schema, brief, seed: text };
  const assignment = reworded(brief, text, text) ?? (assignPosts(brief, 1, text)[0] as Assignment);
  return write(schema, { name: '', slot: {}, platform: null, assignment, index: 0 }, job);
}

/** A caption without a schema, for plain text and JSON mode. */
export function generateCaption(text: string): string {
  const brief = readBrief(text);
  return caption(assignPosts(brief, 1, text)[0] as Assignment, null, brief);
}

function write(given: JsonSchema, place: Place, job: Job): unknown {
  const schema = resolve(job.root, given);
  const options = alternatives(schema);
  if (options.length > 0) {
    const real = options.find((option) => option.type !== 'null');
    return real === undefined || prefersNull(place)
      ? nullOr(schema, () => write(options[0] as JsonSchema, place, job))
      : write(real, place, job);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chooseFrom(schema.enum, place, job);
  if (isNullable(schema) && prefersNull(place)) return null;
  switch (typeOf(schema)) {
    case 'object':
      return writeObject(schema, place, job);
    case 'array':
      return writeArray(schema, place, job);
    case 'string':
      return fit(writeText(place, job), schema.maxLength);
    case 'boolean':
      return /match|ok|safe|valid|pass|approved/.test(place.name);
    case 'integer':
    case 'number':
      return clamp(place.index, schema.minimum, schema.maximum);
    default:
      return null;
  }
}

function writeObject(schema: JsonSchema, place: Place, job: Job): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, child]) => {
      const name = plainName(key);
      const platform = ['facebook', 'instagram', 'tiktok'].includes(name) ? name : place.platform;
      return [key, write(child, { ...place, name, platform }, job)];
    }),
  );
}

function writeArray(schema: JsonSchema, place: Place, job: Job): unknown[] {
  const items = resolve(job.root, schema.items ?? { type: 'string' });
  const slotIds = slotIdsOf(items, job);
  if (slotIds !== undefined) return slotIds.map((id, index) => write(items, slotPlace(id, index, slotIds, job), job));
  const platforms = platformsOf(items, place, job);
  if (platforms !== undefined) return platforms.map((platform) => write(items, { ...place, platform }, job));
  if (/hashtags|keywords|^tags/.test(place.name)) {
    return hashtags(place.assignment, place.platform, job.brief).slice(0, schema.maxItems);
  }
  const usual = /claims|flags|issues|warnings|violations|errors|mentions|links/.test(place.name) ? 0 : 3;
  const length = clamp(usual, schema.minItems, schema.maxItems);
  const assignments = isWordings(place.name)
    ? wordingsOf(job.brief, place.assignment, length)
    : assignPosts(job.brief, length, `${job.seed}${place.name}`);
  return assignments.map((assignment, index) => write(items, { ...place, assignment, index }, job));
}

/** Several wordings of one text are wanted, not several ideas. */
function isWordings(name: string): boolean {
  return /variants|versions|wordings|alternatives/.test(name);
}

/** The slots an array is about: the enum of its items' slot id, else the slot ids of the data section. */
function slotIdsOf(items: JsonSchema, job: Job): string[] | undefined {
  const property = propertyNamed(items, 'slotid', job);
  if (property === undefined) return undefined;
  const ids = property.enum?.filter((id) => typeof id === 'string') ?? [...job.brief.slots.keys()];
  return ids.length > 0 ? ids : undefined;
}

function slotPlace(id: string, index: number, all: string[], job: Job): Place {
  const slot = { ...job.brief.slots.get(id), slot_id: id };
  const topic = Object.entries(slot).find(([key]) => plainName(key) === 'topic')?.[1];
  const planned = typeof topic === 'string' ? reworded(job.brief, topic, id) : undefined;
  const assignment =
    planned ?? (assignPosts(job.brief, all.length, `${all.join(' ')}${job.brief.corrections}`)[index] as Assignment);
  return { name: '', slot, platform: null, assignment, index };
}

/** One variant for each platform the slot asks for, or for each the schema allows. */
function platformsOf(items: JsonSchema, place: Place, job: Job): string[] | undefined {
  const allowed = propertyNamed(items, 'platform', job)?.enum?.filter((value) => typeof value === 'string');
  if (allowed === undefined) return undefined;
  const asked = Object.entries(place.slot).find(([key]) => plainName(key) === 'platforms')?.[1];
  if (!Array.isArray(asked)) return allowed;
  const wanted = allowed.filter((platform) => asked.includes(platform));
  return wanted.length > 0 ? wanted : allowed;
}

function propertyNamed(schema: JsonSchema, name: string, job: Job): JsonSchema | undefined {
  const found = Object.entries(schema.properties ?? {}).find(([key]) => plainName(key) === name);
  return found === undefined ? undefined : resolve(job.root, found[1]);
}

function chooseFrom(values: readonly unknown[], place: Place, job: Job): unknown {
  if (place.name === 'platform' && values.includes(place.platform)) return place.platform;
  const planned = Object.entries(place.slot).find(
    ([key, value]) => plainName(key) === place.name && values.includes(value),
  );
  if (planned !== undefined) return planned[1];
  if (place.name.startsWith('aspect') && values.includes('4:5')) return '4:5';
  if (values.includes(null) && prefersNull(place)) return null;
  const real = values.filter((value) => value !== null && value !== 'none');
  const choices = real.length > 0 ? real : values;
  return choices[(place.index + pick(choices.length, job.brief.clientName ?? '', place.name)) % choices.length];
}

function writeText(place: Place, job: Job): string {
  const { post } = place.assignment;
  switch (place.name) {
    case 'rewritten':
      if (job.brief.passage !== null) return reword(job.brief.passage);
      return caption(place.assignment, place.platform, job.brief);
    case 'slotid':
      return String(place.slot.slot_id ?? `slot-${place.index + 1}`);
    case 'platform':
      return place.platform ?? 'instagram';
    case 'language':
      return 'en';
    case 'hook':
      return post.hook;
    case 'topic':
    case 'title':
    case 'pillar':
      return post.topic;
    case 'angle':
    case 'reason':
    case 'rationale':
      return post.angle;
    case 'firstcomment':
    case 'comment':
      return post.comment;
    case 'alttext':
    case 'alt':
      return `${post.scene.charAt(0).toUpperCase()}${post.scene.slice(1)}.`;
    case 'imageprompt':
    case 'videoprompt':
    case 'visual':
      return `${post.scene}, soft natural light, warm inviting colours, gentle depth, no text`;
    case 'imagenegative':
    case 'negativeprompt':
      return 'text, letters, watermark, logo, distorted hands';
    default:
      return caption(place.assignment, place.platform, job.brief);
  }
}

function prefersNull(place: Place): boolean {
  if (place.name === 'firstcomment') return place.platform === 'tiktok';
  return ['imagenegative', 'negativeprompt', 'reason', 'error', 'note'].includes(place.name);
}

function nullOr(schema: JsonSchema, otherwise: () => unknown): unknown {
  return isNullable(schema) ? null : otherwise();
}

/** Shortens at the last sentence, else the last word, that fits. */
function fit(text: string, maxLength: number | undefined): string {
  if (maxLength === undefined || text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('? '), cut.lastIndexOf('! '), cut.lastIndexOf('\n'));
  return end > 0 ? cut.slice(0, end + 1).trim() : cut.slice(0, Math.max(1, cut.lastIndexOf(' '))).trim();
}

function clamp(value: number, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  return Math.min(max, Math.max(min, value));
}
