import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type Electron from 'electron';
import { whenAllClosed, whenMade, windows } from './browser-window.ts';
import { preventable } from './preventable.ts';
import { lockFolder, releaseFolder, type Visit } from './single-instance.ts';
import { machine, needsReady, outside } from './state.ts';
import { type PartOf, strict } from './strict.ts';

const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');

/** Electron's `app`, with its order: links before ready are kept, visits of a second process come after it. */
export class App extends EventEmitter implements PartOf<Electron.App> {
  isPackaged = false;
  name = 'Electron';
  version = '0.0.0';
  root = process.cwd();
  paths: Record<string, string> = {
    home: homedir(),
    downloads: join(homedir(), 'Downloads'),
    appData: config,
    temp: tmpdir(),
    exe: process.execPath,
  };
  whenIsReady = Promise.withResolvers<void>();
  early: Visit[] = [];
  holdsLock = false;
  isQuitting = false;
  commandLine = strict<Electron.CommandLine>('app.commandLine', commandLine());

  isReady(): boolean {
    return machine.isReady;
  }

  whenReady(): Promise<void> {
    return this.whenIsReady.promise;
  }

  /** Called by the stand-in when the app's module has been evaluated to its end. */
  becomeReady(): void {
    machine.isReady = true;
    this.emit('ready', preventable(), {});
    this.whenIsReady.resolve();
    for (const visit of this.early.splice(0)) this.visited(visit);
  }

  enableSandbox(): void {
    if (machine.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    machine.sandboxed = true;
  }

  disableHardwareAcceleration(): void {
    if (machine.isReady) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.version;
  }

  getAppPath(): string {
    return this.root;
  }

  getLocale(): string {
    needsReady('app.getLocale() cannot be called');
    return process.env.STAND_IN_LOCALE ?? 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    needsReady('app.getPreferredSystemLanguages() cannot be called');
    return [process.env.STAND_IN_LOCALE ?? 'en-US'];
  }

  getPath(name: string): string {
    const known: Record<string, string> = { userData: join(config, this.name), ...this.paths };
    known.logs ??= join(known.userData ?? '', 'logs');
    known.crashDumps ??= join(known.userData ?? '', 'Crashpad');
    const path = known[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    if (!path.startsWith('/')) throw new Error('Path must be absolute');
    this.paths[name] = path;
  }

  setAppLogsPath(path?: string): void {
    this.paths.logs = path ?? join(this.getPath('userData'), 'logs');
  }

  requestSingleInstanceLock(additionalData?: object): boolean {
    const visit = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    this.holdsLock ||= lockFolder(this.getPath('userData'), visit, (told) => {
      if (machine.isReady) this.visited(told);
      else this.early.push(told);
    });
    return this.holdsLock;
  }

  hasSingleInstanceLock(): boolean {
    return this.holdsLock;
  }

  releaseSingleInstanceLock(): void {
    if (this.holdsLock) releaseFolder(this.getPath('userData'));
    this.holdsLock = false;
  }

  /** Chromium adds switches of its own and may change the order. */
  visited({ argv: [execPath = '', ...rest], workingDirectory, additionalData }: Visit): void {
    const argv = [execPath, '--allow-file-access-from-files', ...rest];
    this.emit('second-instance', preventable(), argv, workingDirectory, additionalData);
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    if (!machine.protocolClients.includes(protocol)) machine.protocolClients.push(protocol);
    return true;
  }

  removeAsDefaultProtocolClient(protocol: string): boolean {
    machine.protocolClients = machine.protocolClients.filter((name) => name !== protocol);
    return true;
  }

  isDefaultProtocolClient(protocol: string): boolean {
    return machine.protocolClients.includes(protocol);
  }

  /** Kept for tests to look at; on Linux it does nothing. */
  setLoginItemSettings(settings: Electron.Settings): void {
    machine.loginItem = settings;
  }

  setAppUserModelId(): void {}

  setDesktopName(): void {}

  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    machine.aboutPanel = options;
  }

  showAboutPanel(): void {
    machine.dialogs.push({ kind: 'about', message: JSON.stringify(machine.aboutPanel) });
  }

  setBadgeCount(): boolean {
    return false;
  }

  focus(): void {
    machine.calls['app.focus'] = (machine.calls['app.focus'] ?? 0) + 1;
  }

  relaunch(options: Electron.RelaunchOptions = {}): void {
    outside().tell('relaunch', options.args ?? process.argv.slice(2));
  }

  /** before-quit, then each window's close, then will-quit: each may object. */
  quit(): void {
    if (this.isQuitting) return;
    this.isQuitting = true;
    setImmediate(() => this.goThroughQuitting());
  }

  goThroughQuitting(): void {
    const asks = preventable();
    this.emit('before-quit', asks);
    if (!asks.defaultPrevented) for (const window of windows()) window.close();
    if (asks.defaultPrevented || windows().length > 0) {
      this.isQuitting = false;
      return;
    }
    const lastWord = preventable();
    this.emit('will-quit', lastWord);
    this.isQuitting = false;
    if (!lastWord.defaultPrevented) this.leave(0);
  }

  /** At once: windows are not asked, and neither before-quit nor will-quit is emitted. */
  exit(code = 0): void {
    this.isQuitting = true;
    for (const window of windows()) window.destroy();
    this.leave(code);
  }

  leave(code: number): void {
    this.emit('quit', preventable(), code);
    endProcess(code);
  }

  /** Takes name and version from the package.json above the entry, as Electron does. */
  readPackage(entry: string): void {
    for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
      const found = readPackage(join(folder, 'package.json'));
      if (found === null) continue;
      this.root = folder;
      this.name = found.productName ?? found.name ?? this.name;
      this.version = found.version ?? this.version;
      return;
    }
  }
}

const endProcess = process.exit.bind(process);

/** The app itself; `app` is its face. */
export const application = new App();

export const app = strict<Electron.App>('app', application);

whenMade((window) => {
  application.emit('web-contents-created', preventable(), window.webContents);
  application.emit('browser-window-created', preventable(), window.face);
});

whenAllClosed(() => {
  if (application.isQuitting) return;
  if (application.listenerCount('window-all-closed') === 0) application.quit();
  else application.emit('window-all-closed');
});

function readPackage(file: string): { name?: string; productName?: string; version?: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof readPackage>;
  } catch {
    return null;
  }
}

function commandLine(): Partial<Electron.CommandLine> {
  const given = new Map<string, string>();
  for (const argument of process.argv.slice(2)) {
    const [, name, value = ''] = /^--([\w-]+)(?:=(.*))?$/.exec(argument) ?? [];
    if (name !== undefined) given.set(name, value);
  }
  return {
    appendSwitch: (name, value = '') => void given.set(name, value),
    hasSwitch: (name) => given.has(name),
    getSwitchValue: (name) => given.get(name) ?? '',
  };
}
