import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { findChromium } from '../../scripts/chromium.mjs';

const quietly = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A person at a browser, whose way is kept in pictures. */
export interface Visitor {
  page: Page;
  /** Opens what a click opens in a new tab. */
  newTab(click: () => Promise<void>): Promise<Page>;
  /** Keeps a picture below `test-results/<walk>/`, numbered. */
  shot(name: string, page?: Page): Promise<void>;
  /** What pages reported as errors so far. */
  errors: string[];
  leave(): Promise<void>;
}

/** Who is at the browser. */
export interface Person {
  /** What her browser is set to. */
  locale?: string;
  /** What her clock shows; that of this machine by default. */
  timezone?: string;
  /** She has never seen the app before, so the tour begins by itself. */
  isNew?: boolean;
}

/** Opens a Chromium of this machine, with no memory of earlier visits. `viewport` is in CSS pixels. */
export async function visit(
  walk: string,
  viewport = { width: 1440, height: 900 },
  { locale = 'en-GB', timezone, isNew = false }: Person = {},
): Promise<Visitor> {
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: quietly });
  const context: BrowserContext = await browser.newContext({
    viewport,
    locale,
    ...(timezone !== undefined && { timezoneId: timezone }),
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  if (!isNew) await context.addInitScript(leaveTour);
  const folder = join(import.meta.dirname, '..', '..', 'test-results', walk);
  mkdirSync(folder, { recursive: true });
  const errors: string[] = [];
  context.on('weberror', (event) => errors.push(event.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  const page = await context.newPage();
  let pictures = 0;
  return {
    page,
    errors,
    async newTab(click) {
      const [tab] = await Promise.all([context.waitForEvent('page'), click()]);
      await tab.waitForLoadState();
      return tab;
    },
    async shot(name, of = page) {
      pictures += 1;
      const file = join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`);
      await of.screenshot({ path: file });
    },
    leave: () => browser.close(),
  };
}

/** In the page, before its own scripts: the tour was left on an earlier visit. */
export function leaveTour(): void {
  if (location.origin === 'null' || localStorage.getItem('autosocial-tour') !== null) return;
  localStorage.setItem('autosocial-tour', JSON.stringify({ step: 'done', isShown: false, seen: null }));
}
