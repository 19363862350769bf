import axe, { type AxeResults, type Result } from 'axe-core';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../shared/contract/clients.ts';
import { type Visitor, visit } from './e2e/browser.ts';
import { apiToken, type Host, makeDataDir, startHost, until } from './e2e/host.ts';
import { goTo, type Place, placesOf, untilAgencyIsBusy, untilWhole } from './e2e/places.ts';

/* Every page and the dialogs that matter, in both colour schemes, as axe judges them in a real Chromium. */

const schemes = ['light', 'dark'] as const;

/** What axe finds on the page as it is now, a line for each element that is at fault. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, help, nodes }: Result) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id} (${help}): ${target.join(' ')}: ${failureSummary?.split('\n').at(-1)?.trim()}`,
    ),
  );
}

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
      found[path.slice(0, 12)] = await faults(page);
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
      found.push(...(await faults(page)).map((fault) => `${place.name}: ${fault}`));
    }
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
    expect(await faults(page)).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});
