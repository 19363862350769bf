export const clientTabs = ['overview', 'brand', 'rules', 'accounts', 'posts'] as const;
export type ClientTab = (typeof clientTabs)[number];
