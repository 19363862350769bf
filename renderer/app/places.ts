import {
  IconActivity,
  IconCalendarWeek,
  IconChecklist,
  IconHome,
  IconLayoutList,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';

/** The main pages, each with the key that leads there after a `g`. */
export const places = [
  { to: '/', label: 'Home', icon: IconHome, key: 'h' },
  { to: '/review', label: 'Review', icon: IconChecklist, key: 'r' },
  { to: '/pipeline', label: 'Posts', icon: IconLayoutList, key: 'p' },
  { to: '/calendar', label: 'Calendar', icon: IconCalendarWeek, key: 'c' },
  { to: '/clients', label: 'Clients', icon: IconUsersGroup, key: 'l' },
  { to: '/activity', label: 'Activity', icon: IconActivity, key: 'a' },
  { to: '/settings', label: 'Settings', icon: IconSettings, key: 's' },
] as const;

export type PlacePath = (typeof places)[number]['to'];
