import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Whether the lock file installs in an empty folder, on every platform it names, and holds no
 * download address. Returns an exit code.
 */
export function checkLockfile(root) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (/"resolved":/.test(lock)) {
    console.error('package-lock.json holds download addresses. Write it with --omit-lockfile-registry-resolved.');
    return 1;
  }
  const empty = mkdtempSync(join(tmpdir(), 'autosocial-lock-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(root, file), join(empty, file));
    const { status, stderr } = spawnSync('npm', ['ci', '--dry-run', '--no-audit', '--no-fund'], {
      cwd: empty,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) console.error(stderr);
    return status ?? 1;
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}
