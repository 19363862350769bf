import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../shared/domain/languages.ts';
import type { Client } from '../shared/contract/clients.ts';
import { type Visitor, visit } from './e2e/browser.ts';
import { apiToken, type Host, makeDataDir, startHost, until } from './e2e/host.ts';
import { axeFaults, jumpsOf, motionOf, overflowOf, unseenFocus, watchMotion } from './e2e/page-faults.ts';
import { goTo, type Place, placesOf, untilAgencyIsBusy, untilWhole } from './e2e/places.ts';

/* Every page and the dialogs that matter, in a real Chromium: as axe judges them, and as they look to whoever uses keys, reads another language, has a small window or is made ill by what moves. */

const schemes = ['light', 'dark'] as const;

describe('the app', () => {
  const data = makeDataDir();
  let host: Host;
  let visitor: Visitor;
  let places: Place[];

  beforeAll(async () => {
    host = await startHost(data.path);
    await untilAgencyIsBusy(host);
    places = await placesOf(host);
    visitor = await visit('axe');
    await watchMotion(visitor.page.context());
  }, 240_000);

  afterAll(async () => {
    await visitor.leave();
    await host.stop();
    data.remove();
  });

  it.each(schemes)('has nothing to find fault with for those who are outside, %s', async (colorScheme) => {
    const { items } = await host.api<{ items: Client[] }>('GET', '/api/clients');
    const { url } = await host.api<{ url: string }>('POST', `/api/clients/${items[0]?.id}/onboarding-link`);
    const { page } = visitor;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    for (const path of ['/login', new URL(url).pathname, '/onboard/a-link-that-never-was']) {
      await goTo(page, host, { name: path, path });
      found[path.slice(0, 12)] = await axeFaults(page);
    }
    expect(Object.values(found).flat()).toEqual([]);
  });

  it.each(schemes)('has nothing to find fault with on any page, %s', { timeout: 600_000 }, async (colorScheme) => {
    const { page } = visitor;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.request.post(`${host.origin}/api/session`, {
      data: { token: apiToken },
      headers: { origin: host.origin },
    });
    const found: string[] = [];
    for (const place of places) {
      await goTo(page, host, place).catch((error: Error) => found.push(`${place.name}: ${error.message}`));
      const { score, what } = await jumpsOf(page);
      // What a person opens may push other things aside; a page that is loaded may not.
      if (place.next === undefined && score >= 0.1)
        found.push(`${place.name}: jumps by ${score.toFixed(2)}: ${what.join('; ')}`);
      found.push(...(await motionOf(page)).map((what) => `${place.name}: moves: ${what}`));
      found.push(...(await axeFaults(page)).map((fault) => `${place.name}: ${fault}`));
      if (colorScheme === 'dark') continue;
      await page.keyboard.press('Tab');
      found.push(
        ...(await unseenFocus(page)).map((stop) => `${place.name}: looks the same with the keyboard at it: ${stop}`),
      );
    }
    expect(found).toEqual([]);
  });

  it('fits into 1024 pixels in every language, whichever way it runs', { timeout: 600_000 }, async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 1024, height: 700 });
    const found: string[] = [];
    for (const language of Object.keys(languages)) {
      await page.evaluate((chosen) => localStorage.setItem('autosocial-language', chosen), language);
      await page.goto(host.origin);
      await untilWhole(page);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      for (const { name, path } of places.filter(({ next }) => next === undefined)) {
        // As the app itself goes from page to page; loading each anew would take minutes.
        await page.evaluate((to) => history.pushState({}, '', to), path);
        await untilWhole(page);
        found.push(...(await overflowOf(page)).map((fault) => `${language} ${name}: ${fault}`));
      }
    }
    await page.evaluate(() => localStorage.removeItem('autosocial-language'));
    expect(found).toEqual([]);
  });

  it('reports no error on any of them', () => {
    // That an invented onboarding link is not found is said by a status too.
    expect(visitor.errors.filter((error) => !error.includes('/onboard/a-link'))).toEqual([]);
  });
});

describe('the rescue page', () => {
  const data = makeDataDir();
  let host: Host;
  let visitor: Visitor;

  beforeAll(async () => {
    const first = await startHost(data.path);
    await first.stop();
    writeFileSync(join(data.path, 'sandbox', 'data', 'autosocial.db'), 'This is no database.'.repeat(500));
    host = await startHost(data.path);
    await until('the reason is told', async () => host.output().includes('The data cannot be opened'));
    visitor = await visit('axe');
    await visitor.page.goto(host.loginLink);
  });

  afterAll(async () => {
    await visitor.leave();
    await host.stop();
    data.remove();
  });

  it.each(schemes)('has nothing to find fault with, %s', async (colorScheme) => {
    const { page } = visitor;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('heading', { name: 'Your data cannot be opened' }).waitFor();
    await untilWhole(page);
    expect(await axeFaults(page)).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});
