import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Capacity } from './capacity.ts';

describe('capacity', () => {
  it('is never exceeded but by one alone, keeps the order, and lets everything end', async () => {
    const amounts = fc.array(fc.record({ amount: fc.integer({ min: 0, max: 15 }), fails: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(amounts, async (works) => {
        const capacity = new Capacity(10);
        const running: number[] = [];
        const begun: number[] = [];
        const endings = works.map(({ amount, fails }, index) =>
          capacity.during(amount, async () => {
            begun.push(index);
            running.push(amount);
            const held = running.reduce((sum, other) => sum + other, 0);
            expect(held <= 10 || running.filter((other) => other > 0).length === 1).toBe(true);
            await Promise.resolve();
            running.splice(running.indexOf(amount), 1);
            if (fails) throw new Error('failed');
          }),
        );
        const ended = await Promise.allSettled(endings);
        expect(ended.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails));
        const waited = begun.filter((index) => (works[index]?.amount ?? 0) > 0);
        expect(waited).toEqual(waited.toSorted((a, b) => a - b));
      }),
    );
  });

  it('lets pass what needs nothing while it is full', async () => {
    const capacity = new Capacity(1);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const full = capacity.during(1, () => opened);
    expect(await capacity.during(0, () => Promise.resolve('passed'))).toBe('passed');
    open();
    await full;
  });
});
