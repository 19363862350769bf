import type { Hono } from 'hono';
import { z } from 'zod';
import type { SimulatorEnv } from '../simulator.ts';
import type { World } from './world.ts';

const faultBody = z.strictObject({
  operation: z.string().min(1),
  kind: z.string().min(1),
  times: z.number().int().positive().optional(),
  skip: z.number().int().nonnegative().optional(),
  value: z.unknown().optional(),
});

/** Switches of the simulator itself, for tests that run in another process. */
export function addControlRoutes(app: Hono<SimulatorEnv>, world: World): void {
  app.post('/__sandbox/faults', async (c) => {
    const parsed = faultBody.safeParse(await c.req.json<unknown>().catch(() => null));
    if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
    world.faults.add(parsed.data);
    return c.body(null, 204);
  });
  app.delete('/__sandbox/faults', (c) => {
    world.faults.clear();
    return c.body(null, 204);
  });
  app.get('/__sandbox/ledger', (c) => c.json(world.ledger.entries));
}
