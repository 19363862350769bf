export const clientTabs = ['overview', 'calendar', 'brand', 'rules', 'accounts', 'media', 'posts', 'insights'] as const;
export type ClientTab = (typeof clientTabs)[number];
