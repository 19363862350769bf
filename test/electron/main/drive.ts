import { application } from './app.ts';
import { windowOf, windows } from './browser-window.ts';
import { click, Menu, type SeenItem, seen } from './menu.ts';
import { clickNotification, shownNotifications } from './notification.ts';
import { dispatch, pageEvents, type Said } from './page-events.ts';
import { answerOf, schemes } from './page-server.ts';
import { channel, type PortEnd } from './ports.ts';
import { preventable } from './preventable.ts';
import type { Session } from './session.ts';
import { machine } from './state.ts';
import { blocker, power } from './system.ts';
import { theTray } from './tray.ts';
import { Frame } from './web-contents.ts';

/** What a person could see, and what the app left in the system. */
export interface Sight {
  ready: boolean;
  windows: SeenWindow[];
  tray: { toolTip: string; title: string; icon: string; items: SeenItem[] } | null;
  menu: SeenItem[];
  notifications: { title: string; body: string }[];
  /** Addresses given to the system's browser. */
  externals: string[];
  openedPaths: string[];
  dialogs: typeof machine.dialogs;
  protocolClients: string[];
  loginItem: unknown;
  /** Kinds of sleep that the app prevents. */
  awake: string[];
  userData: string;
  schemes: Record<string, Electron.Privileges>;
  /** The app has put every page into Chromium's sandbox. */
  isSandboxed: boolean;
  /** How often something was done that leaves no other trace. */
  calls: Record<string, number>;
}

export interface SeenWindow {
  id: number;
  title: string;
  url: string;
  isVisible: boolean;
  isFocused: boolean;
  isMinimized: boolean;
  bounds: Electron.Rectangle;
  preferences: Electron.WebPreferences;
  hasWindowOpenHandler: boolean;
  hasPermissionRequestHandler: boolean;
  hasPermissionCheckHandler: boolean;
  /** Names of the events that the app listens to on the page. */
  listensTo: string[];
}

/** What a message pretends to come from. */
export interface Pretence {
  url: string;
  /** Inside a frame of the page instead of its top. */
  isSubframe?: boolean;
  /** From a document that the page has left meanwhile. */
  isGone?: boolean;
}

/** What became of hostile messages, at once; some are answered later. */
export interface PortOutcome {
  closed: number;
  answered: number;
}

let strangers = 0;

