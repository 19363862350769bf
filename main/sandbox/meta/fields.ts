import { badParameter, GraphFailure } from './errors.ts';

/** One entry of `fields=`: `comments.summary(true).limit(0){id,message}`. */
export interface FieldRequest {
  name: string;
  modifiers: Record<string, string>;
  fields: FieldRequest[];
}

/** A node's fields; functions are asked only when the field is. Undefined values are left out. */
export type NodeView = Record<string, unknown>;

export interface NodeType {
  name: string;
  /** Fields answered when the caller names none. */
  defaults: string[];
}

/** The part of a node that `fields` asks for; Graph always adds the id. @throws GraphFailure 100 for an unknown field. */
export function project(type: NodeType, view: NodeView, fields: FieldRequest[]): Record<string, unknown> {
  const asked = fields.length > 0 ? fields : type.defaults.map((name) => ({ name, modifiers: {}, fields: [] }));
  const answer: Record<string, unknown> = {};
  for (const field of asked) {
    if (!Object.hasOwn(view, field.name)) {
      throw badParameter(`Tried accessing nonexisting field (${field.name}) on node type (${type.name})`);
    }
    const value = view[field.name];
    const shown = typeof value === 'function' ? (value as (request: FieldRequest) => unknown)(field) : value;
    if (shown !== undefined) answer[field.name] = shown;
  }
  if (view.id !== undefined) answer.id = view.id;
  return answer;
}

/** Parses a `fields` parameter. @throws GraphFailure 2500 on a syntax error. */
export function parseFields(text: string | undefined): FieldRequest[] {
  if (text === undefined || text.trim() === '') return [];
  const reader = { text: text.replace(/\s/g, ''), at: 0 };
  const fields = readList(reader);
  if (reader.at < reader.text.length) throw syntaxError(reader);
  return fields;
}

interface Reader {
  text: string;
  at: number;
}

function readList(reader: Reader): FieldRequest[] {
  const fields = [readField(reader)];
  while (accept(reader, ',')) fields.push(readField(reader));
  return fields;
}

function readField(reader: Reader): FieldRequest {
  const field: FieldRequest = { name: readWord(reader), modifiers: {}, fields: [] };
  for (;;) {
    if (accept(reader, '.')) {
      const modifier = readWord(reader);
      expect(reader, '(');
      const end = reader.text.indexOf(')', reader.at);
      if (end < 0) throw syntaxError(reader);
      field.modifiers[modifier] = reader.text.slice(reader.at, end);
      reader.at = end + 1;
    } else if (accept(reader, '{')) {
      field.fields = readList(reader);
      expect(reader, '}');
    } else return field;
  }
}

function readWord(reader: Reader): string {
  const word = /^\w+/.exec(reader.text.slice(reader.at))?.[0];
  if (word === undefined) throw syntaxError(reader);
  reader.at += word.length;
  return word;
}

function accept(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}

function expect(reader: Reader, character: string): void {
  if (!accept(reader, character)) throw syntaxError(reader);
}

function syntaxError(reader: Reader): GraphFailure {
  const found = reader.text[reader.at] ?? 'end of string';
  return new GraphFailure({
    code: 2500,
    message: `Syntax error "Expected name instead of ${found}" at character ${reader.at}: ${reader.text}`,
  });
}
