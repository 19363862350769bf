import { platforms } from '../../../../shared/domain/platform.ts';
import { needKinds } from '../../../../shared/domain/need.ts';
import { postGroupNames } from '../post-groups.ts';
import { plainText, type PostFilter } from './post-filter.ts';
import { printSpan, readSpan } from './spans.ts';

/** What can be said before a colon, such as `client:"Blue Door"`. Everything else is text to look for. */
export const filterKeys = ['client', 'network', 'status', 'needs', 'date'] as const;
export type FilterKey = (typeof filterKeys)[number];

/** What the words of a filter are about: names that may be typed, and which day it is (`YYYY-MM-DD`). */
export interface FilterContext {
  clients: readonly { id: string; name: string }[];
  today: string;
}

/** A word of a filter that means nothing, and for that leaves nothing out. */
export interface Hint {
  key: FilterKey;
  value: string;
}

/** A filter as a person typed it. Nothing that is typed is an error: what cannot be understood becomes a hint. */
export function parseFilter(typed: string, context: FilterContext): { filter: PostFilter; hints: Hint[] } {
  const filter = { groups: [], clients: [], networks: [], text: '' } as Mutable<PostFilter>;
  const hints: Hint[] = [];
  const words: string[] = [];
  for (const { key, values, raw } of termsOf(typed)) {
    if (key === null) {
      words.push(raw);
      continue;
    }
    for (const value of values) if (!take(filter, key, value, context)) hints.push({ key, value });
  }
  return { filter: { ...filter, text: plainText(words.join(' ')) }, hints };
}

/** A filter as it would be typed. `parseFilter` of it gives the same filter, unless two clients have one name. */
export function printFilter(filter: PostFilter, { clients, today }: FilterContext): string {
  const names = filter.clients.map((id) => clients.find((client) => client.id === id)?.name ?? id);
  const span = printSpan(filter, today);
  return [
    ...term('client', names),
    ...term('network', filter.networks),
    ...term('status', filter.groups),
    ...term('needs', filter.need === undefined ? [] : [filter.need]),
    ...term('date', span === '' ? [] : [span]),
    ...(filter.text === '' ? [] : [filter.text]),
  ].join(' ');
}

/** A value as it stands behind a colon: in quotes where it would fall apart otherwise. */
export function printValue(value: string): string {
  const plain = value.replaceAll('"', '');
  return /[\s,]/.test(plain) ? `"${plain}"` : plain;
}

/** One word of a typed filter. `raw` is what was typed, `at` where. */
export interface Term {
  /** Null for text to look for. */
  key: FilterKey | null;
  values: string[];
  raw: string;
  at: number;
}

/** The words of a typed filter; a quote that is not closed goes to the end. */
export function termsOf(typed: string): Term[] {
  return [...typed.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map(({ 0: raw, index }) => {
    const [, name = '', rest = ''] = /^([a-z]+):(.*)$/is.exec(raw) ?? [];
    const key = filterKeys.find((candidate) => candidate === name.toLowerCase()) ?? null;
    return { key, values: key === null ? [] : valuesOf(rest), raw, at: index };
  });
}

function valuesOf(list: string): string[] {
  return [...list.matchAll(/(?:"[^"]*"?|[^,"])+/g)]
    .map(([value]) => value.replaceAll('"', '').trim())
    .filter((value) => value !== '');
}

function term(key: FilterKey, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${key}:${values.map(printValue).join(',')}`];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

/** @returns whether the value means something */
function take(filter: Mutable<PostFilter>, key: FilterKey, value: string, context: FilterContext): boolean {
  switch (key) {
    case 'client':
      return add(filter.clients, clientNamed(value, context.clients));
    case 'network':
      return add(filter.networks, startingWith(platforms, value));
    case 'status':
      return add(filter.groups, startingWith(postGroupNames, value));
    case 'needs': {
      const need = startingWith(needKinds, value);
      if (need !== undefined) filter.need = need;
      return need !== undefined;
    }
    case 'date': {
      const span = readSpan(value, context.today);
      if (span !== null) Object.assign(filter, { from: span.from, to: span.to });
      return span !== null;
    }
  }
}

function add<T>(list: T[], item: T | undefined): boolean {
  if (item !== undefined && !list.includes(item)) list.push(item);
  return item !== undefined;
}

/** The one that is meant by a word, or by its beginning when only one begins so. */
function startingWith<T extends string>(names: readonly T[], value: string): T | undefined {
  const said = value.toLowerCase();
  const begun = names.filter((name) => name.startsWith(said));
  return names.find((name) => name === said) ?? (begun.length === 1 ? begun[0] : undefined);
}

function clientNamed(value: string, clients: FilterContext['clients']): string | undefined {
  const said = folded(value);
  const exact = clients.find(({ id, name }) => id === value || folded(name.replaceAll('"', '')) === said);
  const begun = clients.filter(({ name }) => folded(name).startsWith(said));
  return exact?.id ?? (begun.length === 1 ? begun[0]?.id : undefined);
}

/** Without case and accents. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
