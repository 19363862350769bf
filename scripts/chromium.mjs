import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const known = [
  process.env.AUTOSOCIAL_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium on this machine, or undefined. Playwright's own download counts. */
export function findChromium() {
  const installed = known.find((path) => path !== undefined && existsSync(path));
  if (installed !== undefined) return installed;
  const { chromium } = createRequire(import.meta.url)('playwright');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** Sees to it that the browser tests have a Chromium: Debian's where we may install it, else Playwright's. */
export function ensureChromium(fail) {
  if (findChromium() !== undefined) return;
  console.log('Installing Chromium for the browser tests …');
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { stdio: 'inherit', env };
    spawnSync('apt-get', ['update', '-q'], options);
    spawnSync(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-noto-color-emoji'],
      options,
    );
  } else {
    const cli = createRequire(import.meta.url).resolve('playwright/cli.js');
    spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' });
  }
  if (findChromium() === undefined) {
    fail('The browser tests need Chromium. Install it, or name one in AUTOSOCIAL_CHROMIUM, and run npm test again.');
  }
}
