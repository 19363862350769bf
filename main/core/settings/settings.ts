import { noticeKinds, type Settings, settingsSchema } from '../../../shared/contract/admin.ts';
import { defaultRules } from '../../../shared/contract/rules.ts';
import type { CoreDeps } from '../deps.ts';
import { Unprocessable } from '../errors.ts';
import type { Repositories } from '../ports/index.ts';

const key = 'agency';

export const defaultSettings: Settings = {
  agencyName: '',
  agencyContact: '',
  agencyTimezone: null,
  agencyLanguage: 'en',
  newClientRules: defaultRules,
  notices: [...noticeKinds],
  quietHours: null,
  agencyLogo: null,
  agencyColor: null,
  relayUrl: null,
  captionModels: ['openai/gpt-oss-120b', 'openai/gpt-oss-20b'],
  imageModel: 'black-forest-labs/flux-schnell',
  videoModel: 'bytedance/seedance-1-lite',
  monthlyBudgetMicroUsd: 50_000_000,
  planAheadDays: 7,
  facebookTwoPhase: true,
};

/** How the agency wants the app to work. */
export interface AgencySettings {
  /** What was never set, or cannot be read any more, has its default. */
  get(): Promise<Settings>;
  /** @throws {Unprocessable} when the logo is no picture that is there */
  update(change: Partial<Settings>, actor: string): Promise<Settings>;
}

export function createSettings(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'log' | 'activity' | 'changes'>,
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
        await requirePicture(repositories, change.agencyLogo ?? null);
        const before = readSettings(await repositories.settings.get(key)).settings;
        const after = { ...before, ...change };
        await repositories.settings.put(key, after, deps.clock.now());
        const message = `Changed settings: ${Object.keys(change).join(', ') || 'nothing'}`;
        await deps.activity.record({ actor, kind: 'settings.changed', message }, repositories);
        return after;
      });
      deps.changes.tell('settings.changed');
      return settings;
    },
  };
}

async function requirePicture({ media }: Pick<Repositories, 'media'>, id: string | null): Promise<void> {
  if (id === null || (await media.get(id))?.kind === 'image') return;
  throw new Unprocessable([{ field: 'agencyLogo', code: 'picture', message: 'There is no such picture.' }]);
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
