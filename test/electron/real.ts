import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { _electron as electron, type ElectronApplication, type Page } from 'playwright';
import { electronBinary } from '../../scripts/choose-host.mjs';
import type { Clickable, Desktop, DesktopOptions } from './desktop.ts';
import type { SeenItem } from './main/menu.ts';

const root = join(import.meta.dirname, '..', '..');
const productEntry = join(root, 'out', 'desktop', 'main', 'index.js');
const productReady = /AutoSocial AI is ready: \S+/;
const startMs = 60_000;

/*
 * The same specs on real Electron, driven through Playwright. Not run where this was written: no binary could be had
 * there. What it cannot do, because neither Playwright nor Electron gives a hold on it: read or click the tray,
 * read or click notifications, press a button of a native dialog that is already open. Those throw; the specs that
 * need them are marked as the stand-in's. What it does by a substitute: externals are recorded in place of
 * `shell.openExternal`, dialogs are answered in place of `dialog.showMessageBox`, power events are emitted.
 */

/** Starts the built app on real Electron and waits until it works. */
export async function startReal(options: DesktopOptions): Promise<Desktop> {
  const executablePath = electronBinary(root);
  if (executablePath === null) throw new Error('Electron’s program is not there. Run npx install-electron.');
  const { entry = productEntry, argv = [], dataDir, env = {}, readyLine = productReady } = options;
  // The system's own variables stay: on macOS the keychain is found by HOME, on Linux by the session bus.
  const usual = Object.entries(process.env).filter(([name]) => !name.startsWith('AUTOSOCIAL_'));
  const own = { AUTOSOCIAL_DATA_DIR: dataDir, AUTOSOCIAL_PORT: '0', ...env };
  const environment = { ...(Object.fromEntries(usual) as Record<string, string>), ...own };
  const args = [entry, ...argv];
  const app = await electron.launch({ executablePath, args, env: environment, timeout: startMs });
  const output: string[] = [];
  const errors: string[] = [];
  const child = app.process();
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output.push(chunk.toString());
      if (readyLine.test(output.join(''))) ready.resolve();
    });
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  void ended.then((code) => ready.reject(new Error(`The app ended with ${code}:\n${output.join('')}`)));
  await substitute(app);
  app.context().on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  await ready.promise;

  const [firstWindow] = app.windows();
  let page = firstWindow;
  app.on('window', (opened) => {
    page = opened;
  });
  const current = (): Page => {
    if (page === undefined) throw new Error('The app has no window.');
    return page;
  };
  return {
    kind: 'electron',
    get page() {
      return current();
    },
    untilPage: async () => page ?? app.firstWindow(),
    errors,
    output: () => output.join(''),
    tray: { ...out('the tray'), toolTip: missing, icon: missing, items: missing, menu: () => out('the tray') },
    menu: { items: () => menuItems(app), item: (name) => menuItem(app, name) },
    power: { suspend: power(app, 'suspend'), resume: power(app, 'resume'), shutdown: power(app, 'shutdown') },
    window: {
      isVisible: () =>
        app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible())),
      close: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
      count: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
      url: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? ''),
    },
    activate: () => app.evaluate(({ app: itself }) => void itself.emit('activate')),
    openUrl: (url) =>
      app.evaluate(
        ({ app: itself }, link) => void itself.emit('open-url', { preventDefault: () => undefined }, link),
        url,
      ),
    async secondInstance(more) {
      const second = spawn(executablePath, [entry, ...more], { env: environment, stdio: 'ignore' });
      const [code] = (await once(second, 'exit')) as [number | null];
      return code;
    },
    notifications: missing,
    externals: () => app.evaluate(() => (globalThis as unknown as Substituted).substituted.externals),
    dialogs: () => app.evaluate(() => (globalThis as unknown as Substituted).substituted.dialogs),
    answerDialog: (button) =>
      app.evaluate(
        (_, pressed) => void (globalThis as unknown as Substituted).substituted.answers.push(pressed),
        button,
      ),
    crashPage: () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()),
    async request(method, path, body) {
      const answer = await current().evaluate(
        async ([verb, where, what]) => {
          const headers = { 'content-type': 'application/json' };
          const init = { method: verb, headers, ...(what === null ? {} : { body: what }) };
          const response = await fetch(where, init);
          return { status: response.status, headers: [...response.headers], text: await response.text() };
        },
        [method, path, body === undefined ? null : JSON.stringify(body)] as const,
      );
      return { ...answer, headers: new Headers(answer.headers as [string, string][]) };
    },
    async quit() {
      await app.evaluate(({ app: itself }) => itself.quit()).catch(() => undefined);
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}

/** Kept in the app's process, where Playwright's functions run. */
interface Substituted {
  substituted: {
    externals: string[];
    dialogs: { kind: string; message: string; detail?: string }[];
    answers: number[];
  };
}

/** Records what would leave the app or wait for a person. */
async function substitute(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ shell, dialog }) => {
    const kept: Substituted['substituted'] = { externals: [], dialogs: [], answers: [] };
    (globalThis as unknown as Substituted).substituted = kept;
    shell.openExternal = async (address) => void kept.externals.push(address);
    dialog.showMessageBox = (async (...input: unknown[]) => {
      const { message, detail, defaultId = 0 } = input.at(-1) as Electron.MessageBoxOptions;
      kept.dialogs.push({ kind: 'message', message, detail });
      return { response: kept.answers.shift() ?? defaultId, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  });
}

function power(app: ElectronApplication, event: 'suspend' | 'resume' | 'shutdown'): () => Promise<void> {
  return () =>
    app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name, { preventDefault: () => undefined }), event);
}

function menuItems(app: ElectronApplication): Promise<SeenItem[]> {
  return app.evaluate(({ Menu }) => {
    const seen = (menu: Electron.Menu | null | undefined): SeenItem[] =>
      (menu?.items ?? []).map((item) => ({
        id: item.id ?? '',
        label: item.label,
        type: item.type,
        role: item.role ?? null,
        enabled: item.enabled,
        visible: item.visible,
        checked: item.checked,
        accelerator: String(item.accelerator ?? '') || null,
        submenu: seen(item.submenu),
      }));
    return seen(Menu.getApplicationMenu());
  });
}

function menuItem(app: ElectronApplication, name: string): Clickable {
  return {
    click: () =>
      app.evaluate(({ Menu }, wanted) => {
        const all = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
          (menu?.items ?? []).flatMap((item) => [item, ...all(item.submenu)]);
        all(Menu.getApplicationMenu())
          .find(({ id, label }) => id === wanted || label === wanted)
          ?.click();
      }, name),
  };
}

function missing(): never {
  throw new Error('Real Electron gives no hold on this.');
}

function out(what: string): Clickable {
  return { click: () => Promise.reject(new Error(`Real Electron gives no hold on ${what}.`)) };
}
