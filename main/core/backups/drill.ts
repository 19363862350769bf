import { z } from 'zod';
import { drillSchema } from '../../../shared/contract/backups.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { openTokens } from '../accounts/access.ts';
import type { CoreDeps } from '../deps.ts';
import { isoOf } from '../instants.ts';
import type { AccountRecord, BackupRecord, Rehearsal } from '../ports/index.ts';

const lastDrillKey = 'backups.lastDrill';
const weekMs = 7 * 24 * 3_600_000;
/** A drill that failed is tried again sooner. */
const afterFailureMs = 24 * 3_600_000;

export type Drill = z.infer<typeof drillSchema>;

/** A backup that was never tried out is a hope. Once a week the newest is opened as a restore would open it. */
export interface Drills {
  last(): Promise<Drill | null>;
  /** Runs one when the last is a week old, or failed a day ago. */
  runWhenDue(): Promise<void>;
  /** Tries the newest backup out: opens a copy, all logins in it, and looks at what would be due. Sends nothing. */
  run(): Promise<Drill>;
}

export function createDrills(
  deps: Pick<CoreDeps, 'backups' | 'store' | 'clock' | 'activity' | 'changes' | 'secrets' | 'locked'>,
): Drills {
  const { backups, store, clock, activity } = deps;

  async function last(): Promise<Drill | null> {
    return drillSchema
      .nullable()
      .catch(null)
      .parse((await store.settings.get(lastDrillKey)) ?? null);
  }

  async function run(): Promise<Drill> {
    const [newest] = await backups.list();
    const now = clock.now();
    const drill = { at: isoOf(now), ...(newest === undefined ? noBackup : await attempt(newest, now)) };
    await store.transaction(async (within) => {
      await within.settings.put(lastDrillKey, drill, now);
      if (drill.isGood) return;
      const { message } = drill;
      await activity.record(
        { actor: 'job:restore-drill', kind: 'backup.drill_failed', level: 'error', message },
        within,
      );
    });
    return drill;
  }

  async function attempt(backup: BackupRecord, now: number): Promise<Omit<Drill, 'at'>> {
    try {
      return { isGood: true, message: inWords(backup, openAll(await backups.rehearse(backup.id, now))) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { isGood: false, message: `The backup of ${isoOf(backup.takenAt)} could not be tried out. ${reason}` };
    }
  }

  /** @throws when a login does not open with the key at hand */
  function openAll({ accounts, duePosts }: Rehearsal): { logins: number; duePosts: number } {
    const connected = accounts.filter(({ sealedAccessToken }) => sealedAccessToken !== null);
    for (const account of connected) openOne(account);
    return { logins: connected.length, duePosts };
  }

  function openOne(account: AccountRecord): void {
    try {
      openTokens(deps, account);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(phrase`The login of account ${account.id} does not open: ${reason}`, { cause: error });
    }
  }

  return {
    last,
    run,
    async runWhenDue() {
      const before = await last();
      if (before !== null) {
        const age = clock.now() - Date.parse(before.at);
        if (age >= 0 && age < (before.isGood ? weekMs : afterFailureMs)) return;
      }
      if ((await backups.list()).length > 0) await run();
    },
  };
}

const noBackup = { isGood: false, message: 'There is no backup yet that could be tried out.' };

function inWords(backup: BackupRecord, { logins, duePosts }: { logins: number; duePosts: number }): string {
  const found = [
    backup.posts === 1 ? phrase`1 post` : phrase`${backup.posts} posts`,
    backup.clients === 1 ? phrase`1 client` : phrase`${backup.clients} clients`,
    logins === 1 ? phrase`1 login that opens` : phrase`${logins} logins that open`,
  ].join(', ');
  const due = duePosts === 1 ? '1 post would be due.' : `${duePosts} posts would be due.`;
  return phrase`The backup of ${isoOf(backup.takenAt)} opens: ${found}. ${due}`;
}
