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
  /** A month with so many posts, drawn again from what is loaded. */
  calendarMonthMs: number;
  monthPosts: number;
  /** Share of frames while a list was scrolled that came more than half a frame late, and just before while nothing moved. */
  scrolls: { name: string; lateShare: number; idleLateShare: number }[];
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
      const firstMs = await visitFromElsewhere(page, path);
      const times: number[] = [];
      for (let time = 0; time < again; time += 1) times.push(await visitFromElsewhere(page, path));
      pages.push({ name, firstMs, againMs: times.toSorted((a, b) => a - b)[Math.floor(again / 2)] ?? 0 });
    }
    return {
      ...first,
      pages,
      calendarMonthMs: await drawMonth(page),
      monthPosts: await postsOfMonth(host),
      scrolls: [
        { name: 'table', ...(await scroll(page, '/pipeline?view=table')) },
        { name: 'board', ...(await scroll(page, '/pipeline?view=board')) },
        { name: 'log', ...(await scroll(page, '/activity')) },
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

/** From a page that has nothing in common with it. */
async function visitFromElsewhere(page: Page, path: string): Promise<number> {
  const elsewhere = path.startsWith('/settings') ? '/' : '/settings?tab=data';
  if (new URL(page.url()).pathname !== elsewhere.split('?')[0]) await clickTo(page, elsewhere);
  return clickTo(page, path);
}

/** Clicks the page's link there, else goes as the browser's buttons do. @returns ms until nothing on the page is loading any more */
function clickTo(page: Page, path: string): Promise<number> {
  return page.evaluate(whenWhole, path);
}

/**
 * Runs in the page. With a path it goes there first. Resolves with the ms from then (without a path: from the start of the
 * navigation) to the first frame in which the page there is drawn and nothing of it is loading.
 */
async function whenWhole(path: string | null): Promise<number> {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const heading = () => document.querySelector('main h1, main h2');
  const before = path === null ? null : heading();
  const from = path === null ? 0 : performance.now();
  if (path !== null) {
    const link = document.querySelector<HTMLElement>(`a[href="${path}"]`);
    if (link !== null) {
      link.click();
    } else {
      history.pushState({}, '', path);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }
  }
  for (;;) {
    await nextFrame();
    const isLoading = document.querySelector('[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root') !== null;
    // Until the new page's code is there, the old one stays.
    if (!isLoading && heading() !== null && heading() !== before) return performance.now() - from;
    if (performance.now() - from > 30_000) throw new Error(`${path ?? 'The first page'} did not come to rest.`);
  }
}

/** From the click on the calendar to this month being drawn, of which everything was loaded before. */
async function drawMonth(page: Page): Promise<number> {
  await clickTo(page, '/calendar');
  const times: number[] = [];
  for (let time = 0; time < again; time += 1) times.push(await visitFromElsewhere(page, '/calendar'));
  return Math.min(...times);
}

/** @throws Error when they are too few to be worth measuring */
async function postsOfMonth(host: Host): Promise<number> {
  const now = new Date();
  const [from, to] = [0, 1].map((next) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + next)).toISOString(),
  );
  const { items } = await host.api<{ items: unknown[] }>('GET', `/api/pipeline/calendar?from=${from}&to=${to}`);
  if (items.length < 1_000) throw new Error(`The month has ${items.length} posts only.`);
  return items.length;
}

async function scroll(page: Page, path: string): Promise<{ lateShare: number; idleLateShare: number }> {
  await visitFromElsewhere(page, path);
  const idleLateShare = await lateFrames(page, 0);
  return { idleLateShare, lateShare: await lateFrames(page, 240) };
}

/**
 * Scrolls the page's longest list by so many pixels a frame, back and forth where it ends before more of it is there.
 * @returns the share of late frames
 * @throws Error when nothing moved
 */
function lateFrames(page: Page, pixels: number): Promise<number> {
  return page.evaluate(
    async ({ by, frames, frame }) => {
      const lists = [document.scrollingElement, ...document.querySelectorAll('main *')].filter(
        (element): element is Element => element !== null && element.scrollHeight > element.clientHeight + 200,
      );
      const list = lists.toSorted((a, b) => b.scrollHeight - a.scrollHeight)[0];
      let [late, moved, step] = [0, 0, by];
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let number = 0; number < frames; number += 1) {
        const before = list?.scrollTop ?? 0;
        list?.scrollBy(0, step);
        if (list?.scrollTop === before) step = -step;
        else moved += 1;
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        if (now - last > frame * 1.5) late += 1;
        last = now;
      }
      if (by !== 0 && moved < frames * 0.9) throw new Error(`The list moved in ${moved} of ${frames} frames only.`);
      return late / frames;
    },
    { by: pixels, frames: scrolledFrames, frame: frameMs },
  );
}
