import { Hono } from 'hono';
import { operation, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { parseCancelAfter, parseCreate, parsePreferWait } from './create-request.ts';
import { findModel, type InputField, type ReplicateModel } from './models.ts';
import { isFinal, isRemoved, type Prediction, statusAt, toWire } from './prediction.ts';
import { insufficientCredit, invalidInput, notFound, Problem, throttled, unauthenticated } from './problem.ts';
import type { World } from './world.ts';

export const replicateOperations = [
  'replicate.create',
  'replicate.get',
  'replicate.cancel',
  'replicate.list',
  'replicate.model',
  'replicate.account',
  'replicate.download',
] as const;

type Detail = Record<string, unknown>;
type Handler = (c: SimulatorContext, detail: Detail) => Promise<Response> | Response;

const refusals = ['no-credit', 'throttled', 'throttled-low-credit', 'throttled-header'] as const;
const pageSize = 100;

/** The HTTP API below `/v1`. */
export function apiRoutes(world: World, tokens: readonly string[]): Hono<SimulatorEnv> {
  const app = new Hono<SimulatorEnv>();
  const named = (name: (typeof replicateOperations)[number], handler: Handler) =>
    operation(world, name, (c, detail) => guarded(world, tokens, name, c, () => handler(c, detail)));

  app.post(
    '/v1/models/:owner/:name/predictions',
    named('replicate.create', (c, detail) => create(world, c, detail, modelPath(c))),
  );
  app.post(
    '/v1/predictions',
    named('replicate.create', (c, detail) => create(world, c, detail, null)),
  );
  app.get(
    '/v1/predictions',
    named('replicate.list', (c) => list(world, c)),
  );
  app.get(
    '/v1/predictions/:id',
    named('replicate.get', (c, detail) => get(world, c, detail)),
  );
  app.post(
    '/v1/predictions/:id/cancel',
    named('replicate.cancel', (c, detail) => cancel(world, c, detail)),
  );
  app.get(
    '/v1/models/:owner/:name',
    named('replicate.model', (c) => Response.json(modelBody(requireModel(modelPath(c))))),
  );
  app.get(
    '/v1/account',
    named('replicate.account', () => Response.json(account)),
  );
  app.notFound(() => notFound().toResponse());
  return app;
}

const account = {
  type: 'organization',
  username: 'sandbox-agency',
  name: 'Sandbox Agency',
  github_url: 'https://github.com/sandbox-agency',
};

async function guarded(
  world: World,
  tokens: readonly string[],
  name: string,
  c: SimulatorContext,
  handler: () => Promise<Response> | Response,
): Promise<Response> {
  const bucket = world.bucket(name === 'replicate.create' ? 'create' : 'other');
  try {
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined || !tokens.includes(token)) throw unauthenticated();
    refuseOnPurpose(world, name);
    if (bucket.msUntil(1) > 0) throw throttled('throttled', Math.ceil(bucket.msUntil(1) / 1000));
    bucket.take(1);
    return withHeaders(await handler(), rateHeaders(world, name));
  } catch (error) {
    if (error instanceof Problem) return error.toResponse(rateHeaders(world, name));
    throw error;
  }
}

function refuseOnPurpose(world: World, name: string): void {
  const fault = world.faults.take(name, ...refusals);
  if (fault === undefined) return;
  if (fault.kind === 'no-credit') throw insufficientCredit();
  throw throttled(fault.kind as 'throttled', typeof fault.value === 'number' ? fault.value : undefined);
}

