/** The networks posts go to. Instagram is reached through the Facebook Page it is linked to. */
export const platforms = ['facebook', 'instagram', 'tiktok'] as const;
export type Platform = (typeof platforms)[number];

export const platformNames: Record<Platform, string> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  tiktok: 'TikTok',
};

/** Services whose credentials an agency brings itself. */
export const providers = ['groq', 'replicate', 'meta', 'instagram', 'tiktok'] as const;
export type Provider = (typeof providers)[number];
