import { permissionsOf } from '../../../shared/domain/permissions.ts';
import type { Platform, Provider, Via } from '../../../shared/domain/platform.ts';
import { redirectOf } from '../../../shared/domain/redirects.ts';

/** How an agency sets its own app up at a network. */
export interface AppGuide {
  console: { label: string; href: string };
  steps: readonly string[];
  /** Networks whose logins the app is for. */
  platforms: readonly Platform[];
  via: Via;
  modes: string;
  review: string;
}

export const appGuides: Partial<Record<Provider, AppGuide>> = {
  meta: {
    console: { label: 'Meta for Developers', href: 'https://developers.facebook.com/apps' },
    steps: [
      'Create an app of the type “Business” that belongs to your business portfolio.',
      'Add the products “Facebook Login” and “Instagram” (with Facebook Login, not Instagram Login).',
      'Under Facebook Login → Settings, leave “Client OAuth login”, “Web OAuth login” and “Strict mode” on, and enter the redirect addresses below.',
      'Under App settings → Advanced, leave “Native or desktop app” off: with it on, Meta lets no app look at its own tokens.',
      'Copy app ID and app secret from App settings → Basic.',
    ],
    platforms: ['facebook', 'instagram'],
    via: 'facebook',
    modes:
      'In development mode only people with a role on the app can log in and see what it posts, and addresses on this computer are accepted. In live mode everybody sees the posts, and redirect addresses must be https.',
    review:
      'Without App Review a live app works for people with a role on it (administrator, developer, tester): enough when your own staff log in and hold the tasks on your clients’ Pages. As soon as clients log in themselves, for instance by an onboarding link, Meta demands Advanced Access for each permission: App Review, a verified business and often Access Verification.',
  },
  instagram: {
    console: { label: 'Meta for Developers', href: 'https://developers.facebook.com/apps' },
    steps: [
      'Take your Meta app, or create one of the type “Business”, and add the product “Instagram”.',
      'Open Instagram → “API setup with Instagram login”. Its Instagram app ID and Instagram app secret are not those of the Meta app: copy them from there.',
      'Ask for the permissions below, under “Add required permissions”.',
      'Under “Set up Instagram business login” → Business login settings, enter the redirect address below. Meta’s page may put a slash behind it: the address must stand there exactly as it does here.',
      'While the app is in development mode, add every Instagram account under App roles → Roles as an “Instagram tester”. Its owner accepts in the Instagram app, under Settings → Website permissions → Apps and websites → Tester invites.',
      'Give this app a public https address (AUTOSOCIAL_PUBLIC_URL): Instagram takes no uploads by this login, and fetches each picture and video from here while it is being prepared.',
    ],
    platforms: ['instagram'],
    via: 'instagram',
    modes:
      'In development mode only Instagram testers of the app can log in. Meta asks for an https redirect address here in both modes; whether it takes one on this computer is not known.',
    review:
      'Without App Review a live app works for accounts of people with a role on it. As soon as clients log in themselves, Meta demands Advanced Access for each permission: App Review, a verified business and often Access Verification. Personal accounts cannot be connected at all: the owner switches to a professional account first, free of charge.',
  },
  tiktok: {
    console: { label: 'TikTok for Developers', href: 'https://developers.tiktok.com/apps' },
    steps: [
      'Create an app and add the products “Login Kit” and “Content Posting API”.',
      'For Login Kit choose the platform “Desktop” for an address on this computer, “Web” for an https one, and enter the redirect address below.',
      'Ask for the scopes below. Switch “Direct Post” on only when you mean to apply for the audit.',
      'Copy client key and client secret. A sandbox has its own pair, for ten test users at most.',
    ],
    platforms: ['tiktok'],
    via: 'tiktok',
    modes:
      'Until TikTok has reviewed the app, only the test users of its sandbox can log in. After the review everybody can, and videos go to the creator’s inbox to be finished there.',
    review:
      'Direct posts that everybody can see need TikTok’s content posting audit as well. Without it they are private, for private accounts only, and at most five people a day can post. TikTok’s rules name tools for a team’s own accounts as an example of what it does not accept, so plan with the inbox.',
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
export function scopeEntries({ platforms, via }: Pick<AppGuide, 'platforms' | 'via'>): {
  scope: string;
  needed: boolean;
}[] {
  const scopes = new Map<string, boolean>();
  for (const { scope, needed } of platforms.flatMap((platform) => permissionsOf({ platform, via }))) {
    scopes.set(scope, needed || (scopes.get(scope) ?? false));
  }
  return [...scopes]
    .map(([scope, needed]) => ({ scope, needed }))
    .toSorted((a, b) => Number(b.needed) - Number(a.needed));
}
