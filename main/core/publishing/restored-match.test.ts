import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RemotePost } from '../ports/index.ts';
import { type Finding, findWanted, reasonToHold, type Wanted } from './restored-match.ts';

const shown = (remoteId: string, text: string, change: Partial<RemotePost> = {}): RemotePost => ({
  remoteId,
  text,
  isTextCut: false,
  at: 0,
  permalink: null,
  ...change,
});
const want = (targetId: string, text: string, claim: Wanted['claim'] = 'due'): Wanted => ({ targetId, text, claim });
const kinds = (wanted: Wanted[], posts: RemotePost[]): string[] =>
  [...findWanted(wanted, posts)].map(([id, finding]) =>
    finding.kind === 'live' ? `${id} is ${finding.post.remoteId}` : `${id} ${finding.kind}`,
  );

describe('a target', () => {
  it('is the one post with its words, whatever the network did to blanks', () => {
    expect(
      kinds([want('a', 'Fresh  bread\n\n#bakery')], [shown('1', 'Fresh bread #bakery '), shown('2', 'Cake')]),
    ).toEqual(['a is 1']);
  });

  it('is not guessed among several', () => {
    expect(kinds([want('a', 'Bread')], [shown('1', 'Bread'), shown('2', 'Bread')])).toEqual(['a several']);
  });

  it('shares no post with another one that could be it too', () => {
    expect(kinds([want('a', 'Bread'), want('b', 'Bread')], [shown('1', 'Bread')])).toEqual(['a several', 'b several']);
    expect(kinds([want('a', 'Bread'), want('b', 'Bread', 'open')], [shown('1', 'Bread')])).toEqual([
      'a several',
      'b several',
    ]);
  });

  it('that is due comes before one that is due later', () => {
    const wanted = [want('later', 'Happy Monday', 'later'), want('now', 'Happy Monday')];
    expect(kinds(wanted, [shown('1', 'Happy Monday')])).toEqual(['now is 1', 'later absent']);
  });

  it('is known by the beginning of its text when the network shows no more', () => {
    const cut = shown('1', 'A long text that', { isTextCut: true });
    expect(kinds([want('a', 'A long text that goes on')], [cut])).toEqual(['a is 1']);
    expect(kinds([want('a', 'A long text that goes on')], [{ ...cut, isTextCut: false }])).toEqual(['a absent']);
    expect(kinds([want('a', 'A long text that goes on'), want('b', 'A long text that ends')], [cut])).toEqual([
      'a several',
      'b several',
    ]);
  });

  it('without words is never recognised', () => {
    expect(kinds([want('a', ' ')], [shown('1', '')])).toEqual(['a absent']);
  });

  it('never gets a post that another one got, whatever is asked', () => {
    const texts = fc.constantFrom('a', 'b', 'ab', '');
    const posts = fc.array(fc.record({ text: texts, isTextCut: fc.boolean() }), { maxLength: 5 });
    const claims = fc.constantFrom<Wanted['claim']>('due', 'open', 'waiting', 'later');
    const wanted = fc.array(fc.record({ text: texts, claim: claims }), { maxLength: 6 });
    fc.assert(
      fc.property(wanted, posts, (some, others) => {
        const all = some.map(({ text, claim }, index) => want(String(index), text, claim));
        const findings = findWanted(
          all,
          others.map((post, index) => shown(String(index), post.text, post)),
        );
        const taken = [...findings.values()].flatMap((one) => (one.kind === 'live' ? one.post.remoteId : []));
        expect(findings.size).toBe(all.length);
        expect(new Set(taken).size).toBe(taken.length);
      }),
    );
  });
});

describe('the reason to hold', () => {
  const mark = { from: '2026-11-24.hourly.s10' };
  const live: Finding = { kind: 'live', post: shown('1', 'Bread') };

  it('says why nobody can tell', () => {
    const reasons = ([{ kind: 'absent' }, { kind: 'several' }, { kind: 'silent', why: 'it was down' }] as const).map(
      (finding) => reasonToHold('due', finding, mark),
    );
    for (const reason of reasons)
      expect(reason).toMatch(/^This post may already be live: it was due after the backup was taken/);
    expect(new Set(reasons).size).toBe(3);
    expect(reasons[2]).toContain('it was down');
    expect(reasonToHold('due', { kind: 'absent' }, { from: 'copy' })).toContain('after this copy was made');
  });

  it('is there for what is due later only when its words have appeared', () => {
    expect(reasonToHold('later', live, mark)).toContain('a post with these words has appeared');
    expect(reasonToHold('later', { kind: 'absent' }, mark)).toBeNull();
    expect(reasonToHold('later', { kind: 'silent', why: '' }, mark)).toBeNull();
    expect(reasonToHold('maybe', { kind: 'absent' }, mark)).toBeNull();
  });

  it('is there for what is due later when nobody knows whether it went out early', () => {
    expect(reasonToHold('maybe', { kind: 'silent', why: 'it was down' }, mark)).toContain('published it early');
  });

  it('is not needed for what would not be sent anyway', () => {
    expect(reasonToHold('open', live, mark)).toBeNull();
    expect(reasonToHold('waiting', { kind: 'absent' }, mark)).toBeNull();
  });
});
