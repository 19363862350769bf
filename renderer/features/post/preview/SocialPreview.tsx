import type { Platform } from '../../../../shared/domain/platform.ts';
import { ClipPost } from './ClipPost.tsx';
import { FacebookPost } from './FacebookPost.tsx';
import { InstagramPost } from './InstagramPost.tsx';
import type { Preview } from './preview-facts.ts';

/** About what a follower would see on the network. Drawn by us: no mark or picture of the networks is used. */
export function SocialPreview({ platform, ...preview }: Preview & { platform: Platform }) {
  if (platform === 'tiktok' || preview.media[0]?.kind === 'video') return <ClipPost platform={platform} {...preview} />;
  return platform === 'facebook' ? <FacebookPost {...preview} /> : <InstagramPost {...preview} />;
}
