import type { RestoreOutcome } from '../core/backups/backups.ts';
import { applyRemedy, type Doors, type Ending, type Hosting, type HostingOptions, startHosting } from '../hosting.ts';
import type { DesktopDoor } from './doors.ts';
import type { Reception } from './reception.ts';

/**
 * One host after the other, until the app is to quit: restoring a backup, and whatever helps data that cannot be
 * opened, starts a new one.
 * @param onChange is told of each one that works, and of none (null) between them
 * @returns when the last one has ended
 * @throws what keeps the app from starting
 */
export async function runHosts(
  options: HostingOptions,
  doors: Doors<DesktopDoor>,
  reception: Reception,
  { quit, onChange }: { quit: Promise<Ending>; onChange(hosting: Hosting<DesktopDoor> | null): void },
): Promise<void> {
  let outcome: RestoreOutcome | null = null;
  for (;;) {
    const hosting: Hosting<DesktopDoor> = await startHosting(options, outcome, doors);
    reception.show(hosting.door);
    onChange(hosting);
    const ending = await Promise.race([hosting.ending, quit]);
    onChange(null);
    reception.show(null);
    await hosting.stop(ending);
    if (ending.kind === 'quit') return;
    outcome = await applyRemedy(options, ending);
  }
}
