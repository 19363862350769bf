import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Post } from '../shared/contract/pipeline.ts';
import { type Visitor, visit } from './e2e/browser.ts';
import { connectedClient, inFuture, type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';

/* A post that would not go out is told of before its time: on Home, on the post, and over REST; and again when all is well. */

let agency: LiveAgency;
let visitor: Visitor;
let post: Post;
let personId: string;
let clientId: string;
let accountIds: { facebook: string; instagram: string };

beforeAll(async () => {
  agency = await startLiveAgency();
  visitor = await visit('at-risk');
  const { client, accounts, people } = await connectedClient(agency, 'Café Uno', 'cafe.uno');
  [clientId, personId] = [client.id, people.personId];
  accountIds = { facebook: accounts.facebook.id, instagram: accounts.instagram.id };
  post = await agency.approvedPost({
    clientId,
    caption: 'Fresh bread at seven',
    scheduledFor: inFuture(50 * 60_000),
    targets: [{ accountId: accounts.facebook.id }],
  });
  await visitor.page.goto(agency.host.loginLink);
  await visitor.page.getByTestId('needs-me').waitFor();
});

afterAll(async () => {
  await visitor.leave();
  await agency.close();
});

const look = () => agency.host.api('POST', '/api/admin/jobs/look-ahead/run', {});
const risk = async () => (await agency.host.api<Post>('GET', `/api/pipeline/${post.id}`)).targets[0]?.risk;
const atRisk = async () => (await agency.host.api<{ postsAtRisk: number }>('GET', '/api/admin/stats')).postsAtRisk;

async function pictures(name: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await visitor.page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await visitor.page.emulateMedia({ colorScheme });
      await visitor.shot(`${name}-${width}-${colorScheme}`);
    }
  }
}

it('is none while everything is in order, and none when the network only stumbles', async () => {
  await look();
  expect([await risk(), await atRisk()]).toEqual([null, 0]);
  agency.services.meta.faults.add({ operation: 'facebook.page.read', kind: 'reset', times: 9 });
  await look();
  agency.services.meta.faults.clear();
  expect([await risk(), await atRisk()]).toEqual([null, 0]);
});

it('is shown on Home and on the post, with what to do', async () => {
  agency.services.meta.consent({
    personId,
    appId: agency.services.environment.META_APP_ID ?? '',
    redirectUri: `${agency.host.origin}/api/auth/facebook/callback`,
    scopes: ['pages_show_list'],
    declined: ['pages_manage_posts'],
  });
  await look();
  expect(await risk()).toMatchObject({ code: 'account', remedy: expect.stringContaining('Connect the account again') });
  expect(await atRisk()).toBe(1);
  const { page } = visitor;
  await page.getByTestId('at-risk').getByText('Fresh bread at seven').waitFor();
  await pictures('home');
  await page.goto(`${agency.host.origin}/posts/${post.id}`);
  const trouble = page.getByTestId('trouble');
  await trouble.getByText('does not have the permission to publish').waitFor();
  expect(await trouble.getByRole('link', { name: 'Reconnect Facebook' }).getAttribute('href')).toContain(clientId);
  await pictures('post');
  await page.goto(`${agency.host.origin}/clients/${clientId}?tab=accounts`);
  const row = page.getByTestId('account-instagram');
  await row.getByRole('button', { name: 'More' }).click();
  await row.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByTestId('disconnect-effect').getByText('1 other account lives on the same login').waitFor();
  await pictures('disconnect');
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect((await agency.host.api<{ items: unknown[] }>('GET', '/api/admin/logs?kind=post.at_risk')).items).toHaveLength(
    1,
  );
});

it('goes by itself when the cause is gone', async () => {
  await agency.connect(`/api/auth/facebook/start?clientId=${clientId}`, 'facebook', { personId });
  await look();
  expect([await risk(), await atRisk()]).toEqual([null, 0]);
  await visitor.page.goto(agency.host.origin);
  await visitor.page.getByTestId('needs-me').waitFor();
  await expect.poll(() => visitor.page.getByTestId('at-risk').count()).toBe(0);
  expect(visitor.errors).toEqual([]);
});

it('disconnecting the last account of a login ends it at Facebook, and the others only here', async () => {
  const { ledger } = agency.services.meta;
  const told = () => ledger.count('meta.permissions.delete');
  await agency.host.api('DELETE', `/api/clients/${clientId}/accounts/${accountIds.facebook}`);
  expect(told()).toBe(0);
  await agency.host.api('DELETE', `/api/clients/${clientId}/accounts/${accountIds.instagram}`);
  expect(told()).toBe(1);
});
