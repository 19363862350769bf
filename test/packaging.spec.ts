import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/*
 * electron-builder packs the app into an empty shell in the place of Electron's files, which it would otherwise
 * download: so it is seen what ships and that the configuration is valid. Installers are built by the workflow only.
 */

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const { resolve } = createRequire(import.meta.url);
const builder = join(dirname(resolve('electron-builder/package.json')), 'cli.js');
const asar = resolve('@electron/asar/bin/asar.js');

let folder: string;
let packed: string[];
let unpacked: string;

/** Marks the switches ("fuses") in Electron's binary, as the package @electron/fuses looks for them; all of them on. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
];

/** The files that electron-builder looks for in a Linux distribution of Electron. */
function makeShell(): string {
  const shell = join(folder, 'shell');
  mkdirSync(join(shell, 'locales'), { recursive: true });
  mkdirSync(join(shell, 'resources'));
  const { version } = JSON.parse(readFileSync(resolve('electron/package.json'), 'utf8')) as { version: string };
  const files = {
    electron: `#!/bin/sh\n${fuseMark}\u0001${String.fromCharCode(fuseNames.length)}${'1'.repeat(fuseNames.length)}`,
    'chrome-sandbox': '#!/bin/sh\n',
    chrome_crashpad_handler: '#!/bin/sh\n',
    version,
    LICENSE: '',
    'LICENSES.chromium.html': '',
    'locales/en-US.pak': '',
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(shell, name), content);
    chmodSync(join(shell, name), 0o755);
  }
  return shell;
}

/** @param settings further ones, such as `-c.asar=false` */
function pack(shell: string, ...settings: string[]): Promise<{ stdout: string }> {
  const own = [`-c.electronDist=${shell}`, `-c.directories.output=${join(folder, 'dist')}`];
  return run(process.execPath, [builder, '--dir', '--linux', '--x64', '--publish', 'never', ...own, ...settings], {
    cwd: root,
    env: { ...process.env, CI: 'true' },
    maxBuffer: 16 * 1024 * 1024,
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'autosocial-package-'));
  await pack(makeShell());
  const resources = join(folder, 'dist', 'linux-unpacked', 'resources');
  unpacked = join(resources, 'app.asar.unpacked');
  const { stdout } = await run(process.execPath, [asar, 'list', join(resources, 'app.asar')], {
    maxBuffer: 64 * 1024 * 1024,
  });
  packed = stdout.split('\n').map((path) => path.replaceAll('\\', '/').replace(/^\//, ''));
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what ships', () => {
  it('is both sides of the app, and what they load', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/desktop/main/index.js',
        'out/desktop/main/backup-worker.js',
        'out/desktop/preload.cjs',
        'out/desktop/tray/idle.png',
        'out/renderer/index.html',
        'main/sandbox/replicate/assets/coffee.mp4',
        'node_modules/better-sqlite3/prebuilds/linux-x64.node',
        'node_modules/keytar/build/Release/keytar.node',
        'node_modules/electron-updater/package.json',
      ]),
    );
  });

  it('is nothing else: no sources, no tests, no maps, no tools, no server, no other system’s libraries', () => {
    expect(
      packed.filter((path) => /node_modules\/(zod|groq-sdk|mediabunny|better-sqlite3|keytar)\/src\//.test(path)),
    ).toEqual([]);
    const own = packed.filter((path) => path !== '' && !path.startsWith('node_modules'));
    const allowed =
      /^(out(\/(desktop|renderer)(\/.*)?)?|main(\/sandbox(\/replicate(\/assets(\/.*)?)?)?)?|package\.json)$/;
    expect(own.filter((path) => !allowed.test(path))).toEqual([]);
    expect(packed.filter((path) => /\.(map|d\.ts|d\.cts|d\.mts)$/.test(path))).toEqual([]);
    expect(packed.filter((path) => /prebuilds\/./.test(path))).toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ]);
    for (const tool of ['react', '@mantine/core', 'vitest', 'playwright', 'electron', 'electron-builder', 'vite']) {
      expect(packed).not.toContain(`node_modules/${tool}/package.json`);
    }
  });

  it('keeps native modules outside the archive, where the system can load them', () => {
    for (const path of packed.filter((name) => name.endsWith('.node'))) {
      expect(readFileSync(join(unpacked, path)).length).toBeGreaterThan(1_000);
    }
  });

  it('starts with the built desktop host', () => {
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string };
    expect(packed).toContain(main);
  });
});

it('the switches of Electron that would let others into the app are off', () => {
  const binary = readFileSync(join(folder, 'dist', 'linux-unpacked', 'autosocial-ai'), 'latin1');
  const from = binary.indexOf(fuseMark) + fuseMark.length + 2;
  const on = fuseNames.filter((_, index) => binary[from + index] === '1');
  expect(on).toEqual(['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar']);
});

it('a setting that does not exist is refused', async () => {
  await expect(pack(join(folder, 'shell'), '-c.asaar=true')).rejects.toMatchObject({
    stdout: expect.stringContaining("unknown property 'asaar'"),
  });
});
