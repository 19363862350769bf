/** The networks posts go to. */
export const platforms = ['facebook', 'instagram', 'tiktok'] as const;
export type Platform = (typeof platforms)[number];

export const platformNames: Record<Platform, string> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  tiktok: 'TikTok',
};

/** Whose login an account can be connected by. */
export const vias = ['facebook', 'instagram', 'tiktok'] as const;
export type Via = (typeof vias)[number];

/** The ways to each network, the usual one first. Instagram: through the linked Facebook Page, or by its own login. */
export const viasOf: Record<Platform, readonly [Via, ...Via[]]> = {
  facebook: ['facebook'],
  instagram: ['facebook', 'instagram'],
  tiktok: ['tiktok'],
};

/** How an account is connected when nobody chose. */
export function usualVia(platform: Platform): Via {
  return viasOf[platform][0];
}

/** Services whose credentials an agency brings itself. */
export const providers = ['groq', 'replicate', 'meta', 'instagram', 'tiktok'] as const;
export type Provider = (typeof providers)[number];
