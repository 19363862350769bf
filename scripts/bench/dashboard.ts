import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { visit } from '../../test/e2e/browser.ts';
import { apiToken, type Host, makeDataDir, startHost } from '../../test/e2e/host.ts';
import { startServices } from '../../test/e2e/services.ts';
import { makeLargeAgency } from './large-agency.ts';

/** What a person at the dashboard of a large agency waits for; ms, and bytes as gzip makes them. */
export interface DashboardCost {
  /** From the address being entered to Home with nothing left to load, in a browser that was never here. */
  firstPageMs: number;
  firstPageScriptBytes: number;
  /** From a click to the page with nothing left to load: the first time, and in the middle of the next ones. */
  pages: { name: string; firstMs: number; againMs: number }[];
  /** A month with a thousand posts and more, drawn again from what is loaded. */
  calendarMonthMs: number;
  /** Share of frames while a list was scrolled that came more than half a frame late, and while nothing happened. */
  scrolls: { name: string; lateShare: number }[];
  idleLateShare: number;
  posts: number;
}

const size = { clients: 50, posts: 20_000 };
const again = 5;
const frameMs = 1_000 / 60;
const scrolledFrames = 180;

/** Measures the built dashboard in a real Chromium on a host with 50 clients and 20,000 posts. */
export async function measureDashboard(): Promise<DashboardCost> {
  const data = makeDataDir();
  const services = await startServices();
  try {
    const { customers, posts } = await makeLargeAgency(data.path, services, size);
    const host = await startHost(data.path, services.environment);
    try {
      return { ...(await measureIn(host, customers[0]?.client.id ?? '')), posts };
    } finally {
      await host.stop();
    }
  } finally {
    await services.close();
    data.remove();
  }
}

async function measureIn(host: Host, clientId: string): Promise<Omit<DashboardCost, 'posts'>> {
  const visitor = await visit('bench');
  try {
    const { page } = visitor;
    await page.request.post(`${host.origin}/api/session`, {
      data: { token: apiToken },
      headers: { origin: host.origin },
    });
    const first = await firstPage(page, host.origin);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const pages: DashboardCost['pages'] = [];
    for (const [name, path] of Object.entries(pathsOf(clientId))) {
      const firstMs = await clickTo(page, path);
      const times: number[] = [];
      for (let time = 0; time < again; time += 1) {
        await clickTo(page, '/settings?tab=data');
        times.push(await clickTo(page, path));
      }
      pages.push({ name, firstMs, againMs: times.toSorted((a, b) => a - b)[Math.floor(again / 2)] ?? 0 });
    }
    return {
      ...first,
      pages,
      calendarMonthMs: await drawMonth(page),
      idleLateShare: await lateShare(page, null),
      scrolls: [
        { name: 'table', lateShare: await scroll(page, '/pipeline?view=table') },
        { name: 'board', lateShare: await scroll(page, '/pipeline?view=board') },
        { name: 'log', lateShare: await scroll(page, '/activity') },
      ],
    };
  } finally {
    await visitor.leave();
  }
}

function pathsOf(clientId: string): Record<string, string> {
  return {
    home: '/',
    review: '/review',
    table: '/pipeline?view=table',
    board: '/pipeline?view=board',
    calendar: '/calendar',
    'calendar week': '/calendar?view=week',
    clients: '/clients',
    client: `/clients/${clientId}`,
    'client posts': `/clients/${clientId}?tab=pipeline`,
    insights: '/insights',
    activity: '/activity',
    settings: '/settings',
    'new post': '/posts/new',
    post: '/posts/large-016000',
  };
}

async function firstPage(
  page: Page,
  origin: string,
): Promise<Pick<DashboardCost, 'firstPageMs' | 'firstPageScriptBytes'>> {
  const scripts: Promise<number>[] = [];
  let isMeasuring = true;
  page.on('response', (response) => {
    if (!isMeasuring || response.request().resourceType() !== 'script') return;
    scripts.push(response.body().then((body) => gzipSync(body).byteLength));
  });
  await page.goto(origin, { waitUntil: 'commit' });
  await page.waitForSelector('main h1, main h2', { state: 'attached' });
  const firstPageMs = await page.evaluate(whenWhole, null);
  isMeasuring = false;
  const bytes = await Promise.all(scripts);
  return { firstPageMs, firstPageScriptBytes: bytes.reduce((sum, one) => sum + one, 0) };
}

/** Goes there as a link of the app does. @returns ms until nothing on the page is loading any more */
function clickTo(page: Page, path: string): Promise<number> {
  return page.evaluate(whenWhole, path);
}

/**
 * Runs in the page. With a path it goes there first. Resolves with the ms from then (without a path: from the start of the
 * navigation) to the first frame in which nothing is loading.
 */
async function whenWhole(path: string | null): Promise<number> {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const from = path === null ? 0 : performance.now();
  if (path !== null) {
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    await nextFrame();
  }
  for (;;) {
    await nextFrame();
    const isLoading = document.querySelector('[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root') !== null;
    if (!isLoading && document.querySelector('main h1, main h2') !== null) return performance.now() - from;
    if (performance.now() - from > 30_000) throw new Error(`${path ?? 'The first page'} did not come to rest.`);
  }
}

/** From the click on "next month" in a month that was loaded before to the month being drawn. */
async function drawMonth(page: Page): Promise<number> {
  await clickTo(page, '/calendar');
  const times: number[] = [];
  for (let time = 0; time < again; time += 1) {
    await clickTo(page, '/settings?tab=data');
    times.push(await clickTo(page, '/calendar'));
  }
  return Math.min(...times);
}

async function scroll(page: Page, path: string): Promise<number> {
  await clickTo(page, path);
  return lateShare(page, 240);
}

/** Scrolls the page's longest list by so many pixels a frame (null: not at all). @returns the share of late frames */
function lateShare(page: Page, pixels: number | null): Promise<number> {
  return page.evaluate(
    async ({ by, frames, frame }) => {
      const lists = [document.scrollingElement, ...document.querySelectorAll('main *')].filter(
        (element): element is Element => element !== null && element.scrollHeight > element.clientHeight + 200,
      );
      const list = lists.toSorted((a, b) => b.scrollHeight - a.scrollHeight)[0];
      let late = 0;
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let number = 0; number < frames; number += 1) {
        if (by !== null) list?.scrollBy(0, by);
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        if (now - last > frame * 1.5) late += 1;
        last = now;
      }
      return late / frames;
    },
    { by: pixels, frames: scrolledFrames, frame: frameMs },
  );
}
