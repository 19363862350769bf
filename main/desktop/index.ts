import { homedir } from 'node:os';
import { app, dialog, net, protocol, session } from 'electron/main';
import { preferredLanguage } from '../../shared/domain/languages.ts';
import type { DesktopPreferences } from '../core/core.ts';
import { systemClock, systemTimers } from '../host/time.ts';
import type { Hosting } from '../hosting.ts';
import { startWorkersBy } from '../workers/worker.ts';
import { createAttendant } from './attendant.ts';
import { startAtLogin } from './autostart.ts';
import { hiddenFlag } from './autostart-entry.ts';
import { commandRunner } from './commands.ts';
import { argumentsBeforeLink, linkIn } from './deep-link.ts';
import { createDisplay } from './display.ts';
import { type DesktopDoor, desktopDoors } from './doors.ts';
import { externalOpener } from './external.ts';
import { answerPermissions, guardPages } from './guards.ts';
import { runHosts } from './hosts.ts';
import { createLinkFollower } from './link-follower.ts';
import { receiveLinks, registerLinks } from './links.ts';
import { callbackPath, createLogins } from './logins.ts';
import { createLoopback } from './loopback.ts';
import { createMainWindow } from './main-window.ts';
import { createNotifications } from './notifications.ts';
import { pageOrigin, pageScheme } from './page-origin.ts';
import { handOverPorts } from './ports.ts';
import type { Preferences } from './preferences.ts';
import { watchPower } from './power.ts';
import { quitInOrder } from './quitting.ts';
import { createReception } from './reception.ts';
import { sparingWarnings } from './sparing-log.ts';
import { type Speech, speechIn } from './speech.ts';
import { nothingKnown } from './standing.ts';
import { becomeTheOne, files, readSurroundings, systemLanguages } from './surroundings.ts';
import type { Command } from './tray-menu.ts';
import { createUpdates, updateFeed, type Updater } from './updates.ts';
import { startUtility } from './utility-worker.ts';

/** As on the server host: networks were told of it. */
const usualPort = 4680;

