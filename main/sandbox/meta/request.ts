import { badParameter, GraphFailure } from './errors.ts';
import type { SimulatorContext } from '../simulator.ts';

/** One Graph call, whichever way its parameters and token were sent. */
export interface GraphRequest {
  method: string;
  /** Version that serves the call, e.g. `v26.0`. */
  version: string;
  /** Path after the version. */
  path: string[];
  /** Query and body together; JSON values that are not text are kept as JSON text. */
  parameters: Record<string, string>;
  files: Record<string, File>;
  token: { value: string; inHeader: boolean } | null;
}

const livingVersions = ['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'];

/** Reads a call with its body urlencoded, multipart or JSON and its token in query, body or Authorization header. */
export async function readRequest(c: SimulatorContext): Promise<GraphRequest> {
  const url = new URL(c.req.url);
  const path = url.pathname.split('/').filter((part) => part !== '');
  const version = servedVersion(path);
  const parameters: Record<string, string> = {};
  const files: Record<string, File> = {};
  collect(url.searchParams, parameters, files);
  if (c.req.method === 'POST' || c.req.method === 'DELETE') await readBody(c, parameters, files);

  const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const value = bearer ?? parameters.access_token;
  delete parameters.access_token;
  return {
    method: c.req.method,
    version,
    path,
    parameters: joinAttachedMedia(parameters),
    files,
    token: value === undefined ? null : { value, inHeader: bearer !== undefined },
  };
}

/** Takes the version off the path. Dead and missing versions are served by the oldest living one. */
function servedVersion(path: string[]): string {
  const oldest = livingVersions[0] as string;
  const asked = /^v(\d+)\.(\d+)$/.exec(path[0] ?? '');
  if (asked === null) return oldest;
  if (Number(asked[1]) > 26) {
    throw new GraphFailure({ code: 2500, message: `Unknown path components: /${path.join('/')}` });
  }
  const version = path.shift() as string;
  return livingVersions.includes(version) ? version : oldest;
}

async function readBody(
  c: SimulatorContext,
  parameters: Record<string, string>,
  files: Record<string, File>,
): Promise<void> {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/json')) collect(Object.entries(await readJson(c)), parameters, files);
  else if (type.startsWith('multipart/form-data')) collect(await c.req.formData(), parameters, files);
  else collect(new URLSearchParams(await c.req.text()), parameters, files);
}

async function readJson(c: SimulatorContext): Promise<object> {
  const text = await c.req.text();
  if (text === '') return {};
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badParameter('The body is not a JSON object');
  }
  return value;
}

function collect(
  entries: Iterable<[string, unknown]>,
  parameters: Record<string, string>,
  files: Record<string, File>,
): void {
  for (const [name, value] of entries) {
    if (value instanceof File) files[name] = value;
    else if (value !== null && value !== undefined) {
      parameters[name] = typeof value === 'string' ? value : JSON.stringify(value);
    }
  }
}

/** `attached_media[0]={…}&attached_media[1]={…}` and `attached_media=[…]` mean the same. */
function joinAttachedMedia(parameters: Record<string, string>): Record<string, string> {
  const items: string[] = [];
  for (const name of Object.keys(parameters)) {
    const index = /^attached_media\[(\d{1,3})\]$/.exec(name)?.[1];
    if (index === undefined) continue;
    items[Number(index)] = parameters[name] as string;
    delete parameters[name];
  }
  if (items.length > 0) parameters.attached_media = `[${items.filter(() => true).join(',')}]`;
  return parameters;
}

/** The parsed JSON, or undefined when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws GraphFailure 100 when the parameter is no Graph boolean. */
export function booleanParameter(request: GraphRequest, name: string, fallback: boolean): boolean {
  const value = request.parameters[name];
  if (value === undefined) return fallback;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw badParameter(`Param ${name} must be a boolean`);
}

/** @throws GraphFailure 100 when the parameter is missing or empty. */
export function requiredParameter(request: GraphRequest, name: string): string {
  const value = request.parameters[name];
  if (value === undefined || value === '') throw badParameter(`The parameter ${name} is required`);
  return value;
}

/** A moment given as Unix seconds or ISO text, in UTC milliseconds; undefined when the parameter is absent. */
export function momentParameter(request: GraphRequest, name: string): number | undefined {
  const value = request.parameters[name];
  if (value === undefined) return undefined;
  const moment = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(moment)) throw badParameter(`Param ${name} must be a valid date`);
  return moment;
}
