import { z } from 'zod';
import { addControls, type SimulatorApp, type SimulatorContext } from '../simulator.ts';
import { parseJson } from './request.ts';
import type { MetaSettings } from './settings.ts';
import type { World } from './state.ts';
import { breakTokens, tokenBreak } from './token-breaks.ts';

const settings: z.ZodType<Partial<MetaSettings>> = z
  .strictObject({
    containerPolls: z.number().int().nonnegative(),
    videoPolls: z.number().int().nonnegative(),
    quotaTotal: z.number().int().nonnegative(),
    secondMediaPublish: z.enum(['error', 'same-id']),
    lookupLagMs: z.number().nonnegative(),
    duplicatePosts: z.enum(['accept', 'refuse']),
    instagramTokenShape: z.enum(['flat', 'wrapped']),
    appUsage: z.number().min(0).max(100),
    businessUsage: z.number().min(0).max(100),
    minutesToRegainAccess: z.number().nonnegative(),
    requireAppsecretProof: z.boolean(),
  })
  .partial();

/** Switches for other processes, below `/__sandbox` on the graph origin: faults, ledger, settings, tokens. */
export function serveControl(app: SimulatorApp, world: World): void {
  addControls(app, world);
  app.patch('/__sandbox/settings', (c) => withBody(c, settings, (value) => Object.assign(world.settings, value)));
  app.post('/__sandbox/tokens', (c) => withBody(c, tokenBreak, (value) => breakTokens(world, value)));
}

async function withBody<T>(c: SimulatorContext, shape: z.ZodType<T>, act: (value: T) => void): Promise<Response> {
  const parsed = shape.safeParse(parseJson(await c.req.text()));
  if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
  act(parsed.data);
  return c.json({ success: true });
}
