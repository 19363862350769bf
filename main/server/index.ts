import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineLog } from '../host/log.ts';
import { type RecentLog, rememberingLog } from '../host/recent-log.ts';
import { systemClock } from '../host/time.ts';
import { BadEnvironment, type Environment, readEnvironment } from '../environment.ts';
import { applyRemedy, type Ending, type Hosting, startHosting } from '../hosting.ts';
import type { RestoreOutcome } from '../core/backups/backups.ts';
import { announcement } from './announcement.ts';
import { serverDoors } from './doors.ts';
import type { RunningServer } from './server.ts';

/** Built into out/server; the dashboard lies beside it, the sandbox's videos in the sources. */
const here = fileURLToPath(new URL('.', import.meta.url));
const dashboardFolder = join(here, '..', 'renderer');
const videoAssets = join(here, '..', '..', 'main', 'sandbox', 'replicate', 'assets');

/** Quitting waits this long for what is being sent. */
const quitWithinMs = 65_000;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, process.argv.slice(2));
  const log = rememberingLog(lineLog('warn'), systemClock.now);
  // One forgotten promise must not take a publish that is under way down with it.
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', { reason: String(reason) }));
  await serve(environment, log, quitAsked());
  process.exit(0);
}

/** One host after the other: restoring a backup, and whatever helps data that cannot be opened, starts a new one. */
async function serve(environment: Environment, log: RecentLog, quit: Promise<Ending>): Promise<void> {
  const options = {
    ...environment,
    log,
    version: __VERSION__,
    builtAt: __BUILT_AT__,
    videoAssets,
    dashboardFolder,
    keyHome: 'file' as const,
  };
  const doors = serverDoors(options);
  let outcome: RestoreOutcome | null = null;
  let current: Hosting<RunningServer> | null = null;
  offerLinks(() => current?.door.loginLink());
  for (;;) {
    current = await startHosting(options, outcome, doors);
    for (const line of announcement(environment, current)) console.log(line);
    const ending = await Promise.race([current.ending, quit]);
    await current.stop(ending);
    if (ending.kind === 'quit') return;
    outcome = await applyRemedy(options, ending);
  }
}

function offerLinks(newLink: () => string | undefined): void {
  if (!process.stdin.isTTY) return;
  console.log('The link logs in once. Press Enter for a new one, Ctrl+C to stop.');
  process.stdin.on('data', () => console.log(newLink() ?? 'Starting …'));
}

/** Resolves at Ctrl+C; whatever has not ended a minute later is cut off. */
function quitAsked(): Promise<Ending> {
  return new Promise((resolve) => {
    const quit = (): void => {
      setTimeout(() => process.exit(1), quitWithinMs).unref();
      resolve({ kind: 'quit' });
    };
    process.once('SIGINT', quit);
    process.once('SIGTERM', quit);
  });
}

main().catch((error: unknown) => {
  const expected =
    error instanceof BadEnvironment || (error instanceof Error && error.name !== 'Error' && error.name !== 'TypeError');
  console.error(expected ? `AutoSocial AI cannot start. ${(error as Error).message}` : error);
  process.exit(1);
});
