import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { languageCodes } from '../../shared/domain/languages.ts';
import type { Log } from '../core/ports/index.ts';
import { windowStateSchema } from './window-bounds.ts';

/** How this computer shows the app. What the agency set is in the store, not here. */
const schema = z.object({
  window: windowStateSchema.nullable().catch(null),
  /** The computer does not go to sleep by itself while posts are due soon. */
  keepAwake: z.boolean().catch(false),
  startAtLogin: z.boolean().catch(false),
  /** Which profile a person chose; null: by whether keys are in the environment. */
  profile: z.enum(['sandbox', 'live']).nullable().catch(null),
  /** What was chosen in the dashboard; null: as the system speaks. */
  language: z.enum(languageCodes).nullable().catch(null),
  /** That the app goes on in the tray is said once. */
  toldOfTray: z.boolean().catch(false),
});
export type PreferenceValues = z.infer<typeof schema>;

export interface Preferences {
  get(): PreferenceValues;
  /** In effect at once; written down if possible. */
  update(change: Partial<PreferenceValues>): void;
}

/** Kept in a file of its own: it is needed before the store is open, and when it cannot be. */
export function openPreferences(file: string, log: Log): Preferences {
  let values = schema.parse(read(file, log));
  return {
    get: () => values,
    update(change) {
      values = { ...values, ...change };
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        const written = `${file}.new`;
        writeFileSync(written, JSON.stringify(values, null, 2), { mode: 0o600 });
        renameSync(written, file);
      } catch (error) {
        log.warn('the preferences could not be written down', { error: String(error) });
      }
    },
  };
}

function read(file: string, log: Log): object {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {};
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) log.warn('the preferences cannot be read, defaults are used', { error: String(error) });
    return {};
  }
}
