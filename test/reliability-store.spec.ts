import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskTrouble } from './reliability/disk-trouble.ts';
import { migrateFromEveryCrash } from './reliability/migrating.ts';
import { overwriteAgainAndAgain } from './reliability/overwriting.ts';
import { buildShim, cutPower } from './reliability/power-cuts.ts';
import { type Call, judgeOrder, unwatchable, watchOrder } from './reliability/write-order.ts';

/* The short form of what the store promises; docs/reliability.md tells of the long one. */

describe('the store', () => {
  it('loses nothing on a disk that is full, cannot be written, or is held by another', async () => {
    const { figures, checks } = await diskTrouble({ stride: 12 });
    expect(checks.filter(({ isGood }) => !isGood)).toEqual([]);
    expect(figures.met).toBeGreaterThan(5);
  });

  it('shows damage at the start, and what was changed is not sent', async () => {
    const verdict = await overwriteAgainAndAgain({ runs: 40, seed: 1 });
    expect(verdict.violations).toEqual([]);
    expect(verdict.seen).toBe(verdict.damaged);
    expect(verdict.stopped).toBe(verdict.changedPosts);
    expect(Math.min(verdict.damaged, verdict.changedPosts, verdict.sent, verdict.salvaged)).toBeGreaterThan(0);
  });

  it('is brought up to date from every released version and every crash', async () => {
    const verdict = await migrateFromEveryCrash();
    expect(verdict.violations).toEqual([]);
    expect(verdict.fixtures).toContain(10);
    expect(verdict.crashes).toBeGreaterThan(10);
  });

  it('keeps what it acknowledged over power cuts, which take it without FULL', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'autosocial-shim-'));
    try {
      const shim = buildShim(folder);
      if ('missing' in shim) return skip(shim.missing);
      const full = await cutPower({ cuts: 25, seed: 1, synchronous: 'FULL' }, shim.path);
      expect(full).toMatchObject({ cuts: 25, lost: 0, corrupt: 0, details: [] });
      const control = await cutPower({ cuts: 5, seed: 1, synchronous: 'NORMAL' }, shim.path);
      expect(control.lost).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a request that makes something public', () => {
  it('leaves after its own row is on the disk', async ({ skip }) => {
    const reason = unwatchable();
    if (reason !== null) return skip(reason);
    const verdict = await watchOrder(3);
    expect(verdict).toMatchObject({ requests: 6, inOrder: 6, violations: [] });
  });

  it('is seen when it leaves too early', () => {
    const id = 'attempt-1';
    const boot = '01a20667-0a1f-723f-9c09-54e55af4cf60';
    const row: Call = {
      name: 'pwrite64',
      target: '/data/autosocial.db-wal',
      text: `"\\1${id}\\2${boot}sendingAbout to`,
    };
    const sync: Call = { name: 'fdatasync', target: '/data/autosocial.db-wal', text: ') = 0' };
    const request: Call = { name: 'writev', target: 'socket:[1]', text: '[{iov_base="POST /v26.0/page_post HTTP/1.1' };
    const attempt = { id, targetId: 't', kind: 'post', remoteId: 'page_post' } as never;
    const judged = (...calls: Call[]) => judgeOrder(calls, [attempt]).violations[0] ?? 'in order';
    expect(judged(row, sync, request)).toBe('in order');
    expect(judged(row, request, sync)).toMatch(/before its row was synced/);
    expect(judged(request, row, sync)).toMatch(/before its row was written/);
    expect(judged(sync, request)).toMatch(/never written/);
    expect(judged(row, sync, request, request)).toMatch(/seen 2 times/);
  });
});
