import { beforeEach, expect, it } from 'vitest';
import { type Agency, connectAccount, day, found, startAgency } from '../../../test/agency.ts';

let agency: Agency;
let clientId: string;

beforeEach(async () => {
  agency = await startAgency();
  clientId = (await agency.api.clients.create({ name: 'Café Uno', language: 'de' })).id;
});

async function link(expiresInDays?: number) {
  const { url } = await agency.api.accounts.onboardingLink({ id: clientId, expiresInDays });
  return url.split('/').at(-1) ?? '';
}

it('gives the token once and keeps only its hash', async () => {
  const { url, deepLink, expiresAt } = await agency.api.accounts.onboardingLink({ id: clientId });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4680\/onboard\/[A-Za-z0-9_-]{43}$/);
  const token = url.split('/').at(-1) ?? '';
  expect(deepLink).toBe(`autosocial://onboard/${token}`);
  expect(expiresAt).toBe('2026-12-08T12:00:00.000Z');
  const row = await agency.store.connections.linkByHash(agency.ports.digest.sha256(token));
  expect(row).toMatchObject({ clientId, uses: 0 });
  expect(JSON.stringify(row)).not.toContain(token);
  expect(JSON.stringify((await agency.api.logs({})).items)).not.toContain(token);
});

it('shows the client and what is connected, and counts visits', async () => {
  const token = await link();
  await connectAccount(agency, clientId);
  await agency.core.onboarding.open(token);
  expect(await agency.core.onboarding.open(token)).toMatchObject({
    kind: 'open',
    client: { id: clientId, name: 'Café Uno', language: 'de' },
    accounts: [{ platform: 'facebook', status: 'connected' }],
  });
  expect(await agency.store.connections.linkByHash(agency.ports.digest.sha256(token))).toMatchObject({ uses: 2 });
});

it('refuses what is unknown, too old, taken back, or of a client that is gone', async () => {
  const code = async (token: string) => {
    const opened = await agency.core.onboarding.open(token);
    return opened.kind === 'refused' ? opened.code : opened.kind;
  };
  expect(await code('')).toBe('unknown');
  expect(await code('\ud800')).toBe('unknown');
  const short = await link(1);
  const revoked = await link();
  const [newest] = (await agency.api.accounts.onboardingLinks({ id: clientId })).items;
  await agency.api.accounts.revokeOnboardingLink({ id: clientId, linkId: newest?.id ?? '' });
  expect(await code(revoked)).toBe('revoked');
  const orphan = await link();
  await agency.time.pass(day, () => Promise.resolve());
  expect(await code(short)).toBe('expired');
  await agency.api.clients.delete({ id: clientId });
  expect(await code(orphan)).toBe('revoked');
});

it('lets the client connect its own account, and only while the link is good', async () => {
  const token = await link(1);
  const redirectUri = 'http://127.0.0.1:4680/api/auth/facebook/callback';
  const start = () =>
    agency.core.connect.start({ platform: 'facebook', redirectUri, window: 'tab', onboardingToken: token });
  agency.facebook.found = [found()];
  const state = new URL(await start()).searchParams.get('state') ?? '';
  const result = await agency.core.connect.finish({
    platform: 'facebook',
    state,
    code: 'code',
    error: null,
    windows: ['tab'],
  });
  expect(result).toMatchObject({ kind: 'connected', next: { kind: 'onboarding', token } });
  expect((await agency.api.logs({ kind: 'account.connected' })).items).toMatchObject([{ actor: 'onboarding link' }]);
  await agency.time.pass(day, () => Promise.resolve());
  await expect(start()).rejects.toMatchObject({ reason: 'link_expired' });
});

it('lists links without their tokens, says how each stands, and revokes', async () => {
  const tokens = [await link(1), await link(), await link(), await link()];
  await agency.core.onboarding.open(tokens[1] ?? '');
  await agency.core.onboarding.finish(tokens[2] ?? '');
  const list = async () => (await agency.api.accounts.onboardingLinks({ id: clientId })).items;
  const [newest] = await list();
  await agency.api.accounts.revokeOnboardingLink({ id: clientId, linkId: newest?.id ?? '' });
  await agency.api.accounts.revokeOnboardingLink({ id: clientId, linkId: newest?.id ?? '' });
  await agency.time.pass(day, () => Promise.resolve());
  const links = await list();
  expect(links.map(({ state }) => state).sort()).toEqual(['done', 'expired', 'open', 'revoked']);
  expect(links.find(({ state }) => state === 'open')).toMatchObject({
    uses: 1,
    lastUsedAt: '2026-11-24T12:00:00.000Z',
  });
  for (const token of tokens) expect(JSON.stringify(links)).not.toContain(token);
  expect((await agency.api.logs({ kind: 'onboarding.link_revoked' })).items).toHaveLength(1);
  const other = await agency.api.clients.create({ name: 'Bar Due' });
  await expect(
    agency.api.accounts.revokeOnboardingLink({ id: other.id, linkId: newest?.id ?? '' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('ends when the client has finished, and tells the agency at once', async () => {
  const token = await link();
  const told: string[] = [];
  agency.core.changes.subscribe(({ type }) => told.push(type));
  expect(await agency.core.onboarding.finish(token)).toMatchObject({ kind: 'open', client: { name: 'Café Uno' } });
  expect(told).toContain('link.changed');
  expect((await agency.api.logs({ kind: 'onboarding.done' })).items).toMatchObject([{ clientId }]);
  expect(await agency.core.onboarding.open(token)).toMatchObject({ kind: 'refused', code: 'done' });
  expect(await agency.core.onboarding.finish(token)).toMatchObject({ kind: 'refused', code: 'done' });
});

it('that ends during a login connects nothing', async () => {
  const redirectUri = 'http://127.0.0.1:4680/api/auth/facebook/callback';
  const begin = async (token: string) => {
    const url = await agency.core.connect.start({
      platform: 'facebook',
      redirectUri,
      window: 'tab',
      onboardingToken: token,
    });
    return new URL(url).searchParams.get('state') ?? '';
  };
  const finish = (state: string) =>
    agency.core.connect.finish({ platform: 'facebook', state, code: 'code', error: null, windows: ['tab'] });
  agency.facebook.found = [found(), found({ remoteId: 'page-2' })];
  const token = await link();
  const late = await begin(token);
  const offer = await finish(await begin(token));
  if (offer.kind !== 'choose') throw new Error(offer.kind);
  await agency.core.onboarding.finish(token);
  expect(await finish(late)).toMatchObject({ kind: 'refused', code: 'gone' });
  expect(agency.facebook.exchanged).toHaveLength(1);
  await expect(
    agency.core.connect.choose(offer.choiceToken, { remoteIds: ['page-1'], windows: ['tab'] }),
  ).rejects.toMatchObject({ reason: 'ended' });
  expect(await agency.store.accounts.listAll()).toEqual([]);
});
