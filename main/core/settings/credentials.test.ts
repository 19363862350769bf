import { expect, it } from 'vitest';
import { startAgency } from '../../../test/agency.ts';
import { credentialOf, hintOf } from './credential-shapes.ts';
import { Unprocessable } from '../errors.ts';

it('takes keys in, seals them, and never shows them', async () => {
  const agency = await startAgency();
  const { api, core, store } = agency;
  const key = 'gsk_a-very-long-key-1234';
  expect(await api.credentials.put({ params: { provider: 'groq' }, body: { apiKey: key } })).toEqual({
    provider: 'groq',
    configured: true,
    hint: '…1234',
    source: 'stored',
  });
  await api.credentials.put({
    params: { provider: 'tiktok' },
    body: { clientKey: 'aw123', clientSecret: 'a-very-secret-secret' },
  });
  const shown = JSON.stringify([await api.credentials.list(), await api.logs({}), await store.settings.credentials()]);
  expect(shown).not.toContain(key);
  expect(shown).not.toContain('a-very-secret-secret');
  expect(agency.logged.join()).not.toContain(key);
  expect((await core.credentials.secretsOf('groq'))?.apiKey.reveal()).toBe(key);
  expect(await core.credentials.secretsOf('tiktok')).toMatchObject({ clientKey: 'aw123' });
  expect(await core.credentials.secretsOf('meta')).toBeNull();
});

it('lets the environment win, and refuses to change what comes from there', async () => {
  const { api, core } = await startAgency({ fixed: { groq: { apiKey: 'gsk_from-the-environment' } } });
  expect(await api.credentials.get({ provider: 'groq' })).toMatchObject({ source: 'environment', hint: '…ment' });
  await expect(
    api.credentials.put({ params: { provider: 'groq' }, body: { apiKey: 'another' } }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'environment' } });
  expect((await core.credentials.secretsOf('groq'))?.apiKey.reveal()).toBe('gsk_from-the-environment');
});

it('takes no real key into the sandbox', async () => {
  const { api } = await startAgency({ profile: 'sandbox', fixed: { groq: { apiKey: 'sandbox' } } });
  expect(await api.credentials.get({ provider: 'groq' })).toMatchObject({ source: 'sandbox' });
  await expect(
    api.credentials.put({ params: { provider: 'meta' }, body: { appId: '1', appSecret: '2' } }),
  ).rejects.toMatchObject({ data: { reason: 'sandbox' } });
});

it('writes and opens nothing while the app is locked', async () => {
  const { api, core, lock } = await startAgency();
  await api.credentials.put({ params: { provider: 'groq' }, body: { apiKey: 'gsk_first-key' } });
  lock.reason = 'The key is missing.';
  await expect(
    api.credentials.put({ params: { provider: 'groq' }, body: { apiKey: 'gsk_second-key' } }),
  ).rejects.toMatchObject({ code: 'LOCKED' });
  await expect(core.credentials.secretsOf('groq')).rejects.toMatchObject({ name: 'Locked' });
  expect(await api.credentials.get({ provider: 'groq' })).toMatchObject({ configured: true });
});

it('understands the names that people use for the same thing', () => {
  expect(credentialOf('groq', { apiToken: 'a' })).toEqual({ apiKey: 'a' });
  expect(credentialOf('replicate', { apiKey: 'a' })).toEqual({ apiToken: 'a' });
  expect(credentialOf('replicate', { token: 'a' })).toEqual({ apiToken: 'a' });
  expect(credentialOf('meta', { clientId: '1', clientSecret: 's' })).toEqual({ appId: '1', appSecret: 's' });
  expect(credentialOf('tiktok', { key: '1', secret: 's' })).toEqual({ clientKey: '1', clientSecret: 's' });
});

it('refuses what is missing, doubled or foreign, in words', () => {
  expect(() => credentialOf('meta', { appId: '1' })).toThrow('Meta needs appSecret. Give appId, appSecret.');
  expect(() => credentialOf('groq', {})).toThrow(Unprocessable);
  expect(() => credentialOf('groq', { apiKey: 'a', token: 'b' })).toThrow('apiKey is given more than once.');
  expect(() => credentialOf('groq', { apiKey: 'a', appSecret: 'b' })).toThrow('Groq has no appSecret.');
});

it('gives a hint that does not give a short key away', () => {
  expect(hintOf('groq', { apiKey: 'short' })).toBe('…');
  expect(hintOf('meta', { appId: '4711', appSecret: 'secret' })).toBe('4711');
});
