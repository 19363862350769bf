import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boot } from '../boot.ts';
import { lineLog } from '../host/log.ts';
import { BadEnvironment, readEnvironment, type ServerEnvironment } from './environment.ts';
import { startServer } from './server.ts';

/** Built into out/server; the dashboard lies beside it, the sandbox's videos in the sources. */
const here = fileURLToPath(new URL('.', import.meta.url));
const dashboardFolder = join(here, '..', 'renderer');
const videoAssets = join(here, '..', '..', 'main', 'sandbox', 'replicate', 'assets');

/** Quitting waits this long for what is being sent. */
const quitWithinMs = 65_000;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, process.argv.slice(2));
  const log = lineLog('warn');
  // One forgotten promise must not take a publish that is under way down with it.
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', { reason: String(reason) }));
  // 1. Data, key, networks, sandbox, core.
  const app = await boot({ ...environment, log, version: __VERSION__, builtAt: __BUILT_AT__, videoAssets });
  // 2. The doors.
  const server = await startServer(app.core, app.ports, {
    ...environment,
    version: __VERSION__,
    dashboardFolder,
  });
  app.setOrigin(environment.publicUrl ?? server.url);
  // 3. Work.
  await app.start();
  announce(environment, app.locked(), server.loginLink);
  quitOnSignal(async () => {
    await server.close();
    await app.stop();
  });
}

function announce(environment: ServerEnvironment, locked: string | null, loginLink: () => string): void {
  console.log(`AutoSocial AI is ready: ${loginLink()}`);
  if (environment.profile === 'sandbox') {
    console.log(`Sandbox, because ${environment.profileReason}: nothing leaves this computer.`);
  }
  if (locked !== null) console.log(`Locked: ${locked}`);
  if (!process.stdin.isTTY) return;
  console.log('The link logs in once. Press Enter for a new one, Ctrl+C to stop.');
  process.stdin.on('data', () => console.log(loginLink()));
}

function quitOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const quit = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), quitWithinMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', quit);
  process.on('SIGTERM', quit);
}

main().catch((error: unknown) => {
  const expected =
    error instanceof BadEnvironment || (error instanceof Error && error.name !== 'Error' && error.name !== 'TypeError');
  console.error(expected ? `AutoSocial AI cannot start. ${(error as Error).message}` : error);
  process.exit(1);
});
