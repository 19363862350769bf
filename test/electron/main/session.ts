import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { handles, handleScheme, registerSchemes, unhandleScheme } from './page-server.ts';
import { machine, needsReady } from './state.ts';
import { type PartOf, strict } from './strict.ts';

class Protocol implements PartOf<Electron.Protocol> {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (machine.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    registerSchemes(schemes);
  }

  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    needsReady('protocol.handle cannot be called');
    handleScheme(scheme, handler);
  }

  unhandle(scheme: string): void {
    unhandleScheme(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return handles(scheme);
  }
}

type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type DevicePermission = Parameters<Electron.Session['setDevicePermissionHandler']>[0];

/** Where a page keeps its things, and who is asked what it may do. Without a handler it may do everything. */
export class Session extends EventEmitter implements PartOf<Electron.Session> {
  protocol = protocol;
  onRequest: PermissionRequest = null;
  onCheck: PermissionCheck = null;
  onDevice: DevicePermission = null;
  proxies: unknown = null;

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.onRequest = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.onCheck = handler;
  }

  setDevicePermissionHandler(handler: DevicePermission): void {
    this.onDevice = handler;
  }

  setSpellCheckerEnabled(): void {}

  flushStorageData(): void {}

  async clearStorageData(): Promise<void> {}

  async clearCache(): Promise<void> {}

  /** What the app says to a page that asks for something. */
  permits(contents: Electron.WebContents, permission: string, url: string): Promise<boolean> {
    const { onRequest } = this;
    if (onRequest === null) return Promise.resolve(true);
    return new Promise((resolve) => {
      const details = { requestingUrl: url, isMainFrame: true };
      onRequest(contents, permission as never, resolve, details as never);
    });
  }

  /** The same for what a page looks up without asking a person. */
  hasPermission(contents: Electron.WebContents | null, permission: string, origin: string): boolean {
    const details = { isMainFrame: true, requestingUrl: origin };
    return this.onCheck === null || this.onCheck(contents, permission as never, origin, details as never);
  }
}

const partitions = new Map<string, Electron.Session>();

export const protocol = strict<Electron.Protocol>('protocol', new Protocol());

export function partition(name: string): Electron.Session {
  needsReady('Session can only be received when app is ready; it was asked for');
  const known = partitions.get(name) ?? strict<Electron.Session>('session', new Session());
  partitions.set(name, known);
  return known;
}

export const session = strict<typeof Electron.session>('session', {
  get defaultSession() {
    return partition('');
  },
  fromPartition: partition,
});
