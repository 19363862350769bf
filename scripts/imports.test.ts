import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const tree = mkdtempSync(join(tmpdir(), 'autosocial-lint-'));
copyFileSync(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));

afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Lints one file with the project's own rules and returns what they say. */
function lint(path: string, source: string): string {
  mkdirSync(join(tree, dirname(path)), { recursive: true });
  writeFileSync(join(tree, path), source);
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '-c', '.oxlintrc.json', path], {
    cwd: tree,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

const importing = (specifier: string): string => `import * as it from '${specifier}';\nexport const used = it;\n`;

describe('import directions', () => {
  it.each([
    ['shared/domain/a.ts', 'node:fs', 'shared knows nobody'],
    ['shared/domain/a.ts', '../../main/core/core.ts', 'shared knows nobody'],
    ['main/core/clients/a.ts', 'node:crypto', 'through its ports only'],
    ['main/core/clients/a.ts', 'kysely', 'through its ports only'],
    ['main/core/clients/a.ts', 'electron/main', 'through its ports only'],
    ['main/core/clients/a.ts', '../../store/open.ts', 'imports shared and itself'],
    ['main/core/clients/a.ts', '../../platforms/facebook.ts', 'imports shared and itself'],
    ['main/core/insights/a.ts', '../../reports/sheet.ts', 'imports shared and itself'],
    ['main/core/insights/a.ts', 'pdfkit', 'through its ports only'],
    ['main/store/a.ts', '../platforms/facebook.ts', 'never import each other'],
    ['main/platforms/a.ts', '../sandbox/index.ts', 'An adapter imports shared'],
    ['main/ai/a.ts', 'electron', 'Only main/desktop imports electron'],
    ['main/server/a.ts', '../desktop/index.ts', 'Hosts never import each other'],
    ['main/desktop/a.ts', '../server/server.ts', 'Hosts never import each other'],
    ['main/web/a.ts', '../server/guard.ts', 'they know neither'],
    ['main/web/a.ts', '../desktop/logins.ts', 'they know neither'],
    ['main/web/a.ts', 'electron/main', 'Only main/desktop imports electron'],
    ['main/hosting.ts', 'electron/main', 'Only main/desktop imports electron'],
    ['main/workers/a.ts', 'electron/main', 'Only main/desktop imports electron'],
    ['main/desktop/a.ts', 'electron', 'Import electron/main'],
    ['main/desktop/a.ts', '../../renderer/api/client.ts', 'reached by its port only'],
    ['preload/a.ts', '../main/core/core.ts', 'hands the message port over'],
    ['preload/a.ts', 'electron/main', 'hands the message port over'],
    ['preload/a.ts', 'zod', 'hands the message port over'],
    ['renderer/a.ts', '../main/core/core.ts', 'knows the contract only'],
    ['renderer/a.ts', 'node:fs', 'runs in a browser'],
  ])('%s may not import %s', (path, specifier, message) => {
    expect(lint(path, importing(specifier))).toContain(message);
  });

  it.each([
    ['main/core/clients/a.ts', '../../../shared/domain/post.ts'],
    ['main/core/clients/a.ts', '../ports/store.ts'],
    ['main/core/insights/a.ts', '../ports/reports.ts'],
    ['main/store/a.ts', '../core/ports/store.ts'],
    ['main/server/a.ts', '../store/open.ts'],
    ['main/server/a.ts', '../web/pages.ts'],
    ['main/desktop/a.ts', '../web/pages.ts'],
    ['main/desktop/a.ts', '../hosting.ts'],
    ['preload/a.ts', 'electron/renderer'],
    ['preload/a.ts', '../shared/contract/desktop-port.ts'],
    ['renderer/a.ts', '../shared/contract/index.ts'],
  ])('%s may import %s', (path, specifier) => {
    expect(lint(path, importing(specifier))).toContain('0 errors');
  });
});

describe('what only one file of the desktop host may use', () => {
  const ipc = "import { ipcMain } from 'electron/main';\nexport const used = ipcMain;\n";
  const external =
    "import { shell } from 'electron/common';\nexport const open = () => shell.openExternal('https://a.example');\n";

  it.each([
    ['ipcMain', 'main/desktop/a.ts', ipc, 'in main/desktop/ports.ts only'],
    ['openExternal', 'main/desktop/a.ts', external, 'Use main/desktop/external.ts'],
  ])('%s is refused elsewhere', (_name, path, source, message) => {
    expect(lint(path, source)).toContain(message);
  });

  it.each([
    ['main/desktop/ports.ts', ipc],
    ['main/desktop/external.ts', external],
    ['main/desktop/a.ts', ipc.replaceAll('ipcMain', 'app')],
  ])('%s may use it', (path, source) => {
    expect(lint(path, source)).toContain('0 errors');
  });
});

describe('time and chance in the core', () => {
  it.each([
    ['Date.now()', 'Use the Clock port'],
    ['Math.random()', 'Use the Random port'],
    ['setTimeout(() => undefined, 1)', 'Use the Timers port'],
    ["fetch('https://example.com')", 'Use a port'],
    ['crypto.randomUUID()', 'Use the Random and Digest ports'],
  ])('%s is refused', (expression, message) => {
    expect(lint('main/core/a.ts', `export const value = () => ${expression};\n`)).toContain(message);
  });
});
