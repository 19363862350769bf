import type { Platform } from '../../../../shared/domain/platform.ts';
import { ClipPost } from './ClipPost.tsx';
import { isStory } from '../../../../shared/domain/story.ts';
import { FacebookPost } from './FacebookPost.tsx';
import { InstagramPost } from './InstagramPost.tsx';
import type { Preview } from './preview-facts.ts';
import { StoryPost } from './StoryPost.tsx';

/** About what a follower would see on the network. Drawn by us: no mark or picture of the networks is used. */
export function SocialPreview({ platform, ...preview }: Preview & { platform: Platform }) {
  if (isStory(preview.options)) return <StoryPost {...preview} />;
  if (platform === 'tiktok' || preview.media[0]?.kind === 'video') return <ClipPost platform={platform} {...preview} />;
  return platform === 'facebook' ? <FacebookPost {...preview} /> : <InstagramPost {...preview} />;
}
