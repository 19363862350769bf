import { platforms } from '../../../../shared/domain/platform.ts';
import { needKinds } from '../../../../shared/domain/need.ts';
import { postGroupNames } from '../post-groups.ts';
import { type FilterContext, type FilterKey, filterKeys, folded, printValue, termsOf } from './language.ts';
import { spanNames } from './spans.ts';

/** A way to go on with what is typed. */
export interface Suggestion {
  /** The whole text with it. */
  text: string;
  /** What is typed: `client:` or `client:"Blue Door"`. */
  term: string;
  key: FilterKey;
  /** Null: the key alone, its value is still to come. */
  value: string | null;
}

const most = 8;

/** What could stand at the end of the typed text, the likeliest first. */
export function suggestionsFor(typed: string, context: FilterContext): Suggestion[] {
  const isNew = typed === '' || /\s$/.test(typed);
  const last = isNew ? undefined : termsOf(typed).at(-1);
  const before = last === undefined ? typed : typed.slice(0, last.at);
  const raw = last?.raw ?? '';
  if (last === undefined || last.key === null) {
    return filterKeys
      .filter((key) => key.startsWith(raw.toLowerCase()))
      .map((key) => ({ text: `${before}${key}:`, term: `${key}:`, key, value: null }));
  }
  const { key } = last;
  const colon = raw.indexOf(':') + 1;
  const list = raw.slice(colon);
  // What stands before the last comma outside quotes is done.
  const [, done = '', current = ''] = /^((?:(?:"[^"]*"|[^",])*,)?)(.*)$/s.exec(list) ?? [];
  const said = folded(current.replaceAll('"', ''));
  const taken = new Set(last.values.map(folded));
  return valuesOf(key, context)
    .filter((value) => folded(value) !== said || current === '')
    .filter((value) => !taken.has(folded(value)))
    .map((value) => ({ value, rank: rankOf(folded(value), said) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ value }) => {
      const term = `${key}:${done}${printValue(value)}`;
      return { text: `${before}${term} `, term, key, value };
    });
}

function valuesOf(key: FilterKey, { clients }: FilterContext): readonly string[] {
  switch (key) {
    case 'client':
      return clients.map(({ name }) => name);
    case 'network':
      return platforms;
    case 'status':
      return postGroupNames.filter((name) => name !== 'all');
    case 'needs':
      return needKinds;
    case 'date':
      return spanNames;
  }
}

/** 0 when it begins so, 1 when a word of it does, 2 when it holds it, -1 when not. */
function rankOf(value: string, said: string): number {
  const at = value.indexOf(said);
  if (at <= 0) return at;
  return /[\s-]/.test(value[at - 1] ?? '') ? 1 : 2;
}
