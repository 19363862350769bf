import { expect, it } from 'vitest';
import { startAgency } from '../../../test/agency.ts';
import { defaultSettings, readSettings } from './settings.ts';

it('has defaults, and keeps what was changed', async () => {
  const { api } = await startAgency();
  expect(await api.settings.get()).toEqual(defaultSettings);
  await api.settings.update({ agencyName: 'Studio Mia', planAheadDays: 3 });
  await api.settings.update({ monthlyBudgetMicroUsd: null });
  expect(await api.settings.get()).toEqual({
    ...defaultSettings,
    agencyName: 'Studio Mia',
    planAheadDays: 3,
    monthlyBudgetMicroUsd: null,
  });
  await expect(api.settings.update({ planAheadDays: 0 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('falls back field by field when something stored does not fit', () => {
  const stored = { agencyName: 'Studio Mia', planAheadDays: 'many', captionModels: [] };
  expect(readSettings(stored)).toEqual({
    settings: { ...defaultSettings, agencyName: 'Studio Mia' },
    unreadable: ['captionModels', 'planAheadDays'],
  });
  for (const broken of [null, 7, 'text', []]) expect(readSettings(broken).settings).toEqual(defaultSettings);
});

it('gives new clients the zone, the language and the rules of the agency, and leaves the others as they are', async () => {
  const { api } = await startAgency();
  const before = await api.clients.create({ name: 'Before' });
  const newClientRules = {
    ...(await api.settings.get()).newClientRules,
    postsPerWeek: 5,
    platforms: ['tiktok' as const],
  };
  await api.settings.update({ agencyTimezone: 'Europe/Lisbon', agencyLanguage: 'pt', newClientRules });
  const after = await api.clients.create({ name: 'After' });
  expect(after).toMatchObject({ timezone: 'Europe/Lisbon', language: 'pt' });
  expect(await api.rules.get({ id: after.id })).toEqual(newClientRules);
  expect(before).toMatchObject({ timezone: 'UTC', language: 'en' });
  expect((await api.rules.get({ id: before.id })).postsPerWeek).toBe(3);
  expect(await api.clients.create({ name: 'Own', timezone: 'Asia/Tokyo', language: 'ja' })).toMatchObject({
    timezone: 'Asia/Tokyo',
    language: 'ja',
  });
});
