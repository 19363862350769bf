import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type Electron from 'electron';
import { answerOf } from './page-server.ts';
import { machine, needsReady } from './state.ts';
import { type PartOf, strict } from './strict.ts';

/*
 * The system around the app: what it asks of it is kept for tests to look at, what it would tell is told by a test.
 */

export const shell = strict<Electron.Shell>('shell', {
  async openExternal(url: string) {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    machine.externals.push(url);
  },
  async openPath(path: string) {
    machine.openedPaths.push(path);
    return '';
  },
  showItemInFolder: (path: string) => void machine.openedPaths.push(path),
  beep: () => undefined,
} satisfies Partial<Electron.Shell>);

/** Windows come first or not at all; what is said and how it may be answered is what counts. */
function messageOf(input: unknown[]): Electron.MessageBoxOptions {
  return input.at(-1) as Electron.MessageBoxOptions;
}

function ask(kind: string, { message, detail, buttons = [], defaultId = 0 }: Electron.MessageBoxOptions): number {
  machine.dialogs.push({ kind, message, detail, buttons });
  return machine.dialogAnswers.shift() ?? defaultId;
}

export const dialog = strict<Electron.Dialog>('dialog', {
  async showMessageBox(...input: unknown[]) {
    return { response: ask('message', messageOf(input)), checkboxChecked: false };
  },
  showMessageBoxSync: (...input: unknown[]) => ask('message', messageOf(input)),
  showErrorBox: (title: string, content: string) =>
    void machine.dialogs.push({ kind: 'error', message: title, detail: content }),
} satisfies Partial<Electron.Dialog>);

class Blocker implements PartOf<Electron.PowerSaveBlocker> {
  running = new Map<number, string>();
  last = 0;

  start(type: string): number {
    this.running.set((this.last += 1), type);
    return this.last;
  }

  stop(id: number): boolean {
    return this.running.delete(id);
  }

  isStarted(id: number): boolean {
    return this.running.has(id);
  }
}

export const blocker = new Blocker();
export const powerSaveBlocker = strict<Electron.PowerSaveBlocker>('powerSaveBlocker', blocker);

class Power extends EventEmitter {
  onBatteryPower = false;

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }

  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(): 'active' {
    return 'active';
  }
}

export const power = new Power();
export const powerMonitor = strict<Electron.PowerMonitor>('powerMonitor', power);

export const nativeTheme = strict<Electron.NativeTheme>(
  'nativeTheme',
  Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' }),
);

const display = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1050 },
  workAreaSize: { width: 1920, height: 1050 },
  size: { width: 1920, height: 1080 },
};

function theDisplay(): Electron.Display {
  needsReady("The 'screen' module can't be used");
  return strict('Display', display);
}

export const screen = strict<Electron.Screen>(
  'screen',
  Object.assign(new EventEmitter(), {
    getPrimaryDisplay: theDisplay,
    getAllDisplays: () => [theDisplay()],
    getDisplayMatching: theDisplay,
    getDisplayNearestPoint: theDisplay,
  } satisfies Partial<Electron.Screen>),
);

export const net = strict<Electron.Net>('net', {
  isOnline: () => machine.isOnline,
  get online() {
    return machine.isOnline;
  },
  async fetch(input: string | Request, init?: RequestInit) {
    needsReady('net.fetch cannot be called');
    const request = new Request(input, init);
    if (request.url.startsWith('file:'))
      return new Response(new Uint8Array(await readFile(fileURLToPath(request.url))));
    const handler = answerOf(request.url.split(':', 1)[0] ?? '');
    return handler === undefined ? fetch(request) : handler(request);
  },
} satisfies Partial<Record<keyof Electron.Net, unknown>>);

export const crashReporter = strict<Electron.CrashReporter>('crashReporter', {
  start: (options: Electron.CrashReporterStartOptions) => {
    machine.crashReporter = options;
  },
} satisfies Partial<Electron.CrashReporter>);

let copied = '';

/** Answers in promises since Electron 44. */
export const clipboard = strict<Electron.Clipboard>('clipboard', {
  writeText: async (text: string) => {
    copied = text;
  },
  readText: async () => copied,
} satisfies Partial<Record<keyof Electron.Clipboard, unknown>>);
