import { z } from 'zod';
import { noticeKinds, type Settings, settingsSchema } from '../../../shared/contract/admin.ts';
import { defaultRules } from '../../../shared/contract/rules.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { CoreDeps } from '../deps.ts';
import { Unprocessable } from '../errors.ts';
import { MediaRefused } from '../ports/index.ts';

const key = 'agency';
const logoKey = 'agency-logo';

export const defaultSettings: Settings = {
  agencyName: '',
  agencyContact: '',
  agencyTimezone: null,
  agencyLanguage: 'en',
  newClientRules: defaultRules,
  notices: [...noticeKinds],
  quietHours: null,
  brandColor: null,
  relayUrl: null,
  captionModels: ['openai/gpt-oss-120b', 'openai/gpt-oss-20b'],
  imageModel: 'black-forest-labs/flux-schnell',
  videoModel: 'bytedance/seedance-1-lite',
  monthlyBudgetMicroUsd: 50_000_000,
  planAheadDays: 7,
  facebookTwoPhase: true,
};

/** As the activity log names them. */
const settingNames: Record<keyof Settings, string> = {
  agencyName: phrase`the agency's name`,
  agencyContact: phrase`the agency's contact`,
  agencyTimezone: phrase`the time zone`,
  agencyLanguage: phrase`the language of posts`,
  newClientRules: phrase`the rules of new clients`,
  notices: phrase`the notices`,
  quietHours: phrase`the quiet hours`,
  brandColor: phrase`the brand colour`,
  relayUrl: phrase`the relay page`,
  captionModels: phrase`the caption models`,
  imageModel: phrase`the image model`,
  videoModel: phrase`the video model`,
  monthlyBudgetMicroUsd: phrase`the monthly budget`,
  planAheadDays: phrase`the days planned ahead`,
  facebookTwoPhase: phrase`Facebook posts in two steps`,
};

/** How the agency wants the app to work. */
export interface AgencySettings {
  /** What was never set, or cannot be read any more, has its default. */
  get(): Promise<Settings>;
  update(change: Partial<Settings>, actor: string): Promise<Settings>;
  /** The agency's logo, a PNG in base64; null without one. */
  logo(): Promise<string | null>;
  /** @param picture a JPEG, PNG or WebP in base64; null takes the logo away. @throws {Unprocessable} */
  putLogo(picture: string | null, actor: string): Promise<string | null>;
}

export function createSettings(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'log' | 'activity' | 'changes' | 'files'>,
): AgencySettings {
  const { store } = deps;

  return {
    async get() {
      const { settings, unreadable } = readSettings(await store.settings.get(key));
      if (unreadable.length > 0) deps.log.warn('settings are unreadable, defaults are used', { fields: unreadable });
      return settings;
    },

    async update(change, actor) {
      const settings = await store.transaction(async (repositories) => {
        const before = readSettings(await repositories.settings.get(key)).settings;
        const after = { ...before, ...change };
        await repositories.settings.put(key, after, deps.clock.now());
        const changed = Object.keys(change) as (keyof Settings)[];
        const message = phrase`Changed settings: ${changed.map((name) => settingNames[name]).join(', ')}`;
        await deps.activity.record({ actor, kind: 'settings.changed', message }, repositories);
        return after;
      });
      deps.changes.tell('settings.changed');
      return settings;
    },

    async logo() {
      const stored = z
        .base64()
        .min(1)
        .safeParse(await store.settings.get(logoKey));
      return stored.data ?? null;
    },

    async putLogo(picture, actor) {
      const png = picture === null ? null : await pictureOf(picture, deps.files);
      await store.transaction(async (repositories) => {
        await repositories.settings.put(logoKey, png ?? '', deps.clock.now());
        const message = png === null ? phrase`Removed the agency's logo` : phrase`Changed the agency's logo`;
        await deps.activity.record({ actor, kind: 'settings.changed', message }, repositories);
      });
      deps.changes.tell('settings.changed');
      return png;
    },
  };
}

function pictureOf(picture: string, files: Pick<CoreDeps['files'], 'logo'>): Promise<string> {
  return files.logo(picture).catch((error: unknown) => {
    if (!(error instanceof MediaRefused)) throw error;
    throw new Unprocessable([{ field: 'picture', code: error.code, message: error.message }]);
  });
}

/** Takes each field of a stored value that still fits; pure. */
export function readSettings(stored: unknown): { settings: Settings; unreadable: string[] } {
  const found = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const unreadable: string[] = [];
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const [field, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(found, field)) continue;
    const parsed = schema.safeParse(found[field]);
    if (parsed.success) settings[field] = parsed.data;
    else unreadable.push(field);
  }
  return { settings: settingsSchema.parse(settings), unreadable };
}
