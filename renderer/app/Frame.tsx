import { AppShell, Box, Burger, Center, Group, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { orpc } from '../api/client.ts';
import { goLive } from '../api/live.ts';
import { useConnection } from '../api/socket.ts';
import { SearchButton } from '../features/commands/SearchButton.tsx';
import { useShortcuts } from '../features/commands/use-shortcuts.ts';
import { HaltBar } from '../features/control/HaltBar.tsx';
import { KillBanner } from '../features/control/KillBanner.tsx';
import { KillSwitch } from '../features/control/KillSwitch.tsx';
import { loadStopDialogs, useStopDialogs } from '../features/control/stop-store.ts';
import { useGlobalStop } from '../features/control/use-stops.ts';
import { TourHost } from '../features/tour/TourHost.tsx';
import { t } from '../i18n/i18n.ts';
import { useDesktopLanguage } from './choose-language.ts';
import { ConnectionNote } from './ConnectionNote.tsx';
import { firstPageShown } from './first-page.ts';
import classes from './Frame.module.css';
import { MainActions } from './MainActions.tsx';
import { Navigation } from './Navigation.tsx';
import { SandboxBanner } from './SandboxBanner.tsx';

const ColorSchemeMenu = lazy(async () => {
  await firstPageShown;
  return { default: (await import('./ColorSchemeMenu.tsx')).ColorSchemeMenu };
});
const LockedPage = lazy(async () => ({ default: (await import('./LockedPage.tsx')).LockedPage }));
const StopDialogs = lazy(async () => ({ default: (await loadStopDialogs()).StopDialogs }));

const productName = 'AutoSocial AI';

/** Some of what halts the app, such as a full disk, changes without anybody telling. */
const hostPollMs = 10_000;

/** What surrounds every page: navigation, banners, the kill switch, and the line to the core. */
export function Frame() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const connection = useConnection(({ state }) => state);
  const host = useQuery(orpc.host.get.queryOptions({ refetchInterval: hostPollMs }));
  const stop = useGlobalStop();
  const isStopDialogOpen = useStopDialogs(({ report, resume }) => report !== null || resume !== null);

  useShortcuts();
  useDesktopLanguage(host.data?.desktop);
  useEffect(goLive, []);
  useEffect(close, [pathname, close]);
  useEffect(() => {
    if (connection === 'signed-out') void navigate({ to: '/login', replace: true });
  }, [connection, navigate]);

  if (host.data === undefined) return <Connecting />;
  if (host.data.locked !== null) {
    return (
      <Suspense fallback={<Connecting />}>
        <LockedPage reason={host.data.locked} />
      </Suspense>
    );
  }

  const banners = Number(host.data.profile === 'sandbox') * 34 + Number(stop !== undefined) * 48;
  return (
    <AppShell
      header={{ height: 60 + banners }}
      navbar={{ width: 228, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      classNames={{ header: classes.header, navbar: classes.navbar, main: classes.main }}
    >
      <AppShell.Header>
        {stop && <KillBanner stop={stop} />}
        {host.data.profile === 'sandbox' && <SandboxBanner feedUrl={host.data.feedUrl} />}
        <Group h={60} px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" className={classes.start}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app:nav.toggle')} />
            <Agency />
            <SearchButton />
            <ConnectionNote />
          </Group>
          <Group gap="xs" wrap="nowrap" className={classes.end}>
            <MainActions />
            <Suspense fallback={<Box w={34} h={34} />}>
              <ColorSchemeMenu />
            </Suspense>
            <KillSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <TourHost profile={host.data.profile} />
      <AppShell.Navbar p="sm">
        <Navigation version={host.data.version} />
      </AppShell.Navbar>
      <AppShell.Main>
        <HaltBar halts={host.data.halts} />
        <Suspense fallback={<Connecting />}>
          <Outlet />
        </Suspense>
        {isStopDialogOpen && (
          <Suspense>
            <StopDialogs />
          </Suspense>
        )}
      </AppShell.Main>
    </AppShell>
  );
}

function Agency() {
  const settings = useQuery(orpc.settings.get.queryOptions());
  return (
    <Group gap={10} wrap="nowrap" className={classes.agency}>
      <img src="/favicon.svg" width={30} height={30} alt="" />
      <div>
        <div className={classes.product}>{productName}</div>
        <div className={classes.agencyName}>{settings.data?.agencyName || ' '}</div>
      </div>
    </Group>
  );
}

function Connecting() {
  return (
    <Center mih="60vh">
      <Loader type="dots" aria-label={t('common:loading')} />
    </Center>
  );
}
