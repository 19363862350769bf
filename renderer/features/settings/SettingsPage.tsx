import { Box } from '@mantine/core';
import {
  IconBell,
  IconBuilding,
  IconDatabase,
  IconFlask,
  type Icon,
  IconKeyboard,
  IconPalette,
  IconPlugConnected,
  IconSparkles,
  IconUserPlus,
} from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { LoadingRows } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../i18n/i18n.ts';
import { AgencyTab } from './agency/AgencyTab.tsx';
import classes from './settings.module.css';
import { type SettingsTab, settingsTabs } from './settings-tabs.ts';

const tabs: Record<SettingsTab, { icon: Icon; content: ComponentType }> = {
  agency: { icon: IconBuilding, content: AgencyTab },
  connections: {
    icon: IconPlugConnected,
    content: lazy(async () => ({ default: (await import('./connections/ConnectionsTab.tsx')).ConnectionsTab })),
  },
  sandbox: {
    icon: IconFlask,
    content: lazy(async () => ({ default: (await import('./SandboxTab.tsx')).SandboxTab })),
  },
  defaults: {
    icon: IconUserPlus,
    content: lazy(async () => ({ default: (await import('./DefaultsTab.tsx')).DefaultsTab })),
  },
  ai: { icon: IconSparkles, content: lazy(async () => ({ default: (await import('./AiTab.tsx')).AiTab })) },
  notifications: {
    icon: IconBell,
    content: lazy(async () => ({ default: (await import('./NotificationsTab.tsx')).NotificationsTab })),
  },
  data: { icon: IconDatabase, content: lazy(async () => ({ default: (await import('./data/DataTab.tsx')).DataTab })) },
  shortcuts: {
    icon: IconKeyboard,
    content: lazy(async () => ({ default: (await import('./ShortcutsTab.tsx')).ShortcutsTab })),
  },
  look: { icon: IconPalette, content: lazy(async () => ({ default: (await import('./LookTab.tsx')).LookTab })) },
};

const route = getRouteApi('/frame/settings');

/** How the app works: its sections beside one another, the chosen one's content. */
export function SettingsPage() {
  const { tab = 'agency' } = route.useSearch();
  const Content = tabs[tab].content;
  return (
    <Page title={t('settings:title')} width={1080}>
      <div className={classes.page}>
        <nav className={classes.sections} aria-label={t('settings:sections')}>
          {settingsTabs.map((name) => {
            const Glyph = tabs[name].icon;
            return (
              <Link
                key={name}
                to="/settings"
                search={{ tab: name }}
                className={classes.section}
                aria-current={name === tab ? 'page' : undefined}
              >
                <Glyph size={18} stroke={1.7} aria-hidden />
                {t(`settings:tab.${name}`)}
              </Link>
            );
          })}
        </nav>
        <Box className={classes.content}>
          <Suspense fallback={<LoadingRows rows={5} height={64} />}>
            <Content />
          </Suspense>
        </Box>
      </div>
    </Page>
  );
}
