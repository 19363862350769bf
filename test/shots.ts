/*
 * Pictures of every page and of the dialogs that matter, in two sizes and both colour schemes, below
 * test-results/shots. Run it as `npm run shots`, with parts of names behind `--` for only those.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { visit } from './e2e/browser.ts';
import { apiToken, makeDataDir, startHost } from './e2e/host.ts';
import { goTo, placesOf, untilAgencyIsBusy, untilWhole } from './e2e/places.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const schemes = ['light', 'dark'] as const;
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.some((part) => name.includes(part));
const folder = join(import.meta.dirname, '..', 'test-results', 'shots');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const data = makeDataDir();
const host = await startHost(data.path);
const failed: string[] = [];
try {
  console.log('The sample agency is being set up …');
  await untilAgencyIsBusy(host);
  const places = (await placesOf(host)).filter(({ name }) => isWanted(name));
  const { clientId } = (await host.api<{ items: { clientId: string }[] }>('GET', '/api/pipeline')).items[0] ?? {};
  const { url } = await host.api<{ url: string }>('POST', `/api/clients/${clientId}/onboarding-link`);
  const outside = [
    { name: 'login', path: '/login' },
    { name: 'onboarding', path: new URL(url).pathname },
  ].filter(({ name }) => isWanted(name));

  for (const size of sizes) {
    const visitor = await visit('shots', size);
    const { page } = visitor;
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const take = async (name: string, show: () => Promise<void>) => {
        const file = `${name}-${size.width}-${scheme}.png`;
        try {
          await show();
        } catch (error) {
          failed.push(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
        }
        await page.screenshot({ path: join(folder, file) });
      };
      await page.context().clearCookies();
      for (const place of outside) await take(place.name, () => goTo(page, host, place));
      await signIn();
      for (const place of places) await take(place.name, () => goTo(page, host, place));
      await page.evaluate(() => localStorage.clear());
    }
    failed.push(...visitor.errors.map((error) => `a page reported: ${error}`));
    await visitor.leave();

    /** With the API token, which lets in as often as one likes. */
    async function signIn(): Promise<void> {
      await page.request.post(`${host.origin}/api/session`, {
        data: { token: apiToken },
        headers: { origin: host.origin },
      });
      await page.goto(host.origin);
      await untilWhole(page);
    }
  }
} finally {
  await host.stop();
  data.remove();
}
console.log(`The pictures are in ${folder}.`);
for (const line of failed) console.error(line);
process.exit(failed.length === 0 ? 0 : 1);
