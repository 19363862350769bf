export const settingsTabs = ['general', 'data'] as const;
export type SettingsTab = (typeof settingsTabs)[number];
