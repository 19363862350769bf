import { beforeEach, describe, expect, it } from 'vitest';
import {
  addToReview,
  beginReview,
  decideInReview,
  holdReview,
  showInReview,
  stepReview,
  undecideInReview,
  useReview,
} from './review-store.ts';

const waiting = ['a', 'b', 'c'];
const current = () => useReview.getState().currentId;

beforeEach(() => {
  showInReview('');
  beginReview(waiting, {});
});

describe('the pile', () => {
  it('begins with the first, goes on and back without wrapping round, and takes in what comes', () => {
    expect(current()).toBe('a');
    stepReview(-1);
    expect(current()).toBe('a');
    stepReview(1);
    addToReview(['b', 'd']);
    expect(useReview.getState().pile).toEqual(['a', 'b', 'c', 'd']);
    for (let step = 0; step < 5; step += 1) stepReview(1);
    expect(current()).toBe('d');
  });

  it('goes on at the same post when one comes back to it', () => {
    stepReview(1);
    beginReview(waiting, {});
    expect(current()).toBe('b');
    beginReview(['c'], {});
    expect(current()).toBe('c');
  });
});

describe('a decision', () => {
  it('leads to the next that waits, then to those that were passed over, then to the end', () => {
    stepReview(1);
    decideInReview('b', 'approved', waiting);
    expect(current()).toBe('c');
    decideInReview('c', 'rejected', waiting);
    expect(current()).toBe('a');
    decideInReview('a', 'approved', waiting);
    expect(current()).toBeNull();
    expect([...useReview.getState().decided.values()]).toEqual(['approved', 'rejected', 'approved']);
  });

  it('counts at once, though the core does not know of it yet', () => {
    decideInReview('a', 'approved', waiting);
    stepReview(-1);
    decideInReview('c', 'approved', waiting);
    expect(current()).toBe('b');
  });

  it('that is taken back, or failed, brings its post back, but not into somebody’s editing', () => {
    decideInReview('a', 'approved', waiting);
    undecideInReview('a');
    expect(current()).toBe('a');
    expect(useReview.getState().trail).toEqual([]);
    decideInReview('a', 'approved', waiting);
    holdReview(true);
    undecideInReview('a');
    expect(current()).toBe('b');
    expect(useReview.getState().decided.has('a')).toBe(false);
  });
});
