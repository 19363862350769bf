import type { Bank } from './bank.ts';
import { cafe } from './cafe.ts';
import { fitness } from './fitness.ts';
import { florist } from './florist.ts';
import { local } from './local.ts';
import { plainName } from './names.ts';
import { findPassage, type Passage } from './reword.ts';

/** What the messages of a request tell about the client and the week. */
export interface Brief {
  bank: Bank;
  clientName: string | null;
  /** As written in the brand data, with or without the sign. */
  hashtags: string[];
  examplePosts: string[];
  bannedTerms: string[];
  /** Objects of the data section that carry a slot id, by that id. */
  slots: Map<string, Record<string, unknown>>;
  /** What the data section says was wrong with an earlier answer, as JSON; empty when nothing was. */
  corrections: string;
  /** What is to be worded anew, where the request is about that. */
  passage: Passage | null;
  /** The text that other versions are wanted of; null when the data section has none. */
  current: string | null;
  text: string;
}

/**
 * Reads a brief out of message text. The simulator knows no prompt format: it looks at every JSON
 * document in the text and at the words around them.
 */
export function readBrief(text: string): Brief {
  const documents = jsonDocuments(text);
  const clientName = findName(documents);
  const about = documents.length > 0 ? documents.map((document) => JSON.stringify(document)).join(' ') : text;
  return {
    bank: chooseBank(`${`${clientName ?? ''} `.repeat(5)}${about}`),
    clientName,
    hashtags: findStrings(documents, 'hashtags'),
    examplePosts: findStrings(documents, 'exampleposts'),
    bannedTerms: findStrings(documents, 'bannedterms'),
    slots: findSlots(documents),
    corrections: findCorrections(documents),
    passage: findPassage(documents.flatMap(recordsIn)),
    current: findCurrent(documents),
    text,
  };
}

/** Every JSON object or array that stands in a text, outermost only. */
export function jsonDocuments(text: string): unknown[] {
  const found: unknown[] = [];
  for (let start = 0; start < text.length; start++) {
    if (text[start] !== '{' && text[start] !== '[') continue;
    const end = closingBracket(text, start);
    const value = end === -1 ? undefined : parseJson(text.slice(start, end + 1));
    if (value === undefined) continue;
    found.push(value);
    start = end;
  }
  return found;
}

function closingBracket(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function chooseBank(about: string): Bank {
  const scored = [cafe, fitness, florist].map((bank) => ({ bank, hits: about.match(bank.hints)?.length ?? 0 }));
  const best = scored.reduce((winner, next) => (next.hits > winner.hits ? next : winner));
  return best.hits === 0 ? local : best.bank;
}

function findName(documents: unknown[]): string | null {
  const isNamed = (record: Record<string, unknown>, names: string[]): string | undefined => {
    const entry = Object.entries(record).find(([key, value]) => names.includes(plainName(key)) && isText(value));
    return entry?.[1] as string | undefined;
  };
  const records = documents.flatMap(recordsIn);
  const direct = records.map((record) =>
    isNamed(record, ['clientname', 'businessname', 'brandname', 'client', 'business']),
  );
  const general = records.map((record) => isNamed(record, ['name']));
  return [...direct, ...general].find((name) => name !== undefined) ?? null;
}

function findStrings(documents: unknown[], name: string): string[] {
  const lists = documents
    .flatMap(recordsIn)
    .flatMap((record) => Object.entries(record))
    .filter(([key, value]) => plainName(key) === name && Array.isArray(value))
    .flatMap(([, value]) => value as unknown[]);
  return [...new Set(lists.filter(isText))];
}

function findCorrections(documents: unknown[]): string {
  const found = documents
    .flatMap(recordsIn)
    .flatMap((record) => Object.entries(record))
    .filter(([key]) => plainName(key) === 'corrections');
  return found.length === 0 ? '' : JSON.stringify(found);
}

function findCurrent(documents: unknown[]): string | null {
  const values = documents
    .flatMap(recordsIn)
    .flatMap((record) => Object.entries(record))
    .filter(([key]) => plainName(key) === 'current')
    .map(([, value]) => value);
  return values.find(isText) ?? null;
}

function findSlots(documents: unknown[]): Map<string, Record<string, unknown>> {
  const slots = new Map<string, Record<string, unknown>>();
  for (const record of documents.flatMap(recordsIn)) {
    const id = Object.entries(record).find(([key]) => plainName(key) === 'slotid')?.[1];
    if (isText(id) && !slots.has(id)) slots.set(id, record);
  }
  return slots;
}

function recordsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(recordsIn)];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
