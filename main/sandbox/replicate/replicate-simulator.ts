import { addControls, type Faults, type Ledger, listen, type SimulatorOptions } from '../simulator.ts';
import { apiRoutes } from './api.ts';
import { deliveryRoutes } from './delivery.ts';
import { VideoAssets } from './video-assets.ts';
import { type Billed, type ReplicateSettings, World } from './world.ts';

export interface ReplicateSimulatorOptions extends SimulatorOptions {
  /** Tokens that are let in. */
  tokens: string[];
  /** Folder with the clips that stand in for generated videos. */
  videoAssets: string;
}

export interface ReplicateSimulator {
  /**
   * `api` is the SDK's base URL without `/v1`; `delivery` stands for `https://replicate.delivery`,
   * which is the host that output URLs name.
   */
  origins: { api: string; delivery: string };
  faults: Faults;
  ledger: Ledger;
  settings: ReplicateSettings;
  /** Every charge so far, oldest first. */
  billed(): Billed[];
  close(): Promise<void>;
}

/** Runs stand-ins for api.replicate.com and replicate.delivery on loopback. Webhooks are accepted and never sent. */
export async function startReplicateSimulator(options: ReplicateSimulatorOptions): Promise<ReplicateSimulator> {
  const world = new World(options);
  const api = apiRoutes(world, options.tokens);
  const delivery = deliveryRoutes(world, new VideoAssets(options.videoAssets));
  addControls(api, world);
  const [apiOrigin, deliveryOrigin] = await Promise.all([
    listen(api, { dir: options.dir, name: 'replicate-api' }),
    listen(delivery, { dir: options.dir, name: 'replicate-delivery' }),
  ]);
  return {
    origins: { api: apiOrigin.url, delivery: deliveryOrigin.url },
    faults: world.faults,
    ledger: world.ledger,
    settings: world.settings,
    billed: () => world.billed(),
    close: async () => {
      await Promise.all([apiOrigin.close(), deliveryOrigin.close()]);
    },
  };
}
