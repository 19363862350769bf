import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Agency, connectedClient, day, hour, minute, noon, startAgency } from '../../../test/agency.ts';
import { BackupFailed } from '../ports/index.ts';

let agency: Agency;

beforeEach(async () => {
  agency = await startAgency();
});

const taken = async (): Promise<string[]> => (await agency.api.backups.list()).items.map(({ occasion }) => occasion);

/** What the job does at its time. */
const look = (): Promise<void> => agency.core.backUps.takeHourly();

/** Ten minutes pass at a time, as between two looks. */
async function lookFor(ms: number, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  for (let passed = 0; passed < ms; passed += 10 * minute) {
    agency.time.step(10 * minute);
    await meanwhile();
    await look();
  }
}

describe('backups by themselves', () => {
  it('are at most 65 minutes old while something changes', async () => {
    const { clientId } = await connectedClient(agency);
    await look();
    for (let passed = 0; passed < 5 * hour; passed += 10 * minute) {
      agency.time.step(10 * minute);
      await agency.api.clients.update({ id: clientId, brandVoice: `Voice ${passed}` });
      const [newest] = (await agency.api.backups.list()).items;
      expect(agency.time.now() - Date.parse(newest?.takenAt ?? '')).toBeLessThanOrEqual(65 * minute);
      await look();
    }
    expect((await taken()).length).toBe(6);
  });

  it('are not taken while nothing changes, but jobs run', async () => {
    await look();
    await lookFor(3 * hour, () => agency.api.jobs.run({ name: 'refresh-tokens' }));
    expect(await taken()).toEqual(['hourly']);
    await agency.api.clients.create({ name: 'Café Uno' });
    await look();
    expect(await taken()).toEqual(['hourly', 'hourly']);
  });

  it('are taken again after one failed', async () => {
    const take = vi.spyOn(agency.ports.backups, 'take').mockRejectedValueOnce(new BackupFailed('The disk is full.'));
    expect(await agency.api.jobs.run({ name: 'back-up' })).toMatchObject({ lastError: 'The disk is full.' });
    await look();
    expect(take).toHaveBeenCalledTimes(2);
    expect(await taken()).toEqual(['hourly']);
  });

  it('do not come to a stop by a clock that was in the future', async () => {
    agency.time.step(400 * day);
    await look();
    agency.time.step(-400 * day);
    await lookFor(2 * hour, () => agency.api.clients.create({ name: 'Café Uno' }));
    expect((await taken()).length).toBe(3);
  });

  it('go on while everything is stopped and the key is missing', async () => {
    await agency.api.killSwitch.set({ scope: 'global', engaged: true });
    agency.lock.reason = 'The key is missing.';
    await look();
    expect(await taken()).toEqual(['hourly']);
  });

  it('are taken at the end when something changed since the last', async () => {
    const { backUps } = agency.core;
    await look();
    await backUps.takeLast('quit');
    expect(await taken()).toEqual(['hourly']);
    await agency.api.clients.create({ name: 'Café Uno' });
    agency.time.step(hour);
    await backUps.takeLast('quit');
    expect(await taken()).toEqual(['quit', 'hourly']);
  });

  it('that fail at the end do not keep the app from ending', async () => {
    vi.spyOn(agency.ports.backups, 'take').mockRejectedValueOnce(new BackupFailed('The disk is full.'));
    await agency.core.backUps.takeLast('quit');
    expect(agency.logged.at(-1)).toContain('The disk is full.');
  });

  it('are thinned out as they grow older', async () => {
    await look();
    for (let day = 0; day < 3; day += 1) {
      await lookFor(24 * hour, () => agency.api.clients.create({ name: `Client ${day}` }));
    }
    const { items } = await agency.api.backups.list();
    expect(items.filter(({ takenAt }) => Date.parse(takenAt) > agency.time.now() - 24 * hour)).toHaveLength(24);
    expect(items.length).toBeLessThan(24 + 4);
  }, 60_000);
});

describe('a backup by hand', () => {
  it('is taken at once, by call or by job', async () => {
    const backup = await agency.api.backups.create();
    expect(backup).toMatchObject({ occasion: 'person', posts: 0, clients: 0 });
    agency.time.step(1);
    await agency.api.jobs.run({ name: 'back-up' });
    expect(await taken()).toEqual(['person', 'person']);
  });

  it('that cannot be taken says why', async () => {
    vi.spyOn(agency.ports.backups, 'take').mockRejectedValueOnce(new BackupFailed('The disk is full.'));
    await expect(agency.api.backups.create()).rejects.toMatchObject({ code: 'CONFLICT', message: 'The disk is full.' });
  });

  it('does not hold up the app', async () => {
    await agency.store.transaction(async (within) => {
      for (let number = 0; number < 10_000; number += 1) {
        await within.activity.insert({
          id: `activity-${number}`,
          at: noon,
          actor: 'mia',
          kind: 'test',
          level: 'info',
          message: 'x'.repeat(6_000),
          clientId: null,
          postId: null,
          accountId: null,
          detail: null,
        });
      }
    });
    // The first starts the worker.
    await agency.api.backups.create();
    const before = process.cpuUsage();
    await agency.api.backups.create();
    const { user, system } = process.cpuUsage(before);
    // Copying and checking 60 MB takes several times as much; what is done in this process is a small file.
    expect((user + system) / 1_000).toBeLessThan(100);
  });
});

