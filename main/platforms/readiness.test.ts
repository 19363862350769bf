import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accessOf,
  connect,
  connectedAccount,
  image,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  renewableOf,
} from '../../test/networks.ts';
import { lacking } from '../../shared/domain/permissions.ts';

/* What each network tells of an account before anything is sent, from the strict simulators. */

let bench: NetworksBench;
beforeEach(async () => {
  bench = await startNetworks();
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|act\.|rft\.|secret/);
});

const direct = { direct: true };

describe.each(['facebook', 'instagram'] as const)('%s', (platform) => {
  it('tells which permissions there are now, and publishes nothing by being asked', async () => {
    const account = await connectedAccount(bench, platform);
    const { scopes } = await bench.networks[platform].readiness(account, direct);
    expect(lacking({ platform, via: account.via }, scopes ?? []).filter(({ needed }) => needed)).toEqual([]);
    expect(bench.meta.publicPosts()).toEqual([]);
  });

  it('leaves out what was taken back since', async () => {
    const account = await connectedAccount(bench, platform);
    const scope = platform === 'facebook' ? 'pages_manage_posts' : 'instagram_content_publish';
    await connect(bench, platform, { declined: [scope] });
    const { scopes } = await bench.networks[platform].readiness(account, direct);
    expect(scopes).not.toContain(scope);
    expect(scopes).toContain('pages_show_list');
  });

  it('refuses a login that is no longer good', async () => {
    const account = await connectedAccount(bench, platform);
    bench.meta.breakTokens({ cause: 'password', personId: bench.person.id });
    await expect(bench.networks[platform].readiness(account, direct)).rejects.toMatchObject({
      failure: { class: 'token' },
    });
  });

  it('stumbles as a network does', async () => {
    const account = await connectedAccount(bench, platform);
    const operation = platform === 'facebook' ? 'facebook.page.read' : 'instagram.content_publishing_limit';
    bench.meta.faults.add({ operation, kind: 'reset' });
    await expect(bench.networks[platform].readiness(account, direct)).rejects.toMatchObject({
      failure: { class: 'transient' },
    });
  });
});

it('instagram counts what may still be published', async () => {
  bench.meta.settings.quotaTotal = 2;
  const account = await connectedAccount(bench, 'instagram');
  const { instagram } = bench.networks;
  const left = async () => (await instagram.readiness(account, direct)).postsLeft;
  expect(await left()).toBe(2);
  const post = publication('One', [await image()]);
  await instagram.commit(account, post, (await prepare(instagram, account, post)).handle, send);
  expect(await left()).toBe(1);
});

describe('tiktok', () => {
  it('tells what the creator may choose for a direct post, and nothing of it for a draft', async () => {
    const account = await connectedAccount(bench, 'tiktok');
    const { tiktok } = bench.networks;
    expect((await tiktok.readiness(account, direct)).creator?.privacyLevels).toContain('SELF_ONLY');
    expect((await tiktok.readiness(account, { direct: false })).creator).toBeNull();
    expect(bench.tiktok.publicPosts()).toEqual([]);
    expect(bench.tiktok.inbox()).toEqual([]);
  });

  it('takes a limit of the day for one', async () => {
    const account = await connectedAccount(bench, 'tiktok');
    const body = { data: {}, error: { code: 'spam_risk_too_many_posts', message: '', log_id: 'x' } };
    bench.tiktok.faults.add({ operation: 'tiktok.creator_info', kind: 'status', value: { status: 200, body } });
    await expect(bench.networks.tiktok.readiness(account, direct)).rejects.toMatchObject({
      failure: { class: 'rate', code: 'spam_risk_too_many_posts' },
    });
  });
});

describe('ending a login', () => {
  it('at Facebook ends every token of the person, of Pages and Instagram accounts alike, and nobody else', async () => {
    const bo = bench.meta.addPerson({ name: 'Bo', pages: [{ name: 'Bakery' }] });
    const [page] = await connect(bench, 'facebook');
    const instagram = await connectedAccount(bench, 'instagram');
    const [others] = await connect(bench, 'facebook', { personId: bo.id });
    if (page === undefined || others === undefined) throw new Error('Nothing was found.');
    expect([page.loginId, others.loginId]).toEqual([bench.person.id, bo.id]);
    await bench.networks.facebook.revoke(renewableOf(page), page.loginId ?? '');
    for (const [platform, account] of [
      ['facebook', accessOf(page)],
      ['instagram', instagram],
    ] as const) {
      await expect(bench.networks[platform].readiness(account, direct)).rejects.toMatchObject({
        failure: { class: 'token', code: '190/458' },
      });
    }
    expect((await bench.networks.facebook.readiness(accessOf(others), direct)).scopes).toContain('pages_manage_posts');
    await expect(bench.networks.facebook.revoke(renewableOf(page), page.loginId ?? '')).rejects.toMatchObject({
      failure: { class: 'token' },
    });
  });
});
