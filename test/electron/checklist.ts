import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectChannel } from '../../shared/contract/desktop-port.ts';
import type { Sight } from './main/drive.ts';
import type { StandIn } from './stand-in.ts';

/** What the twenty points are judged by: asked of a running app, and read from what it is packed with. */
export interface Evidence {
  sight: Sight;
  /** What the page's permissions come to. */
  granted: string[];
  policy: Record<string, string>;
  /** Of the places the page must not go, those the app would let it. */
  wentTo: string[];
  /** Of the windows that must not open, those the app would let. */
  opened: string[];
  attachedWebview: boolean;
  /** Addresses that were given to the system meanwhile. */
  givenAway: string[];
  /** Strangers that were given a port. */
  strangersLetIn: string[];
  /** Files from outside that the page handler gave. */
  leaked: string[];
  /** Type of everything the preload put into the page, by path. */
  bridge: Record<string, string>;
  fuses: Record<string, string>;
  electronMajor: number;
}

const elsewhere = [
  'https://evil.example/',
  'http://evil.example/',
  'http://127.0.0.1:9229/json',
  'app://other/',
  'app://bundle.evil.example/',
  'app://bundle@evil.example/',
  'file:///etc/passwd',
  'data:text/html,x',
  'javascript:alert(1)',
  'autosocial://onboard/x',
  'ms-msdt:/id',
  'smb://evil.example/share',
  'vbscript:x',
];
const asked = [
  'media',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'pointerLock',
  'openExternal',
  'hid',
  'serial',
  'usb',
  'clipboard-read',
  'display-capture',
  'unknown',
];
const outside = [
  '/../package.json',
  '/%2e%2e/%2e%2e/package.json',
  '/..%2f..%2fpackage.json',
  '/%5c..%5c..%5cpackage.json',
  '//etc/passwd',
  '/assets/../../desktop/preload.cjs',
  '/%00/etc/passwd',
  '/api/media/..%2f..%2fautosocial.db/file',
];
const strangers = {
  'another site': { url: 'https://evil.example/' },
  'a site that looks like ours': { url: 'app://bundle.evil.example/' },
  'our host under another scheme': { url: 'https://bundle/' },
  'our address as a user name': { url: 'app://bundle@evil.example/' },
  'a frame in our page': { url: 'app://bundle/', isSubframe: true },
  'a page that has gone': { url: 'app://bundle/', isGone: true },
  'an empty page': { url: 'about:blank' },
  nothing: { url: '' },
};

/** Asks a running app whose dashboard is shown. @param folder with package.json and electron-builder.yml */
export async function gather(desktop: StandIn, folder: string): Promise<Evidence> {
  const sight = await desktop.look();
  const id = sight.windows[0]?.id ?? 0;
  const page = await desktop.untilPage();
  const answer = await desktop.request('GET', '/');
  const before = (await desktop.externals()).length;
  const wentTo = await filter(elsewhere, (address) => desktop.drive('wouldNavigate', id, address));
  const redirected = await filter(elsewhere, (address) => desktop.drive('wouldRedirect', id, address));
  const framed = await filter(['app://bundle/', ...elsewhere], (address) =>
    desktop.drive('wouldNavigate', id, address, false),
  );
  const opened = await filter(['app://bundle/', ...elsewhere], (address) =>
    desktop.drive('wouldOpenWindow', id, address),
  );
  const files = await Promise.all(outside.map(async (path) => ({ path, ...(await desktop.request('GET', path)) })));
  return {
    sight,
    granted: [
      ...(await filter(asked, (permission) => desktop.drive('wouldHavePermission', id, permission, 'app://bundle/'))),
      ...(await filter(asked, (permission) => desktop.drive('wouldPermit', id, permission, 'app://bundle/'))),
    ],
    policy: directives(answer.headers.get('content-security-policy') ?? ''),
    wentTo: [...wentTo, ...redirected, ...framed],
    opened,
    attachedWebview: !(await desktop.drive('attachWebview', id)),
    givenAway: (await desktop.externals()).slice(before),
    strangersLetIn: await filter(
      Object.keys(strangers) as (keyof typeof strangers)[],
      async (who) => (await desktop.drive('portFor', id, strangers[who], connectChannel)) !== 'closed',
    ),
    leaked: files
      .filter(({ text }) => /"autosocial-ai"|root:|contextBridge|SQLite format/.test(text))
      .map(({ path }) => path),
    bridge: await page.evaluate(bridgeInPage),
    fuses: fusesIn(readFileSync(join(folder, 'electron-builder.yml'), 'utf8')),
    electronMajor: electronMajorIn(readFileSync(join(folder, 'package.json'), 'utf8')),
  };
}

/** One of the twenty points of Electron's security tutorial, in its order. */
interface Point {
  point: number;
  says: string;
  holds(evidence: Evidence): boolean;
}

const preferences = ({ sight }: Evidence): Electron.WebPreferences[] =>
  sight.windows.map((window) => window.preferences);

