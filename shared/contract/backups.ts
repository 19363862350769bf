import { z } from 'zod';
import { idSchema, instantSchema, pageOf, procedure } from './common.ts';

const admin = { tags: ['admin'] };

/** Why a backup was taken. */
export const backupOccasions = ['hourly', 'update', 'quit', 'restore', 'person'] as const;

export const backupSchema = z.object({
  /** Names the file; letters, digits, dots and dashes only. */
  id: idSchema,
  takenAt: instantSchema,
  occasion: z.enum(backupOccasions),
  bytes: z.number(),
  /** Every backup listed was opened and checked after it was written; this is when. */
  verifiedAt: instantSchema,
  posts: z.number(),
  clients: z.number(),
});
export type Backup = z.infer<typeof backupSchema>;

/** The last time a backup was opened and tried out in the background. */
export const drillSchema = z.object({ at: instantSchema, isGood: z.boolean(), message: z.string() });

const backupName = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/i, 'That is not the name of a backup.');

export const backups = {
  list: procedure
    .route({
      method: 'GET',
      path: '/admin/backups',
      description:
        'Newest first. A backup holds logins as ciphertext only; the key that opens them is not in it and must be kept apart.',
      ...admin,
    })
    .output(pageOf(backupSchema).extend({ lastDrill: drillSchema.nullable(), folder: z.string() })),
  create: procedure
    .route({ method: 'POST', path: '/admin/backups', ...admin, successStatus: 201 })
    .input(z.strictObject({}).optional())
    .output(backupSchema),
  /**
   * Puts a backup in the place of the present data, which is kept beside it. The app starts anew; nothing
   * is sent before every post that was due since then has been looked up.
   */
  restore: procedure
    .route({ method: 'POST', path: '/admin/backups/{id}/restore', ...admin })
    .input(z.strictObject({ id: backupName }))
    .output(z.object({ restarting: z.literal(true) })),
};

/** What helps to find a fault, without secrets and without what posts say. */
export const diagnostics = procedure
  .route({ method: 'GET', path: '/admin/diagnostics', ...admin })
  .output(z.looseObject({ takenAt: instantSchema, version: z.string() }));

/** After a copy of the data folder was found, or older data: a person says that this app goes on. */
export const takeOver = procedure
  .route({ method: 'POST', path: '/admin/take-over', ...admin })
  .input(z.strictObject({}).optional())
  .output(z.object({ halts: z.array(z.object({ code: z.string(), message: z.string() })) }));
