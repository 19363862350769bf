import { implement } from '@orpc/server';
import { z } from 'zod';
import { contract } from '../../../shared/contract/index.ts';
import type { Core } from '../core.ts';
import { adminProcedures } from './admin.ts';
import { backupProcedures } from './backups.ts';
import { clientProcedures } from './clients.ts';
import { declaredErrors } from './errors.ts';
import { inputWords } from './input-words.ts';
import { insightsProcedures } from './insights.ts';
import { pipelineProcedures } from './pipeline.ts';
import { writingProcedures } from './writing.ts';
import { reviewProcedures } from './review.ts';

/** Who calls: a person's name, `api`, or `owner`. */
export interface CallContext {
  actor: string;
}

/** The contract, ready to be given procedures. */
function implementer(core: Core) {
  return implement(contract).$context<CallContext>().use(declaredErrors(core.ports));
}
export type Implementer = ReturnType<typeof implementer>;

/** Everything of the contract, answered by the core. Hosts serve it over their own transports. */
export function createRouter(core: Core) {
  z.config({ localeError: inputWords });
  const os = implementer(core);
  return os.router({
    ...clientProcedures(os, core),
    ...pipelineProcedures(os, core),
    ...writingProcedures(os, core),
    ...reviewProcedures(os, core),
    ...adminProcedures(os, core),
    ...backupProcedures(os, core),
    ...insightsProcedures(os, core),
  });
}
export type CoreRouter = ReturnType<typeof createRouter>;
