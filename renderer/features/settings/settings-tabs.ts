/** The sections of the settings, each with an address of its own: `/settings?tab=…`. */
export const settingsTabs = [
  'agency',
  'connections',
  'sandbox',
  'defaults',
  'ai',
  'notifications',
  'data',
  'shortcuts',
  'look',
] as const;
export type SettingsTab = (typeof settingsTabs)[number];
