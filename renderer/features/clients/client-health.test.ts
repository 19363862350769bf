import { describe, expect, it } from 'vitest';
import type { ClientGlance } from '../../../shared/contract/clients.ts';
import { healthOf, reasonInWords } from './client-health.ts';
import { findClients } from './find-clients.ts';

const fine: ClientGlance = {
  id: 'a',
  name: 'Café Uno',
  status: 'active',
  timezone: 'Europe/Berlin',
  language: 'de',
  brandVoice: '',
  createdAt: '2026-11-24T12:00:00Z',
  color: null,
  accounts: [{ id: 'f', platform: 'facebook', displayName: 'Café Uno', status: 'connected' }],
  nextPostAt: null,
  toReview: 4,
  needsYou: 0,
  atRisk: 0,
  planned: 3,
  wanted: 5,
};
const account = (platform: 'facebook' | 'tiktok', status: 'reconnect' | 'expiring') => ({
  ...fine.accounts[0]!,
  platform,
  status,
});
const words = (change: Partial<ClientGlance>, isStopped = false) =>
  healthOf({ ...fine, ...change }, isStopped).reasons.map(reasonInWords);
const level = (change: Partial<ClientGlance>, isStopped = false) => healthOf({ ...fine, ...change }, isStopped).level;

describe('healthOf', () => {
  it('is calm while posts only wait for a review', () => {
    expect(level({})).toBe('good');
    expect(words({})).toEqual([]);
  });

  it('names what a person must do first, and everything else after it', () => {
    const change = { accounts: [account('tiktok', 'reconnect')], needsYou: 1, atRisk: 2, planned: 0 };
    expect(level(change)).toBe('act');
    expect(words(change)).toEqual([
      'TikTok must be connected again',
      '1 post needs you',
      '2 posts at risk',
      'Nothing planned for the next 7 days',
    ]);
    expect(words(change, true)[0]).toBe('Stopped: nothing goes out');
    expect(words({ accounts: [account('tiktok', 'reconnect'), account('facebook', 'reconnect')] })).toEqual([
      '2 accounts must be connected again',
    ]);
  });

  it('only asks to look where nothing fails yet', () => {
    expect(level({ planned: 0 })).toBe('watch');
    expect(level({ accounts: [] })).toBe('watch');
    expect(level({ accounts: [account('facebook', 'expiring')] })).toBe('watch');
    expect(level({ planned: 0, wanted: 0 })).toBe('good');
  });

  it('leaves clients that rest on purpose alone, but not their posts that fail', () => {
    expect(level({ status: 'paused', planned: 0 })).toBe('rest');
    expect(words({ status: 'onboarding', accounts: [], planned: 0 })).toEqual(['Being set up']);
    expect(level({ status: 'paused', needsYou: 1 })).toBe('act');
    expect(words({ status: 'archived', needsYou: 3 }, true)).toEqual(['Archived']);
  });
});

describe('findClients', () => {
  const all = [
    { ...fine, id: 'anna', name: 'Anna’s Élan', planned: 5, nextPostAt: '2026-12-02T08:00:00Z' },
    { ...fine, id: 'bo', name: 'Bo', planned: 0 },
    { ...fine, id: 'cy', name: 'Cy Elan', needsYou: 1, toReview: 9, nextPostAt: '2026-12-01T08:00:00Z' },
    { ...fine, id: 'di', name: 'Di', status: 'paused' as const },
  ].map((client) => ({ client, health: healthOf(client, false) }));
  const ids = (query: Parameters<typeof findClients>[1]) => findClients(all, query).map(({ client }) => client.id);

  it('puts the most pressing first, and else orders as asked', () => {
    expect(ids({})).toEqual(['cy', 'bo', 'anna', 'di']);
    expect(ids({ sort: 'name' })).toEqual(['anna', 'bo', 'cy', 'di']);
    expect(ids({ sort: 'next' })).toEqual(['cy', 'anna', 'bo', 'di']);
    expect(ids({ sort: 'planned' })).toEqual(['bo', 'cy', 'di', 'anna']);
    expect(ids({ sort: 'review' })[0]).toBe('cy');
  });

  it('finds by words without accents, by health and by status, all at once', () => {
    expect(ids({ q: 'elan' })).toEqual(['cy', 'anna']);
    expect(ids({ q: 'ÉLAN anna' })).toEqual(['anna']);
    expect(ids({ q: 'elan', health: 'act' })).toEqual(['cy']);
    expect(ids({ status: 'paused' })).toEqual(['di']);
    expect(ids({ q: '(' })).toEqual([]);
  });
});
