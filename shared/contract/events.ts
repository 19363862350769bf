import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { idSchema, procedure } from './common.ts';

/** Something changed; whoever shows it asks again. */
export const changeSchema = z.object({
  type: z.enum([
    'client.changed',
    'account.changed',
    'link.changed',
    'post.changed',
    'media.added',
    'media.changed',
    'control.changed',
    'settings.changed',
    'job.changed',
    'activity.added',
  ]),
  id: idSchema.nullable(),
  clientId: idSchema.nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** What the dashboard must know about the host it talks to. */
export const hostSchema = z.object({
  profile: z.enum(['sandbox', 'live']),
  version: z.string(),
  /** The page that shows what followers would see; sandbox only. */
  feedUrl: z.string().nullable(),
  locked: z.string().nullable(),
  /** Origin that people and networks reach this app at, without a trailing slash. */
  publicUrl: z.string(),
  /** Why nothing is sent to any network now, each with what to do about it; empty when sending is possible. */
  halts: z.array(z.object({ code: z.string(), message: z.string() })),
});

export type Host = z.infer<typeof hostSchema>;

export const events = {
  watch: procedure.output(eventIterator(changeSchema)),
};

export const host = {
  get: procedure.route({ method: 'GET', path: '/host', tags: ['health'] }).output(hostSchema),
};