function rateHeaders(world: World, name: string): Record<string, string> {
  const bucket = world.bucket(name === 'replicate.create' ? 'create' : 'other');
  return {
    'ratelimit-remaining': String(bucket.remaining),
    'ratelimit-reset': String(Math.ceil(bucket.msUntilFull / 1000)),
    'replicate-edge-cluster': 'sandbox',
  };
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

async function create(world: World, c: SimulatorContext, detail: Detail, path: string | null): Promise<Response> {
  const { model, input } = parseCreate(await bodyOf(c), path);
  const cancelAfter = parseCancelAfter(c.req.header('cancel-after'));
  const wait = parsePreferWait(c.req.header('prefer'));
  const prediction = world.create(model, input, cancelAfter);
  Object.assign(detail, { predictionId: prediction.id, model: model.id, prompt: input.prompt });
  if (wait === null) return answer(world, c, prediction, 201);
  const done = await settled(world, prediction, wait);
  return withHeaders(answer(world, c, prediction, done ? 201 : 202), { 'preference-applied': `wait=${wait}` });
}

/** Waits in real time until the prediction has ended by its own clock, or has output to show; false when time is up. */
async function settled(world: World, prediction: Prediction, seconds: number): Promise<boolean> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const { status } = statusAt(prediction, world.now());
    if (isFinal(status) || (status === 'processing' && prediction.ending.kind === 'early-output')) return true;
    if (performance.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function get(world: World, c: SimulatorContext, detail: Detail): Response {
  const prediction = requirePrediction(world, c, detail);
  world.step(prediction);
  detail.status = statusAt(prediction, world.now()).status;
  return answer(world, c, prediction, 200);
}

/** Replicate does not say what cancelling a finished prediction answers; here it is the prediction, unchanged. */
function cancel(world: World, c: SimulatorContext, detail: Detail): Response {
  const prediction = requirePrediction(world, c, detail);
  world.cancel(prediction);
  return answer(world, c, prediction, 200);
}

/** Newest first, a hundred a page. The cursor names the last prediction of the page before. */
function list(world: World, c: SimulatorContext): Response {
  const newest = world.predictions.toReversed();
  const cursor = c.req.query('cursor');
  const start = cursor === undefined ? 0 : newest.findIndex((prediction) => prediction.id === decodeCursor(cursor)) + 1;
  if (cursor !== undefined && start === 0) throw notFound();
  const page = newest.slice(start, start + pageSize);
  const last = page.at(-1);
  const link = (id: string): string => `${originOf(c)}/v1/predictions?cursor=${encodeURIComponent(btoa(id))}`;
  const before = newest[start - pageSize - 1];
  return Response.json({
    previous: start === 0 ? null : before === undefined ? `${originOf(c)}/v1/predictions` : link(before.id),
    next: last !== undefined && start + pageSize < newest.length ? link(last.id) : null,
    results: page.map((prediction) => wire(world, c, prediction)),
  });
}

function answer(world: World, c: SimulatorContext, prediction: Prediction, status: number): Response {
  return Response.json(wire(world, c, prediction), { status });
}

function wire(world: World, c: SimulatorContext, prediction: Prediction): Record<string, unknown> {
  return toWire(prediction, world.now(), originOf(c), world.settings.clockSkewMs);
}

function requirePrediction(world: World, c: SimulatorContext, detail: Detail): Prediction {
  const id = c.req.param('id') ?? '';
  const prediction = world.find(id);
  if (prediction === undefined) throw notFound();
  detail.predictionId = id;
  detail.removed = isRemoved(prediction, world.now());
  return prediction;
}

function requireModel(id: string): ReplicateModel {
  const model = findModel(id);
  if (model === undefined) throw notFound();
  return model;
}

function modelBody(model: ReplicateModel): Record<string, unknown> {
  const [owner, name] = model.id.split('/');
  const url = { type: 'string', format: 'uri' };
  return {
    url: `https://replicate.com/${model.id}`,
    owner,
    name,
    description: `${name} in the sandbox`,
    visibility: 'public',
    github_url: null,
    paper_url: null,
    license_url: null,
    run_count: 0,
    cover_image_url: null,
    default_example: null,
    latest_version: {
      id: 'hidden',
      created_at: '2026-01-01T00:00:00.000Z',
      cog_version: '0.16.0',
      openapi_schema: {
        openapi: '3.0.2',
        info: { title: 'Cog', version: '0.1.0' },
        components: {
          schemas: {
            Input: {
              type: 'object',
              title: 'Input',
              required: Object.keys(model.input).filter((key) => model.input[key]?.required),
              properties: Object.fromEntries(
                Object.entries(model.input).map(([key, field]) => [key, inputSchema(field)]),
              ),
            },
            Output: model.output === 'array' ? { type: 'array', items: url } : url,
          },
        },
      },
    },
  };
}

function inputSchema({ type, enum: values, minimum, maximum, uri }: InputField): Record<string, unknown> {
  const format = uri === true ? { format: 'uri' } : {};
  return type === 'array'
    ? { type, items: { type: 'string', ...format } }
    : { type, enum: values, minimum, maximum, ...format };
}

function modelPath(c: SimulatorContext): string {
  return `${c.req.param('owner')}/${c.req.param('name')}`;
}

function originOf(c: SimulatorContext): string {
  return new URL(c.req.url).origin;
}

async function bodyOf(c: SimulatorContext): Promise<unknown> {
  try {
    return (await c.req.json()) as unknown;
  } catch {
    throw invalidInput([{ type: 'invalid_type', field: 'body', description: 'The request body is not valid JSON' }]);
  }
}

function decodeCursor(cursor: string): string {
  try {
    return atob(cursor);
  } catch {
    return '';
  }
}
