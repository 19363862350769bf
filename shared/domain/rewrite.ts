/** What the AI can be asked to do with a passage. */
export const rewriteWishes = ['shorter', 'warmer', 'hook', 'translate', 'spelling'] as const;
export type RewriteWish = (typeof rewriteWishes)[number];

/** The longest passage that is reworded at once, in UTF-16 units. */
export const longestPassage = 6_000;
