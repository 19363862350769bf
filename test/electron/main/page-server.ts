import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

type Answer = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Answer>();
const privileged = new Map<string, Electron.Privileges>();
let server: Server | null = null;
let listening: Promise<number> | null = null;
let port = 0;

/*
 * Chromium navigates to no scheme it does not know. A page of `app://bundle` is opened as http://bundle.app.localhost
 * with a port, which Chromium trusts as it does https; whoever asks there is answered by the app's own handler, which
 * sees app:// addresses only.
 */

export function registerSchemes(schemes: readonly Electron.CustomScheme[]): void {
  for (const { scheme, privileges } of schemes) privileged.set(scheme, privileges ?? {});
}

export function schemes(): Record<string, Electron.Privileges> {
  return Object.fromEntries(privileged);
}

/** @throws Error when the scheme has a handler already, as Electron does */
export function handleScheme(scheme: string, handler: Answer): void {
  if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
  handlers.set(scheme, handler);
  listening ??= listen();
}

export function unhandleScheme(scheme: string): void {
  if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
}

export function handles(scheme: string): boolean {
  return handlers.has(scheme);
}

/** The app's handler, for what asks without a page, such as `net.fetch`. */
export function answerOf(scheme: string): Answer | undefined {
  return handlers.get(scheme);
}

/** Where Chromium opens an address of the app; others stay as they are. */
export async function toPage(address: string): Promise<string> {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname, search, hash } = new URL(address);
  const scheme = protocol.slice(0, -1);
  if (!handlers.has(scheme)) return address;
  if (privileged.get(scheme)?.standard !== true) {
    throw new Error(`The stand-in opens pages of standard schemes only, and ${scheme} was not registered as one.`);
  }
  await listening;
  return `http://${host}.${scheme}.localhost:${port}${pathname}${search}${hash}`;
}

/** What the app calls an address that Chromium speaks of. */
export function toApp(address: string): string {
  const [, host, scheme, rest] = /^http:\/\/(.+)\.([a-z][a-z0-9+-]*)\.localhost:(?:\d+)(.*)$/s.exec(address) ?? [];
  return host === undefined || scheme === undefined ? address : `${scheme}://${host}${rest === '' ? '/' : rest}`;
}

async function listen(): Promise<number> {
  server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error('The app answered a page with an error:', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  return port;
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const address = toApp(`http://${incoming.headers.host}${incoming.url}`);
  const handler = handlers.get(address.split(':', 1)[0] ?? '');
  if (handler === undefined) return void outgoing.destroy();
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  const request = new Request(address, {
    method: incoming.method,
    headers: Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      ['host', 'connection'].includes(name) ? [] : values.map((value): [string, string] => [name, toAppHeader(value)]),
    ),
    signal: gone.signal,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
  });
  const response = await handler(request);
  if (response.type === 'error') return void outgoing.destroy();
  const here = `http://${incoming.headers.host}`;
  const headers = new Headers(response.headers);
  for (const [name, value] of headers) headers.set(name, value.replaceAll(originOf(address), here));
  outgoing.writeHead(response.status, Object.fromEntries(headers));
  if (response.body === null || incoming.method === 'HEAD') return void outgoing.end();
  await pipeline(Readable.fromWeb(response.body as never), outgoing).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
}

function toAppHeader(value: string): string {
  if (!value.includes('.localhost:')) return value;
  return /^http:\/\/[^/]+$/.test(value) ? originOf(toApp(value)) : toApp(value);
}

function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
