import { startHost } from './host.ts';

/** Ms from starting the process to its ready line. The data folder is left as the run leaves it. */
export async function measureStart(dataDir: string, profile: 'live' | 'sandbox'): Promise<number> {
  const host = await startHost(dataDir, { AUTOSOCIAL_PROFILE: profile });
  await host.stop();
  return host.readyAfterMs;
}