function main(): void {
  // 1. What there is: settings, preferences, a log.
  const { argv, environment, preferences, log, logs } = readSurroundings();
  const speech = (): Speech => speechIn(preferences.get().language ?? preferredLanguage(systemLanguages()));
  const words = () => speech().words;

  // 2. One app for one data folder.
  if (!becomeTheOne(environment)) {
    app.quit();
    return;
  }

  // 3. What must be settled before Electron is ready, and before any page is.
  app.enableSandbox();
  app.setAboutPanelOptions({ applicationName: 'AutoSocial AI', applicationVersion: __VERSION__ });
  if (process.platform === 'win32') app.setAppUserModelId('ai.autosocial.desktop');
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  const localOrigins = () => attendant.localOrigins();
  const warn = sparingWarnings(log, systemClock);
  const openExternal = externalOpener(localOrigins, warn);
  guardPages(localOrigins, openExternal);

  // 4. The parts around the core. It needs none of them.
  let ended: Promise<void> = Promise.resolve();
  const quitting = quitInOrder({
    timers: systemTimers,
    log,
    onBegin() {
      const { publishing } = display.standing();
      const { finishing, thenQuits } = words().notices;
      if (publishing > 0) notify({ title: finishing, body: thenQuits, path: '/' });
      display.update({ ...display.standing(), phase: 'quitting' });
      window.destroy();
    },
    ended: () => ended,
    onEnd() {
      display.close();
      updates.stop();
    },
  });
  const window = createMainWindow({
    ...files,
    preferences,
    clock: systemClock,
    log,
    isQuitting: quitting.isUnderWay,
    onHidden() {
      if (preferences.get().toldOfTray) return;
      preferences.update({ toldOfTray: true });
      const { goesOn, waitsInTray } = words().notices;
      notify({ title: goesOn, body: waitsInTray, path: '/' });
    },
    onSessionEnd: quitting.begin,
    words,
  });
  const show = (path?: string): void => {
    if (app.isReady() && !quitting.isUnderWay()) window.show(path);
  };
  const core = () => attendant.core();
  const logins = createLogins(systemClock);
  const links = createLinkFollower({ core, logins, warn, show });
  const reception = createReception(speech);
  const notify = createNotifications(files.icon, show);
  const updates = createUpdates(updateFeed(process.env), {
    timers: systemTimers,
    log,
    load: loadUpdater,
    onReady: () => display.refresh(),
  });
  const run = commandRunner({
    core,
    saveKey: () => attendant.saveKey(),
    preferences,
    logs,
    log,
    show,
    onChange: tellOfPreferences,
    startAtLogin: (isWished) => startAtLogin(isWished, homedir()),
    installUpdate: updates.installOnQuit,
    words,
  });
  const display = createDisplay({
    icons: files.icons,
    profile: environment.profile,
    preferences,
    readyUpdate: updates.ready,
    run,
    speech,
  });
  const attendant = createAttendant({
    timers: systemTimers,
    log,
    isOnline: () => net.isOnline(),
    isQuitting: quitting.isUnderWay,
    onStanding: display.update,
    notify,
    timeOfDay: () => timeOfDay(systemClock.now()),
    speech,
  });
  receiveLinks(links, show);

  function tellOfPreferences(): void {
    display.refresh();
    core()?.changes.tell('settings.changed');
  }

  function fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    log.error('the app cannot go on', { error: message, stack: error instanceof Error ? error.stack : undefined });
    reception.fail(message);
    display.update({ ...nothingKnown, phase: 'failed' });
  }

  function start(): void {
    // 5. Doors before the first page: permissions, our scheme, the port.
    answerPermissions(session.defaultSession);
    protocol.handle(pageScheme, (request) => reception.fetch(request));
    handOverPorts(reception.accept, warn);
    registerLinks();

    // 6. Tray and window, which say that the app starts.
    display.open();
    if (!argumentsBeforeLink(argv).includes(hiddenFlag)) show();

    // 7. The core behind them.
    startWorkersBy(startUtility);
    const options = {
      ...environment,
      log,
      version: __VERSION__,
      builtAt: __BUILT_AT__,
      keyHome: 'keychain' as const,
      videoAssets: files.videos,
      desktop: desktopPreferences(preferences, run, tellOfPreferences),
    };
    const loopback = createLoopback({
      port: environment.port,
      logins,
      timers: systemTimers,
      onReturn: (login) => show(callbackPath(login)),
      words,
    });
    const doors = desktopDoors({
      ...options,
      origin: `http://127.0.0.1:${environment.port === 0 ? usualPort : environment.port}`,
      dashboardFolder: files.dashboard,
      logins,
      loopback,
      openLogin: openExternal,
      words,
      warn,
    });
    const onChange = (hosting: Hosting<DesktopDoor> | null): void => {
      attendant.attend(hosting);
      if (hosting === null) return;
      announce(hosting, environment.profile === 'sandbox' ? environment.profileReason : null);
      links.ready();
    };
    ended = runHosts(options, doors, reception, { quit: quitting.asked, onChange }).catch(fail);

    // 8. The computer's own life, and what this app was started for.
    watchPower({ log, onWake: () => void core()?.scheduling.lookNow(), onShutdown: quitting.begin });
    const link = linkIn(argv);
    if (link !== null) void links.follow(link);
  }

  app.whenReady().then(start).catch(fail);
}

/**
 * What pages can see and change of how this computer runs the app; done as if it were chosen in the tray.
 * @param onSpeak another language was chosen
 */
function desktopPreferences(
  preferences: Preferences,
  run: (command: Command) => void,
  onSpeak: () => void,
): DesktopPreferences {
  return {
    get() {
      const { keepAwake, startAtLogin: starts, language } = preferences.get();
      return { keepAwake, startAtLogin: starts, language };
    },
    update({ keepAwake, startAtLogin: starts, language }) {
      if (keepAwake !== undefined) run({ do: 'set', preference: 'keepAwake', to: keepAwake });
      if (starts !== undefined) run({ do: 'set', preference: 'startAtLogin', to: starts });
      if (language === undefined) return;
      preferences.update({ language });
      onSpeak();
    },
  };
}

/** `22:15`, as this computer's clock shows it. @param now UTC ms */
function timeOfDay(now: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);
}

/** @param whySandbox null in a live profile */
function announce({ remarks }: Hosting<DesktopDoor>, whySandbox: string | null): void {
  console.log(`AutoSocial AI is ready: ${pageOrigin}/`);
  if (whySandbox !== null) console.log(`Sandbox, because ${whySandbox}: nothing leaves this computer.`);
  for (const remark of remarks) console.log(remark);
}

async function loadUpdater(): Promise<Updater> {
  const { default: loaded } = await import('electron-updater');
  return loaded.autoUpdater;
}

try {
  main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const { words, said } = speechIn(preferredLanguage(systemLanguages()));
  console.error(`AutoSocial AI cannot start. ${message}`);
  dialog.showErrorBox(words.pages.cannotStart, said(message));
  app.exit(1);
}
