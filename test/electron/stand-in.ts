import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { findChromium } from '../../scripts/chromium.mjs';
import { Pages } from './chromium/pages.ts';
import type { Clickable, Desktop, DesktopOptions } from './desktop.ts';
import type { drives, Pretence, Sight } from './main/drive.ts';
import type { Said } from './main/page-events.ts';
import { openWire, type Wire } from './wire.ts';

export type { Sight } from './main/drive.ts';

const run = join(import.meta.dirname, 'main', 'run.ts');
const productEntry = join(import.meta.dirname, '..', '..', 'out', 'desktop', 'main', 'index.js');
const productReady = /AutoSocial AI is ready: \S+/;
const startMs = 30_000;

/** What only the stand-in can do, beside what real Electron can do too. */
export interface StandIn extends Desktop {
  kind: 'stand-in';
  /** Everything the app shows and has left in the system. */
  look(): Promise<Sight>;
  /** Runs one of the stand-in's drives; they are told in `main/drive.ts`. */
  drive<N extends keyof typeof drives>(
    name: N,
    ...input: Parameters<(typeof drives)[N]>
  ): Promise<Awaited<ReturnType<(typeof drives)[N]>>>;
  /** Says something over ipcRenderer in the name of a document. */
  pretend(pretence: Pretence, said: Said): Promise<void>;
  pid: number;
  /** How the app asked to be started anew; null when it did not. */
  relaunchAsked(): string[] | null;
}

const chromiumArguments = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-background-networking',
  // Windows that the app denies do not go to the network first.
  '--block-new-web-contents',
  // Electron's message ports have a `close` event.
  '--enable-blink-features=MessagePortCloseEvent',
  // Who may use the camera is asked of the app; then there is one, which shows a test picture.
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--host-resolver-rules=MAP *.localhost 127.0.0.1',
];

/** One browser for all apps of a test file: starting one takes as long as starting the app. */
let browser: Promise<Browser> | null = null;
let users = 0;

/** Starts the built app on the stand-in and waits until it works. */
export async function startStandIn(options: DesktopOptions): Promise<StandIn> {
  users += 1;
  browser ??= chromium.launch({
    executablePath: findChromium(),
    args: chromiumArguments,
  });
  const context = await (await browser).newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const output: string[] = [];
  const child = startProcess(options, output);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const pages = new Pages(context);
  const wire = openWire(
    child,
    pages.calls(() => wire),
  );
  void ended.then(() => context.close().catch(() => undefined)).then(browserLeft);
  const desktop = desktopOf({ options, child, wire, pages, output, ended });
  await untilOutput(child, output, options.readyLine ?? productReady);
  return desktop;
}

async function browserLeft(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  const last = await browser;
  browser = null;
  await last?.close();
}

function startProcess(
  { entry = productEntry, argv = [], env = {}, dataDir, openUrls = [] }: DesktopOptions,
  output: string[],
): ChildProcess {
  const child = spawn(process.execPath, ['--no-warnings', '--enable-source-maps', run, entry, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: {
      PATH: process.env.PATH,
      HOME: dataDir,
      AUTOSOCIAL_DATA_DIR: dataDir,
      AUTOSOCIAL_PORT: '0',
      STAND_IN_OPEN_URLS: openUrls.join('\n'),
      ...env,
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  }
  return child;
}

/** The app's process over one data folder a second time. @returns the code it ends with */
async function startAgain(options: DesktopOptions, argv: string[]): Promise<number | null> {
  const child = startProcess({ ...options, argv, openUrls: [] }, []);
  openWire(child, {});
  const overdue = setTimeout(() => child.kill('SIGKILL'), startMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(overdue);
  return code;
}

async function untilOutput(child: ChildProcess, output: string[], line: RegExp): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const giveUp = (why: string): void => reject(new Error(`The app ${why}:\n${output.join('')}`));
  const look = (): void => {
    if (line.test(output.join(''))) resolve();
  };
  const overdue = setTimeout(() => {
    child.kill('SIGKILL');
    giveUp('was not ready in time');
  }, startMs);
  child.once('exit', (code, signal) => giveUp(`ended with ${code ?? signal}`));
  child.stdout?.on('data', look);
  child.stderr?.on('data', look);
  look();
  await promise.finally(() => {
    clearTimeout(overdue);
    child.stdout?.off('data', look);
    child.stderr?.off('data', look);
  });
}

interface Parts {
  options: DesktopOptions;
  child: ChildProcess;
  wire: Wire;
  pages: Pages;
  output: string[];
  ended: Promise<number | null>;
}

function desktopOf({ options, child, wire, pages, output, ended }: Parts): StandIn {
  const drive: StandIn['drive'] = (name, ...input) => wire.call(name, ...input);
  const look = (): Promise<Sight> => drive('look');
  const clickable = (name: keyof typeof drives, ...input: unknown[]): Clickable => ({
    click: () => wire.call(name, ...input),
  });
  const windowId = async (): Promise<number> => {
    const [window] = (await look()).windows;
    if (window === undefined) throw new Error('There is no window.');
    return window.id;
  };
  const power = (event: 'suspend' | 'resume' | 'shutdown') => async (): Promise<void> => {
    await drive('power', event);
  };

  return {
    kind: 'stand-in',
    pid: child.pid ?? 0,
    relaunchAsked: () => pages.relaunch,
    errors: pages.errors,
    ended,
    look,
    drive,
    get page(): Page {
      return pages.current();
    },
    untilPage: () => pages.untilPage(),
    output: () => output.join(''),
    pretend: async (pretence, said) => drive('pretend', await windowId(), pretence, said),

    tray: {
      ...clickable('clickTray'),
      toolTip: async () => (await look()).tray?.toolTip ?? '',
      icon: async () => (await look()).tray?.icon ?? '',
      items: async () => (await look()).tray?.items ?? [],
      menu: (name) => clickable('clickTrayItem', name),
    },
    menu: {
      items: async () => (await look()).menu,
      item: (name) => clickable('clickMenuItem', name),
    },
    power: { suspend: power('suspend'), resume: power('resume'), shutdown: power('shutdown') },
    window: {
      isVisible: async () => (await look()).windows.some(({ isVisible }) => isVisible),
      close: async () => drive('closeWindow', await windowId()),
      count: async () => (await look()).windows.length,
      url: async () => (await look()).windows[0]?.url ?? '',
    },
    activate: async () => void (await drive('activate')),
    openUrl: async (url) => void (await drive('openUrls', [url])),
    secondInstance: (argv) => startAgain(options, argv),
    notifications: async () =>
      (await look()).notifications.map((notification, index) => ({
        ...notification,
        ...clickable('clickNotification', index),
      })),
    externals: async () => (await look()).externals,
    dialogs: async () => (await look()).dialogs,
    answerDialog: (button) => drive('answerDialog', button),
    crashPage: async () => pages.crash(await windowId()),
    async request(method, path, body) {
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const answer = await drive('request', `app://bundle${path}`, init);
      return { ...answer, headers: new Headers(answer.headers) };
    },

    async quit() {
      wire.tell('quit');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