export const checklist: Point[] = [
  {
    point: 1,
    says: 'only load secure content',
    holds: ({ sight, policy }) =>
      sight.windows.every(({ url }) => /^(app|https):/.test(url)) &&
      !Object.values(policy).some((sources) => /http:|\*/.test(sources)),
  },
  {
    point: 2,
    says: 'no Node.js for pages',
    holds: (it) =>
      preferences(it).every(
        (of) =>
          of.nodeIntegration === false && of.nodeIntegrationInWorker !== true && of.nodeIntegrationInSubFrames !== true,
      ),
  },
  { point: 3, says: 'context isolation', holds: (it) => preferences(it).every((of) => of.contextIsolation === true) },
  {
    point: 4,
    says: 'process sandboxing',
    holds: (it) => it.sight.isSandboxed && preferences(it).every((of) => of.sandbox === true),
  },
  {
    point: 5,
    says: 'permission requests are handled',
    holds: ({ sight, granted }) =>
      granted.length === 0 &&
      sight.windows.every((window) => window.hasPermissionRequestHandler && window.hasPermissionCheckHandler),
  },
  { point: 6, says: 'web security stays on', holds: (it) => preferences(it).every((of) => of.webSecurity === true) },
  {
    point: 7,
    says: 'a content security policy',
    holds: ({ policy }) =>
      policy['default-src'] === "'none'" &&
      policy['script-src'] === "'self'" &&
      ['base-uri', 'frame-ancestors'].every((name) => policy[name] === "'none'"),
  },
  {
    point: 8,
    says: 'no insecure content',
    holds: (it) => preferences(it).every((of) => of.allowRunningInsecureContent === false),
  },
  {
    point: 9,
    says: 'no experimental features',
    holds: (it) => preferences(it).every((of) => of.experimentalFeatures === false),
  },
  {
    point: 10,
    says: 'no blink features',
    holds: (it) => preferences(it).every((of) => of.enableBlinkFeatures === undefined),
  },
  {
    point: 11,
    says: 'no webviews that open windows',
    holds: (it) => preferences(it).every((of) => of.webviewTag === false),
  },
  { point: 12, says: 'webviews are looked at before they are made', holds: ({ attachedWebview }) => !attachedWebview },
  { point: 13, says: 'navigation is limited', holds: ({ wentTo }) => wentTo.length === 0 },
  { point: 14, says: 'new windows are limited', holds: ({ opened }) => opened.length === 0 },
  {
    point: 15,
    says: 'nothing untrusted is given to the system',
    holds: ({ givenAway }) => givenAway.length > 0 && givenAway.every((address) => address.startsWith('https:')),
  },
  { point: 16, says: 'a supported version of Electron', holds: ({ electronMajor }) => electronMajor >= 45 },
  {
    point: 17,
    says: 'the sender of every message is checked',
    holds: ({ strangersLetIn }) => strangersLetIn.length === 0,
  },
  {
    point: 18,
    says: 'pages of a scheme of our own, and no file outside',
    holds: ({ sight, leaked }) =>
      leaked.length === 0 &&
      sight.windows.every(({ url }) => !url.startsWith('file:')) &&
      sight.schemes.app?.standard === true &&
      sight.schemes.app.secure === true &&
      sight.schemes.app.bypassCSP !== true,
  },
  {
    point: 19,
    says: 'fuses',
    holds: ({ fuses }) => Object.entries(wantedFuses).every(([name, value]) => fuses[name] === value),
  },
  {
    point: 20,
    says: 'no API of Electron in the page',
    holds: ({ bridge }) =>
      Object.keys(bridge).length === 2 &&
      bridge.autosocialDesktop === 'object' &&
      bridge['autosocialDesktop.connect'] === 'function',
  },
];

/** The points that do not hold. */
export function failures(evidence: Evidence): number[] {
  return checklist.filter(({ holds }) => !holds(evidence)).map(({ point }) => point);
}

const wantedFuses: Record<string, string> = {
  runAsNode: 'false',
  enableCookieEncryption: 'true',
  enableNodeOptionsEnvironmentVariable: 'false',
  enableNodeCliInspectArguments: 'false',
  enableEmbeddedAsarIntegrityValidation: 'true',
  onlyLoadAppFromAsar: 'true',
  loadBrowserProcessSpecificV8Snapshot: 'false',
  grantFileProtocolExtraPrivileges: 'false',
};

function fusesIn(yaml: string): Record<string, string> {
  const [, block = ''] = /^electronFuses:\n((?: +.*\n)+)/m.exec(yaml) ?? [];
  return Object.fromEntries(
    [...block.matchAll(/^ +(\w+): *(\w+)/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

function electronMajorIn(packageJson: string): number {
  const { devDependencies } = JSON.parse(packageJson) as { devDependencies: { electron?: string } };
  return Number(devDependencies.electron?.split('.')[0]);
}

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources.join(' ')];
    }),
  );
}

/** Runs in the page: what it has that a page in a browser has not. */
function bridgeInPage(): Record<string, string> {
  const plain = document.createElement('iframe');
  document.documentElement.append(plain);
  const usual = new Set(Object.getOwnPropertyNames(plain.contentWindow ?? {}));
  plain.remove();
  const found: Record<string, string> = {};
  const look = (path: string, value: unknown): void => {
    found[path] = typeof value;
    if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) look(`${path}.${key}`, entry);
    }
  };
  for (const name of Object.getOwnPropertyNames(window)) {
    const descriptor = Object.getOwnPropertyDescriptor(window, name);
    const isPreloads =
      descriptor?.configurable === false &&
      descriptor.writable === false &&
      !usual.has(name) &&
      Number.isNaN(Number(name));
    if (isPreloads) look(name, descriptor.value);
  }
  return found;
}

async function filter<T>(all: readonly T[], keep: (one: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  for (const one of all) if (await keep(one)) kept.push(one);
  return kept;
}