/** What a test does in a person's or the system's place. */
export const drives = {
  look(): Sight {
    return {
      ready: machine.isReady,
      windows: windows().map(({ id, contents, ...window }) => ({
        id,
        title: window.title,
        url: contents.frame.url,
        isVisible: window.shown && !window.minimized,
        isFocused: window.focused,
        isMinimized: window.minimized,
        bounds: window.bounds,
        preferences: contents.preferences,
        hasWindowOpenHandler: contents.opensWindow !== null,
        hasPermissionRequestHandler: (contents.session as unknown as Session).onRequest !== null,
        hasPermissionCheckHandler: (contents.session as unknown as Session).onCheck !== null,
        listensTo: contents.eventNames().map(String),
      })),
      tray: trayInSight(),
      menu: seen(Menu.getApplicationMenu()),
      notifications: shownNotifications(),
      externals: machine.externals,
      openedPaths: machine.openedPaths,
      dialogs: machine.dialogs,
      protocolClients: machine.protocolClients,
      loginItem: machine.loginItem,
      awake: [...blocker.running.values()],
      userData: application.getPath('userData'),
      schemes: schemes(),
      isSandboxed: machine.sandboxed,
      calls: machine.calls,
    };
  },

  clickTray: () => theTray()?.emit('click', preventable(), {}, {}),
  clickTrayItem: (name: string) => click(theTray()?.menu ?? null, name),
  clickMenuItem: (name: string) => click(Menu.getApplicationMenu(), name),
  clickNotification,
  answerDialog: (button: number) => void machine.dialogAnswers.push(button),

  openUrls(urls: string[]): number {
    for (const url of urls) application.emit('open-url', preventable(), url);
    return urls.length;
  },

  secondInstances(visits: { argv: string[]; additionalData?: unknown }[]): number {
    for (const { argv, additionalData } of visits) {
      application.visited({ argv, workingDirectory: '/', additionalData });
    }
    return visits.length;
  },

  power: (event: 'suspend' | 'resume' | 'shutdown' | 'lock-screen' | 'unlock-screen' | 'on-battery' | 'on-ac') =>
    power.emit(event, preventable()),

  goOnline(isOnline: boolean): void {
    machine.isOnline = isOnline;
  },

  closeWindow: (id: number) => windowOf(id)?.close(),
  minimizeWindow: (id: number) => windowOf(id)?.minimize(),
  moveWindow: (id: number, bounds: Partial<Electron.Rectangle>) => windowOf(id)?.setBounds(bounds),
  hang: (id: number) => windowOf(id)?.emit('unresponsive'),
  quit: () => application.quit(),
  activate: () => application.emit('activate', preventable(), false),
  attachWebview(id: number): boolean {
    const event = preventable();
    windowOf(id)?.contents.emit('will-attach-webview', event, {}, { src: 'https://evil.example/' });
    return event.defaultPrevented;
  },

  wouldPermit: (id: number, permission: string, url: string): Promise<boolean> =>
    pageEvents.permits(id, permission, url),
  wouldHavePermission: (id: number, permission: string, url: string): boolean =>
    pageEvents.hasPermission(id, permission, url),

  /** Loads an address although the app's guards would not let a page go there. */
  async force(id: number, url: string): Promise<void> {
    await windowOf(id)?.contents.load(url, url);
  },

  /** Says something to the app in the name of a document. */
  pretend: (id: number, pretence: Pretence, said: Said): void => pretend(id, pretence, said),

  /** Whether the app would let the page go there by itself. What it does in place of that, it does. */
  wouldNavigate: (id: number, address: string, isMainFrame = true): Promise<boolean> =>
    pageEvents.mayNavigate(id, { address, isMainFrame, isRedirect: false }),
  wouldRedirect: (id: number, address: string): Promise<boolean> =>
    pageEvents.mayNavigate(id, { address, isMainFrame: true, isRedirect: true }),
  wouldOpenWindow(id: number, url: string): boolean {
    const details = { url, frameName: '', features: '', disposition: 'new-window' } as Electron.HandlerDetails;
    const answer = windowOf(id)?.contents.opensWindow?.(details);
    return answer?.action !== 'deny';
  },

  /**
   * Gives the app a port in the name of a document, and hears what comes of it.
   * @returns the first message, or that the app closed it
   */
  async portFor(id: number, pretence: Pretence, name: string): Promise<{ got: unknown } | 'closed'> {
    const line = givePort(id, pretence, name);
    const first = await line.first;
    line.end.close();
    return first;
  },

  /** Posts hostile messages, each on a port of its own that our page was rightly given. */
  async postHostile(id: number, pretence: Pretence, name: string, messages: unknown[]): Promise<PortOutcome> {
    const outcome = { closed: 0, answered: 0 };
    for (const message of messages) {
      const { end, first, heard } = givePort(id, pretence, name);
      await first;
      const before = heard();
      end.post(message);
      for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate);
      if (heard() > before) outcome.answered += 1;
      if (end.isClosed) outcome.closed += 1;
      end.close();
    }
    return outcome;
  },

  /** Asks the handler of a scheme, as a page of ours does. */
  async request(
    url: string,
    init: RequestInit,
  ): Promise<{ status: number; headers: [string, string][]; text: string }> {
    const response = await answerOf(url.split(':', 1)[0] ?? '')?.(new Request(url, init));
    if (response === undefined) throw new Error(`Nobody answers to ${url}.`);
    return { status: response.status, headers: [...response.headers], text: await response.text() };
  },
};

function trayInSight(): Sight['tray'] {
  const tray = theTray();
  return tray === null ? null : { toolTip: tray.toolTip, title: tray.title, icon: tray.icon, items: tray.items };
}

function pretend(
  id: number,
  { url, isSubframe = false, isGone = false }: Pretence,
  said: Said,
  given?: PortEnd[],
): void {
  const contents = windowOf(id)?.contents;
  if (contents === undefined) throw new Error('There is no window.');
  strangers += 1;
  const parent = isSubframe ? contents.mainFrame : null;
  const frame = new Frame(`stranger-${strangers}`, url, contents.id, parent);
  frame.isGone = isGone;
  dispatch(contents, frame, said, given);
}

function givePort(id: number, pretence: Pretence, name: string) {
  const [end, given] = channel();
  const first = Promise.withResolvers<{ got: unknown } | 'closed'>();
  let messages = 0;
  end.onMessage = (got) => {
    messages += 1;
    first.resolve({ got });
  };
  end.onClose = () => first.resolve('closed');
  end.start();
  pretend(id, pretence, { type: 'post', channel: name, input: [null] }, [given]);
  return { end, first: first.promise, heard: () => messages };
}
