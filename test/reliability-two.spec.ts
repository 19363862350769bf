import { expect, it } from 'vitest';
import { disturbTwoHosts } from './reliability/two-hosts.ts';

/* The short form of rel:two, without waiting until everything has come to its end. */

it('two hosts on one data folder publish nothing twice, and never both', { timeout: 180_000 }, async () => {
  const { violations, sendings, epochs } = await disturbTwoHosts({ seconds: 1, seed: 1, isSettled: false });
  expect(violations).toEqual([]);
  expect(sendings).toBeGreaterThan(0);
  expect(epochs).toBeGreaterThan(3);
});
