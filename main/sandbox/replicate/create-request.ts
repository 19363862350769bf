import { findModel, type InputField, type ReplicateModel } from './models.ts';
import { type InvalidField, invalidInput, invalidVersion, notFound } from './problem.ts';

type Fields = Record<string, unknown>;

/**
 * Checks the body of a create call against the API and the model's input schema.
 * @param path model named by the path, or null when the body must name it in `version`
 * @throws Problem 422 with `invalid_fields`, or 404 for an unknown model
 */
export function parseCreate(body: unknown, path: string | null): { model: ReplicateModel; input: Fields } {
  const fields = asFields(body);
  if (fields === undefined)
    throw invalidInput([{ type: 'invalid_type', field: 'body', description: 'Expected an object' }]);
  const allowed = ['input', 'webhook', 'webhook_events_filter', ...(path === null ? ['version'] : [])];
  const extra = Object.keys(fields).filter((name) => !allowed.includes(name));
  if (extra.length > 0) throw invalidInput(extra.map((name) => notAllowed(name, name)));
  if (fields.webhook !== undefined && !String(fields.webhook).startsWith('https://')) {
    throw invalidInput([{ type: 'format', field: 'webhook', description: 'webhook must be an HTTPS URL' }]);
  }
  const model = path === null ? modelOfVersion(fields.version) : findModel(path);
  if (model === undefined) throw notFound();
  const input = asFields(fields.input);
  if (input === undefined) throw invalidInput([{ type: 'required', field: 'input', description: 'input is required' }]);
  const problems = checkInput(model, input);
  if (problems.length > 0) throw invalidInput(problems);
  return { model, input };
}

/**
 * Reads `Cancel-After`: `5m`, `90s`, `1h30m`. Returns milliseconds, or null without the header.
 * @throws Problem 422 for anything else and for less than five seconds
 */
export function parseCancelAfter(header: string | undefined): number | null {
  if (header === undefined) return null;
  const parts = /^(?:\d+(?:\.\d+)?[hms])+$/.test(header) ? [...header.matchAll(/(\d+(?:\.\d+)?)([hms])/g)] : [];
  const factor: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000 };
  const ms = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (factor[unit as string] as number), 0);
  if (ms >= 5_000) return ms;
  throw invalidInput([
    { type: 'format', field: 'Cancel-After', description: 'must be a duration of at least 5s, such as 5m' },
  ]);
}

/** Reads `Prefer: wait` or `wait=n`, n from 1 to 60. Returns seconds, or null when nobody waits. */
export function parsePreferWait(header: string | undefined): number | null {
  const match = /(?:^|[;,\s])wait(?:=(\d+))?(?:$|[;,\s])/.exec(header ?? '');
  if (match === null) return null;
  return Math.min(60, Math.max(1, Number(match[1] ?? 60)));
}

function modelOfVersion(version: unknown): ReplicateModel | undefined {
  if (typeof version !== 'string') {
    throw invalidInput([{ type: 'required', field: 'version', description: 'version is required' }]);
  }
  const model = findModel(version.split(':')[0] as string);
  if (model === undefined) throw invalidVersion();
  return model;
}

function checkInput(model: ReplicateModel, input: Fields): InvalidField[] {
  const problems: InvalidField[] = [];
  for (const [name, field] of Object.entries(model.input)) {
    if (field.required === true && input[name] === undefined) {
      problems.push({ type: 'required', field: 'input', description: `${name} is required` });
    }
  }
  for (const [name, value] of Object.entries(input)) {
    const field = model.input[name];
    const problem = field === undefined ? notAllowed(`input.${name}`, name) : checkValue(name, field, value);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

function checkValue(name: string, field: InputField, value: unknown): InvalidField | undefined {
  const at = `input.${name}`;
  if (!hasType(field, value)) {
    return {
      type: 'invalid_type',
      field: at,
      description: `Invalid type. Expected: ${field.type}, given: ${typeof value}`,
    };
  }
  if (field.enum !== undefined && !field.enum.includes(String(value))) {
    const list = field.enum.map((item) => (field.type === 'string' ? `"${item}"` : item)).join(', ');
    return { type: 'enum', field: at, description: `${name} must be one of the following: ${list}` };
  }
  if (field.minimum !== undefined && Number(value) < field.minimum) {
    return { type: 'number_gte', field: at, description: `Must be greater than or equal to ${field.minimum}` };
  }
  if (field.maximum !== undefined && Number(value) > field.maximum) {
    return { type: 'number_lte', field: at, description: `Must be less than or equal to ${field.maximum}` };
  }
  const uris = field.uri === true ? [value].flat() : [];
  if (uris.some((uri) => !/^(https?:\/\/|data:)/.test(String(uri)))) {
    return { type: 'format', field: at, description: `Does not match format 'uri'` };
  }
  return undefined;
}

function hasType(field: InputField, value: unknown): boolean {
  switch (field.type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    default:
      return typeof value === field.type;
  }
}

function notAllowed(field: string, name: string): InvalidField {
  return {
    type: 'additional_property_not_allowed',
    field,
    description: `Additional property ${name} is not allowed`,
  };
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
