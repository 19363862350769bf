export const clientTabs = ['overview', 'brand', 'rules', 'accounts', 'media', 'posts'] as const;
export type ClientTab = (typeof clientTabs)[number];
