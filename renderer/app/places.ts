import {
  type Icon,
  IconActivity,
  IconCalendarWeek,
  IconChartLine,
  IconChecklist,
  IconHome,
  IconLayoutList,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { WordKey } from '../i18n/i18n.ts';

/** The main pages, each with the key that leads there after a `g` until a person chooses another. */
export const places = [
  { to: '/', label: 'app:nav.home', icon: IconHome, key: 'h' },
  { to: '/review', label: 'app:nav.review', icon: IconChecklist, key: 'r' },
  { to: '/pipeline', label: 'app:nav.posts', icon: IconLayoutList, key: 'p' },
  { to: '/calendar', label: 'app:nav.calendar', icon: IconCalendarWeek, key: 'c' },
  { to: '/clients', label: 'app:nav.clients', icon: IconUsersGroup, key: 'l' },
  { to: '/insights', label: 'app:nav.insights', icon: IconChartLine, key: 'i' },
  { to: '/activity', label: 'app:nav.activity', icon: IconActivity, key: 'a' },
  { to: '/settings', label: 'app:nav.settings', icon: IconSettings, key: 's' },
] as const satisfies readonly { to: string; label: WordKey; icon: Icon; key: string }[];

export type PlacePath = (typeof places)[number]['to'];
