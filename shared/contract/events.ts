import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { languageCodes } from '../domain/languages.ts';
import { idSchema, procedure } from './common.ts';

/** Something changed; whoever shows it asks again. */
export const changeSchema = z.object({
  type: z.enum([
    'client.changed',
    'account.changed',
    'link.changed',
    'post.changed',
    'writing.changed',
    'draft.changed',
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

/** Where the key lies that seals logins: given by name, in the system's keychain, or in a file beside the data. */
export const keyPlaceSchema = z.enum(['environment', 'keychain', 'file']);
export type KeyPlace = z.infer<typeof keyPlaceSchema>;

/** How the desktop app behaves on this computer. */
export const desktopSchema = z.object({
  /** The computer does not go to sleep by itself while posts are due soon. */
  keepAwake: z.boolean(),
  startAtLogin: z.boolean(),
  /** Of the app's menus and notices; null: the one that the system speaks. */
  language: z.enum(languageCodes).nullable(),
});
export type Desktop = z.infer<typeof desktopSchema>;

/** What the dashboard must know about the host it talks to. */
export const hostSchema = z.object({
  profile: z.enum(['sandbox', 'live']),
  version: z.string(),
  /** The page that shows what followers would see; sandbox only. */
  feedUrl: z.string().nullable(),
  locked: z.string().nullable(),
  keyPlace: keyPlaceSchema,
  /** Origin that people and networks reach this app at, without a trailing slash. */
  publicUrl: z.string(),
  /** Why nothing is sent to any network now, each with what to do about it; empty when sending is possible. */
  halts: z.array(z.object({ code: z.string(), message: z.string() })),
  /** How the desktop app behaves on this computer; null on the server host. */
  desktop: desktopSchema.nullable(),
});

export type Host = z.infer<typeof hostSchema>;

export const events = {
  watch: procedure.output(eventIterator(changeSchema)),
};

export const host = {
  get: procedure.route({ method: 'GET', path: '/host', tags: ['health'] }).output(hostSchema),
  /** Starts the app anew, because what keeps it locked may have passed: the keychain was unlocked, the key put back. */
  tryAgain: procedure
    .route({ method: 'POST', path: '/host/try-again', tags: ['health'] })
    .input(z.strictObject({}).optional())
    .output(z.object({ restarting: z.boolean() })),
  /** Changes how the desktop app behaves on this computer; the server host has nothing of the kind. */
  setDesktop: procedure
    .route({ method: 'PATCH', path: '/host/desktop', tags: ['health'] })
    .input(desktopSchema.partial().strict())
    .output(desktopSchema),
};
