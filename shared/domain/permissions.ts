import { phrase } from './phrase.ts';
import type { Platform, Via } from './platform.ts';

/** What a permission lets the app do, in one word. */
export type Ability =
  | 'see'
  | 'read'
  | 'publish'
  | 'pages'
  | 'draft'
  | 'direct'
  | 'comment'
  | 'insights'
  | 'portfolio'
  | 'profile';

export interface Permission {
  /** The network's own name for it. */
  scope: string;
  ability: Ability;
  /** Without it nothing can be published; the others can be left out. */
  needed: boolean;
}

function needed(scope: string, ability: Ability): Permission {
  return { scope, ability, needed: true };
}

function useful(scope: string, ability: Ability): Permission {
  return { scope, ability, needed: false };
}

/** A network, and whose login an account there is connected by. */
export interface Way {
  platform: Platform;
  via: Via;
}

/** Everything that is asked for at a login. At once, because scopes are fixed at consent. */
export function permissionsOf({ platform, via }: Way): readonly Permission[] {
  return platform === 'instagram' && via === 'instagram' ? instagramLogin : permissions[platform];
}

/** By the usual login of each network. */
const permissions: Record<Platform, readonly Permission[]> = {
  facebook: [
    needed('pages_show_list', 'see'),
    needed('pages_read_engagement', 'read'),
    needed('pages_manage_posts', 'publish'),
    useful('pages_manage_engagement', 'comment'),
    useful('business_management', 'portfolio'),
    useful('read_insights', 'insights'),
  ],
  instagram: [
    needed('pages_show_list', 'see'),
    needed('pages_read_engagement', 'read'),
    // Pictures reach Instagram as unpublished photos of the linked Page.
    needed('pages_manage_posts', 'pages'),
    needed('instagram_basic', 'profile'),
    needed('instagram_content_publish', 'publish'),
    useful('instagram_manage_comments', 'comment'),
    useful('business_management', 'portfolio'),
    useful('instagram_manage_insights', 'insights'),
  ],
  tiktok: [
    useful('user.info.basic', 'profile'),
    useful('user.info.profile', 'profile'),
    useful('user.info.stats', 'insights'),
    useful('video.list', 'read'),
    needed('video.upload', 'draft'),
    useful('video.publish', 'direct'),
  ],
};

/** Instagram's own login: no Page, and names of its own. */
const instagramLogin: readonly Permission[] = [
  needed('instagram_business_basic', 'profile'),
  needed('instagram_business_content_publish', 'publish'),
  useful('instagram_business_manage_comments', 'comment'),
  useful('instagram_business_manage_insights', 'insights'),
];

const words: Record<Ability, string> = {
  see: phrase`see which Pages and accounts there are`,
  read: phrase`look up the posts it published`,
  publish: phrase`publish the posts that were agreed on`,
  pages: phrase`hand pictures to Instagram through the linked Page`,
  draft: phrase`put videos into the TikTok inbox`,
  direct: phrase`post videos directly`,
  comment: phrase`write the first comment`,
  insights: phrase`see how posts are doing`,
  portfolio: phrase`find Pages that belong to a business portfolio`,
  profile: phrase`show the name of the account`,
};

/** What a permission is for, in words that complete “The app may …”. */
export function abilityInWords(ability: Ability): string {
  return words[ability];
}

/** What was asked for and not given. */
export function lacking(way: Way, granted: readonly string[]): Permission[] {
  return permissionsOf(way).filter(({ scope }) => !granted.includes(scope));
}

/** Names of everything that is asked for. */
export function scopesOf(way: Way): string[] {
  return permissionsOf(way).map(({ scope }) => scope);
}
