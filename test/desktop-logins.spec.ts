import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import type { Desktop } from './electron/desktop.ts';
import { startStandIn } from './electron/stand-in.ts';
import { makeDataDir, until } from './e2e/host.ts';

const data = makeDataDir();
let desktop: Desktop | null = null;

afterEach(async () => {
  await desktop?.kill();
  data.remove();
});

/** What a person does on the simulated network: goes on with what is ticked already. @returns where the browser is sent */
async function consent(address: string): Promise<string> {
  const page = await (await fetch(address)).text();
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const body = new URLSearchParams({ action: 'continue' });
  for (const [box] of page.matchAll(/<input type="checkbox"[^>]*checked[^>]*>/g)) {
    body.append(/name="([^"]+)"/.exec(box)?.[1] ?? '', /value="([^"]+)"/.exec(box)?.[1] ?? '');
  }
  const answer = await fetch(new URL(action, address), { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** As a browser goes where it is sent; `fetch` says that it is a script, and is refused. */
function visit(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'sec-fetch-mode': 'navigate' } }, (answer) => {
      text(answer).then(resolve, reject);
    }).on('error', reject);
  });
}

it('begins a log-in in the browser, and finishes it in the window', async () => {
  desktop = await startStandIn({ dataDir: data.path, env: { AUTOSOCIAL_PORT: '0' } });
  const app = desktop;
  const clients = async () => {
    const answer = await app.request('GET', '/api/clients');
    return (JSON.parse(answer.text) as { items: { id: string }[] }).items;
  };
  await until('the sample agency is there', async () => (await clients()).length === 3);
  const [client] = await clients();
  const page = await app.untilPage();
  // A window that has just been opened has no address yet.
  await page.getByRole('navigation', { name: 'Main' }).waitFor();

  await page.goto(new URL(`/api/auth/facebook/start?clientId=${client?.id}`, page.url()).href);
  await page.getByRole('heading', { name: 'Go on in your browser' }).waitFor();
  const [login] = (await app.externals()).slice(-1);
  expect(new URL(login ?? '').searchParams.get('redirect_uri')).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/api\/auth\/facebook\/callback$/,
  );

  const back = await consent(login ?? '');
  expect(await (await fetch(back)).text()).toContain('Nothing here');
  expect(await visit(back)).toContain('The login is done');
  await until('the window goes on', async () => (await app.window.url()).includes('/api/auth/facebook/callback'));
  await page.getByRole('heading', { name: 'Which one belongs to this client?' }).waitFor();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('heading', { name: 'Connected' }).waitFor();

  // One log-in, one answer: after it nothing listens there.
  await until('nothing listens', () =>
    visit(back).then(
      () => false,
      () => true,
    ),
  );
  expect(app.errors).toEqual([]);
});
