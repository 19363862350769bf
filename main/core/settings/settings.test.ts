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
