import type { Page } from 'playwright';
import { startDesktop } from '../electron/start-desktop.ts';
import { visit } from './browser.ts';
import { callsOf, type Host, simulatorIn, startHost, until } from './host.ts';

/** A person in front of one of the app's hosts. */
export interface Walker {
  /** Where the dashboard is. */
  readonly page: Page;
  host: Pick<Host, 'api' | 'requests'>;
  /** Opens the dashboard. */
  comeIn(): Promise<void>;
  /** Clicks what leads out of the dashboard, to what opens beside it. */
  newTab(click: () => Promise<void>): Promise<Page>;
  /** Clicks what leads to a network's login. @returns the page on which that is done; then the dashboard goes on */
  toLogin(click: () => Promise<void>): Promise<Page>;
  /** Keeps a picture below `test-results/`, numbered. */
  shot(name: string, page?: Page): Promise<void>;
  /** What pages reported as errors so far. */
  errors(): string[];
  leave(): Promise<void>;
}

/** The server host, in a browser. */
export async function walkOnServer(dataDir: string): Promise<Walker> {
  const host = await startHost(dataDir);
  const visitor = await visit('walk');
  const { page } = visitor;
  return {
    page,
    host,
    comeIn: () => page.goto(host.loginLink).then(() => undefined),
    newTab: visitor.newTab,
    async toLogin(click) {
      await click();
      return page;
    },
    shot: visitor.shot,
    errors: () => visitor.errors,
    async leave() {
      await visitor.leave();
      await host.stop();
    },
  };
}

/** The desktop host, with the person's own browser beside it. */
export async function walkOnDesktop(dataDir: string): Promise<Walker> {
  const desktop = await startDesktop({ dataDir });
  const visitor = await visit('walk-desktop');
  const page = await desktop.untilPage();

  /** What the app gave to the system to open, in the browser. */
  async function newTab(click: () => Promise<void>): Promise<Page> {
    const before = (await desktop.externals()).length;
    await click();
    const address = await until('the app opens the browser', async () => (await desktop.externals())[before]);
    const tab = await visitor.page.context().newPage();
    await tab.goto(address);
    return tab;
  }

  return {
    page,
    host: {
      async api<T>(method: string, path: string, body?: unknown) {
        const { status, text } = await desktop.request(method, path, body);
        if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
        return JSON.parse(text) as T;
      },
      requests: (name) => callsOf(simulatorIn(dataDir, name)),
    },
    async comeIn() {
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      // While the app starts its window says so, with a status that consoles report.
      desktop.errors.length = 0;
    },
    newTab,
    toLogin: newTab,
    shot: (name, of = page) => visitor.shot(name, of),
    errors: () => [...visitor.errors, ...desktop.errors],
    async leave() {
      await visitor.leave();
      const code = await desktop.quit();
      if (code !== 0) throw new Error(`The app ended with ${code}:\n${desktop.output()}`);
    },
  };
}
