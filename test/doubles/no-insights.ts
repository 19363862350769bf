import type { NetworkInsights } from '../../main/core/ports/index.ts';

/** A network that tells no figures. */
export const noInsights: NetworkInsights = {
  postsAtOnce: 1,
  ofPosts: () => Promise.resolve(null),
  ofAccount: () => Promise.resolve(null),
};