describe('a restore', () => {
  it('is the host`s to do, once the backup was read whole', async () => {
    const { id } = await agency.api.backups.create();
    expect(await agency.api.backups.restore({ id })).toEqual({ restarting: true });
    expect(agency.restarts).toEqual([id]);
    const [newest] = (await agency.api.logs({})).items;
    expect(newest).toMatchObject({ kind: 'backup.restoring', actor: 'mia', level: 'warning' });
  });

  it('never removes the backup that is to be restored, to make room for the one taken before it', async () => {
    const { backUps } = agency.core;
    const { id } = await backUps.take('restore');
    for (const occasion of ['restore', 'restore'] as const) {
      agency.time.step(minute);
      await backUps.take(occasion);
    }
    await agency.api.backups.restore({ id });
    agency.time.step(minute);
    // What the host does before it puts the backup in place.
    await backUps.takeLast('restore');
    expect((await agency.api.backups.list()).items.map((backup) => backup.id)).toContain(id);
  });

  it('of nothing, or of what has changed, is refused', async () => {
    await expect(agency.api.backups.restore({ id: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(agency.api.backups.restore({ id: '../../etc' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { id } = await agency.api.backups.create();
    changeAByte(join(agency.ports.backups.folder, `${id}.db`));
    await expect(agency.api.backups.restore({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'backup_unusable' },
    });
    expect(agency.restarts).toEqual([]);
  });
});

describe('the drill', () => {
  it('opens the newest backup, all logins in it, and says what it found', async () => {
    const { clientId, accountId } = await connectedClient(agency);
    const post = await agency.api.pipeline.create({
      clientId,
      caption: 'Fresh bread',
      scheduledFor: new Date(noon + hour).toISOString(),
      targets: [{ accountId }],
    });
    await agency.api.pipeline.approve({ id: post.id });
    await agency.api.backups.create();
    agency.time.step(2 * hour);
    const drill = await agency.core.backUps.drills.run();
    expect(drill).toMatchObject({ at: '2026-11-24T14:00:00.000Z', isGood: true });
    expect(drill.message).toContain('1 post, 1 client, 1 login that opens. 1 post would be due.');
    expect((await agency.api.backups.list()).lastDrill).toEqual(drill);
    // A rehearsal: nothing was published, and nothing stays behind.
    expect((await agency.api.pipeline.get({ id: post.id })).status).toBe('approved');
    expect(readdirSync(agency.ports.backups.folder)).toHaveLength(2);
  });

  it('that fails is news', async () => {
    const { id } = await agency.api.backups.create();
    changeAByte(join(agency.ports.backups.folder, `${id}.db`));
    await agency.api.jobs.run({ name: 'restore-drill' });
    const { lastDrill } = await agency.api.backups.list();
    expect(lastDrill).toMatchObject({ isGood: false, message: expect.stringContaining('changed') });
    const { items } = await agency.api.logs({ level: 'error' });
    expect(items.map(({ kind }) => kind)).toEqual(['backup.drill_failed']);
  });

  it('fails when a login does not open with the key at hand', async () => {
    const { accountId } = await connectedClient(agency);
    const account = await agency.store.accounts.get(accountId);
    const bytes = Buffer.from(account?.sealedAccessToken ?? '', 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await agency.store.accounts.update(accountId, { sealedAccessToken: bytes.toString('base64') });
    await agency.api.backups.create();
    expect(await agency.core.backUps.drills.run()).toMatchObject({
      isGood: false,
      message: expect.stringContaining(accountId),
    });
  });

  it('is run once a week, and again a day after it failed', async () => {
    const { drills } = agency.core.backUps;
    const rehearse = vi.spyOn(agency.ports.backups, 'rehearse');
    await drills.runWhenDue();
    expect(rehearse).not.toHaveBeenCalled();
    await agency.api.backups.create();
    for (let hours = 0; hours < 14 * 24; hours += 1) {
      await drills.runWhenDue();
      agency.time.step(hour);
    }
    expect(rehearse).toHaveBeenCalledTimes(2);
    rehearse.mockRejectedValueOnce(new BackupFailed('It is gone.'));
    for (let hours = 0; hours < 2 * 24; hours += 1) {
      await drills.runWhenDue();
      agency.time.step(hour);
    }
    expect(rehearse).toHaveBeenCalledTimes(4);
  });
});

describe('diagnostics', () => {
  it('tell states, counts and times, and nothing that people wrote', async () => {
    const { clientId, accountId } = await connectedClient(agency);
    await agency.api.settings.update({ agencyName: 'Bright & Co' });
    await agency.api.pipeline.create({
      clientId,
      caption: 'Fresh bread',
      firstComment: 'Still warm',
      scheduledFor: new Date(noon + hour).toISOString(),
      targets: [{ accountId }],
    });
    await agency.api.killSwitch.set({ scope: 'client', id: clientId, engaged: true, reason: 'Quarrel with Ana' });
    await agency.api.backups.create();
    agency.ports.log.error('a call failed', { id: 'x1', error: 'Fresh bread was not taken by Café Uno' });
    const diagnostics = await agency.api.diagnostics();
    expect(diagnostics).toMatchObject({
      takenAt: '2026-11-24T12:00:00.000Z',
      version: '0.1.0',
      profile: 'live',
      isLocked: false,
      halts: [],
      store: { journal: { events: 0, brokenAt: null } },
      counts: { clients: { total: 1 }, posts: { in_review: expect.any(Number) } },
      backups: { items: [{ occasion: 'person' }] },
    });
    const text = JSON.stringify(diagnostics);
    for (const known of [clientId, accountId, 'kill_switch.engaged', 'a call failed', 'x1', 'facebookTwoPhase']) {
      expect(text).toContain(known);
    }
    for (const private_ of ['Café', 'cafeuno', 'Bright', 'Fresh', 'warm', 'Quarrel', 'token-of', 'sealed']) {
      expect(text).not.toContain(private_);
    }
  });
});

function changeAByte(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
