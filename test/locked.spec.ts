import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { visit } from './e2e/browser.ts';
import { type Host, makeDataDir, startHost, until } from './e2e/host.ts';

/* The key is away or another one: the app says so, keeps everything, and goes on when the key is back. */

const live = { AUTOSOCIAL_PROFILE: 'live' };

it('an app without its key is locked, and works again once the key is back', async () => {
  const data = makeDataDir();
  const key = join(data.path, 'live', 'keys', 'master.key');
  const kept = join(data.path, 'copy-of-the.key');
  const first = await startHost(data.path, live);
  await first.api('PUT', '/api/admin/credentials/groq', { apiKey: 'gsk_of_the_agency' });
  await first.stop();
  copyFileSync(key, kept);
  rmSync(key);
  writeFileSync(key, Buffer.alloc(32, 1).toString('base64'), { mode: 0o600 });

  let host: Host | null = null;
  const visitor = await visit('locked');
  try {
    host = await startHost(data.path, live);
    const { page } = visitor;
    await page.goto(host.loginLink);
    await page.getByRole('heading', { name: 'AutoSocial AI is locked' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('the key still cannot be had').waitFor();
    await visitor.shot('still-locked');

    rmSync(key);
    copyFileSync(kept, key);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'AutoSocial AI is locked' }).waitFor({ state: 'detached' });
    const running = host;
    await until('the app works', async () => (await health(running)) === 'ok');
    const { configured } = await host.api<{ configured: boolean }>('GET', '/api/admin/credentials/groq');
    expect(configured).toBe(true);
  } finally {
    await visitor.leave();
    await host?.stop();
    data.remove();
  }
});

/** Undefined between two hosts. */
async function health(host: Host): Promise<string | undefined> {
  const answer = await host.api<{ status: string }>('GET', '/api/health').catch(() => undefined);
  return answer?.status;
}
