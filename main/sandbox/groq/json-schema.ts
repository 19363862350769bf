import { z } from 'zod';
import { invalidRequest } from './refusal.ts';

/** The part of JSON Schema that structured outputs are described with. */
export interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  definitions?: Record<string, JsonSchema>;
  description?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}

/** Accepts any JSON Schema object; keywords it does not know are ignored, malformed ones are an error. */
export const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).min(1).optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), jsonSchema]).optional(),
    items: jsonSchema.optional(),
    anyOf: z.array(jsonSchema).min(1).optional(),
    oneOf: z.array(jsonSchema).min(1).optional(),
    $ref: z.string().optional(),
    $defs: z.record(z.string(), jsonSchema).optional(),
    definitions: z.record(z.string(), jsonSchema).optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
  }),
);

/**
 * The rules of Groq's strict mode, from its structured-outputs page: the root is an object, every
 * object forbids other properties and every property is required.
 * @throws Refusal 400 naming the place.
 */
export function requireStrict(root: JsonSchema): void {
  if (typeOf(resolve(root, root)) !== 'object') refuse('/', 'the root of the schema must be an object');
  visit(root, root, '');
}

function visit(root: JsonSchema, schema: JsonSchema, path: string): void {
  if (typeOf(schema) === 'object') {
    const names = Object.keys(schema.properties ?? {});
    if (schema.additionalProperties !== false) refuse(path, '`additionalProperties` must be set to false');
    const missing = names.filter((name) => !(schema.required ?? []).includes(name));
    if (missing.length > 0) {
      refuse(path, `\`required\` must list every property; missing: ${missing.join(', ')}`);
    }
  }
  for (const [name, child] of Object.entries(schema.properties ?? {})) visit(root, child, `${path}/properties/${name}`);
  for (const [name, child] of Object.entries(schema.$defs ?? {})) visit(root, child, `${path}/$defs/${name}`);
  for (const [name, child] of Object.entries(schema.definitions ?? {}))
    visit(root, child, `${path}/definitions/${name}`);
  if (schema.items !== undefined) visit(root, schema.items, `${path}/items`);
  for (const [index, child] of alternatives(schema).entries()) visit(root, child, `${path}/anyOf/${index}`);
  if (schema.$ref !== undefined) resolve(root, schema);
}

/** Follows `$ref` inside the document. */
export function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  if (schema.$ref === '#') return root;
  const match = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(schema.$ref);
  const target = match === null ? undefined : (root.$defs ?? root.definitions ?? {})[match[1] as string];
  if (target === undefined)
    throw invalidRequest(`invalid JSON schema for response_format: cannot resolve ${schema.$ref}`);
  return resolve(root, target);
}

/** The alternatives that are not `null`. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ?? schema.oneOf ?? [];
}

/** The one type besides `null` that a schema asks for, guessed from its keywords when it names none. */
export function typeOf(schema: JsonSchema): string | undefined {
  const named = Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type;
  if (named !== undefined) return named;
  if (schema.properties !== undefined) return 'object';
  return schema.items === undefined ? undefined : 'array';
}

/** Whether `null` is an allowed value. */
export function isNullable(schema: JsonSchema): boolean {
  if (schema.type === 'null' || (Array.isArray(schema.type) && schema.type.includes('null'))) return true;
  return schema.enum?.includes(null) === true || alternatives(schema).some(isNullable);
}

function refuse(path: string, problem: string): never {
  throw invalidRequest(
    `invalid JSON schema for response_format: strict mode: ${path === '' ? '/' : path}: ${problem}`,
    { param: 'response_format' },
  );
}
