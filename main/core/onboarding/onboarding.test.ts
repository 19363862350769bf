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
  const { id } = (await agency.store.connections.linkByHash(agency.ports.digest.sha256(revoked))) ?? { id: '' };
  await agency.store.connections.updateLink(id, { revokedAt: agency.time.now() });
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
  const start = () => agency.core.connect.start({ platform: 'facebook', redirectUri, onboardingToken: token });
  agency.facebook.found = [found()];
  const state = new URL(await start()).searchParams.get('state') ?? '';
  const result = await agency.core.connect.finish({ platform: 'facebook', state, code: 'code', error: null });
  expect(result).toMatchObject({ kind: 'connected', next: { kind: 'onboarding', token } });
  expect((await agency.api.logs({ kind: 'account.connected' })).items).toMatchObject([{ actor: 'onboarding link' }]);
  await agency.time.pass(day, () => Promise.resolve());
  await expect(start()).rejects.toMatchObject({ reason: 'link_expired' });
});
