import { permissions } from '../../../../shared/domain/permissions.ts';
import type { Platform, Provider } from '../../../../shared/domain/platform.ts';
import { redirectOf } from '../../../../shared/domain/redirects.ts';
import type { WordKey } from '../../../i18n/i18n.ts';

/** How an agency sets its own app up at a network. */
export interface AppGuide {
  /** Its name is the network's own, the same in each language. */
  console: { name: string; href: string };
  steps: readonly WordKey[];
  /** Networks whose logins the app is for. */
  platforms: readonly Platform[];
  modes: WordKey;
  review: WordKey;
}

export const appGuides: Partial<Record<Provider, AppGuide>> = {
  meta: {
    console: { name: 'Meta for Developers', href: 'https://developers.facebook.com/apps' },
    steps: [
      'settings:guide.of.meta.steps.1',
      'settings:guide.of.meta.steps.2',
      'settings:guide.of.meta.steps.3',
      'settings:guide.of.meta.steps.4',
      'settings:guide.of.meta.steps.5',
    ],
    platforms: ['facebook', 'instagram'],
    modes: 'settings:guide.of.meta.modes',
    review: 'settings:guide.of.meta.review',
  },
  tiktok: {
    console: { name: 'TikTok for Developers', href: 'https://developers.tiktok.com/apps' },
    steps: [
      'settings:guide.of.tiktok.steps.1',
      'settings:guide.of.tiktok.steps.2',
      'settings:guide.of.tiktok.steps.3',
      'settings:guide.of.tiktok.steps.4',
    ],
    platforms: ['tiktok'],
    modes: 'settings:guide.of.tiktok.modes',
    review: 'settings:guide.of.tiktok.review',
  },
};

/** An address to enter at the network, and the networks that it is for. */
export interface RedirectEntry {
  uri: string;
  platforms: Platform[];
  isRelay: boolean;
  isInsecure: boolean;
}

/** The redirect addresses to enter for an app, each once. @param origin of this app for people */
export function redirectEntries(
  platforms: readonly Platform[],
  origin: string,
  relayUrl: string | null,
): RedirectEntry[] {
  const entries: RedirectEntry[] = [];
  for (const platform of platforms) {
    const { uri, isRelay, isInsecure } = redirectOf(platform, origin, relayUrl);
    const entered = platform === 'tiktok' ? uri.replace(/^(http:\/\/(?:127\.0\.0\.1|localhost)):\d+/, '$1:*') : uri;
    const known = entries.find((entry) => entry.uri === entered);
    if (known === undefined) entries.push({ uri: entered, platforms: [platform], isRelay, isInsecure });
    else known.platforms.push(platform);
  }
  return entries;
}

/** The permissions to ask the network for, each once; those that publishing needs come first. */
export function scopeEntries(platforms: readonly Platform[]): { scope: string; needed: boolean }[] {
  const scopes = new Map<string, boolean>();
  for (const { scope, needed } of platforms.flatMap((platform) => permissions[platform])) {
    scopes.set(scope, needed || (scopes.get(scope) ?? false));
  }
  return [...scopes]
    .map(([scope, needed]) => ({ scope, needed }))
    .toSorted((a, b) => Number(b.needed) - Number(a.needed));
}
