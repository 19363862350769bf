export const clientTabs = [
  'overview',
  'pipeline',
  'calendar',
  'brand',
  'rules',
  'accounts',
  'media',
  'insights',
  'activity',
] as const;
export type ClientTab = (typeof clientTabs)[number];
