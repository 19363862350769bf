import { describe, expect, it } from 'vitest';
import { restoreAll } from './reliability/restoring-all.ts';

/* The short form of rel:restore; docs/reliability.md tells of the long one. */

describe('data that is older than what was sent', () => {
  it('is settled before anything is sent: nothing twice, nothing lost', async () => {
    const { checks, figures } = await restoreAll({ scenarios: 8, megabytes: 5 });
    expect(checks.filter(({ isGood }) => !isGood)).toEqual([]);
    expect(figures).toMatchObject({ scenarios: 8, duplicates: 0 });
  });
});
