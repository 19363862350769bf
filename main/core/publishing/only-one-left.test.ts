import { expect, it } from 'vitest';
import type { LookUp } from '../ports/index.ts';
import { onlyOneLeft } from './only-one-left.ts';

const unnamed = { kind: 'published', remoteId: null, permalink: null };
const a = { remoteId: 'a', permalink: 'https://example.com/a' };
const b = { remoteId: 'b', permalink: null };

/** @param known ids that other attempts on the account are bound to */
const left = (found: LookUp, ...known: string[]) =>
  onlyOneLeft(
    { isBound: (account, id) => Promise.resolve(account === 'gram-1' && known.includes(id)) },
    { remoteAccountId: 'gram-1' },
    found,
  );
const oneOf = (...posts: (typeof a | typeof b)[]): LookUp => ({
  kind: 'published',
  remoteId: null,
  permalink: null,
  oneOf: posts,
});

it('is the only one there, or the only one that is nobody else’s', async () => {
  expect(await left(oneOf(a))).toEqual({ kind: 'published', ...a });
  expect(await left(oneOf(a, b), 'a')).toEqual({ kind: 'published', ...b });
});

it('stays unknown while it may be several, or none is left', async () => {
  expect(await left(oneOf(a, b))).toEqual(unnamed);
  expect(await left(oneOf(a), 'a')).toEqual(unnamed);
  expect(await left(oneOf())).toEqual(unnamed);
});

it('says that a post is live of which that was not sure', async () => {
  const unsure: LookUp = { kind: 'ambiguous', detail: '2 posts could be this one.', oneOf: [a, b] };
  expect(await left(unsure, 'a')).toEqual({ kind: 'published', ...b });
  expect(await left(unsure)).toBe(unsure);
  expect(await left(unsure, 'a', 'b')).toBe(unsure);
});

it('leaves every other answer alone', async () => {
  const plain: LookUp = { kind: 'published', remoteId: 'a', permalink: null };
  expect(await left(plain, 'a')).toBe(plain);
  expect(await left({ kind: 'absent' })).toEqual({ kind: 'absent' });
});
