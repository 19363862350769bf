import type { Core } from '../core.ts';
import { diagnose } from '../insights/diagnostics.ts';
import type { Implementer } from './router.ts';

/** What keeps the data safe, and what helps when something is wrong with it. */
export function backupProcedures(os: Implementer, core: Core) {
  const { backUps } = core;
  return {
    backups: {
      list: os.backups.list.handler(() => backUps.list()),
      create: os.backups.create.handler(() => backUps.take('person')),
      restore: os.backups.restore.handler(async ({ input, context }) => {
        await backUps.restore(input.id, context.actor);
        return { restarting: true as const };
      }),
    },
    takeOver: os.takeOver.handler(async ({ context }) => {
      await core.dataAge.takeOver(context.actor);
      return { halts: core.halts.list() };
    }),
    diagnostics: os.diagnostics.handler(async () => ({ ...(await diagnose(core)) })),
  };
}
