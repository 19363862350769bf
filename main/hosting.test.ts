import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Endpoints } from './boot.ts';
import { rememberingLog } from './host/recent-log.ts';
import { systemTimers } from './host/time.ts';
import { type Distress, type Door, type Hosting, type HostingOptions, startHosting } from './hosting.ts';
import { type Places, placesOf } from './places.ts';
import { rescuePageApp } from './web/rescue-app.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:9';
const endpoints: Endpoints = {
  groq: nowhere,
  replicate: nowhere,
  replicateDelivery: nowhere,
  facebookGraph: nowhere,
  facebookVideo: nowhere,
  facebookWww: nowhere,
  facebookRupload: nowhere,
  instagramGraph: nowhere,
  instagramApi: nowhere,
  instagramWww: nowhere,
  tiktokApi: nowhere,
  tiktokWww: nowhere,
};

function hostOptions(): HostingOptions & { places: Places } {
  const dataDir = mkdtempSync(join(tmpdir(), 'autosocial-hosting-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return {
    profile: 'live',
    dataDir,
    version: '0.0.0-test',
    builtAt: 0,
    log: rememberingLog(silent, Date.now),
    masterKey: Buffer.alloc(32, 7).toString('base64'),
    keyHome: 'file',
    credentials: {},
    endpoints,
    videoAssets: dataDir,
    places: placesOf(dataDir, 'live'),
  };
}

interface TestDoor extends Door {
  /** Null where the app opened. */
  distress: Distress | null;
}

/** A host without a server: what it would show people is handed over. */
async function started(options: HostingOptions): Promise<Hosting<TestDoor>> {
  const door = (distress: Distress | null): Promise<TestDoor> =>
    Promise.resolve({ origin: nowhere, distress, close: () => Promise.resolve() });
  const hosting = await startHosting(options, null, { open: () => door(null), rescue: door });
  onTestFinished(() => hosting.stop({ kind: 'quit' }).catch(() => undefined));
  return hosting;
}

function distressOf({ door }: Hosting<TestDoor>): Distress {
  if (door.distress === null) throw new Error('The app opened.');
  return door.distress;
}

async function pageOf(distress: Distress): Promise<{ status: number; text: string }> {
  const answer = await rescuePageApp(distress).request('/');
  return { status: answer.status, text: await answer.text() };
}

/** A store of the first schema, as the first released version wrote it. */
function writeOldStore(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.exec(readFileSync(join(import.meta.dirname, 'store', 'migrations', 'fixtures', '010.sql'), 'utf8'));
  database.pragma('journal_mode = WAL');
  database.close();
}

describe('data that is free again after another program held it', () => {
  it('is not brought up to date by looking at it: a backup comes first', async () => {
    const { after } = systemTimers;
    vi.spyOn(systemTimers, 'after').mockImplementation((ms, run) => after(Math.min(ms, 200), run));
    onTestFinished(() => void vi.restoreAllMocks());
    const options = hostOptions();
    const { store: file, backups } = options.places;
    writeOldStore(file);
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    const hosting = await started(options);
    expect(distressOf(hosting).problem.name).toBe('StoreBusy');
    other.exec('ROLLBACK');
    other.close();
    expect(await hosting.ending).toEqual({ kind: 'try_again' });
    await hosting.stop({ kind: 'try_again' });
    expect((await started(options)).app).not.toBeNull();
    expect(readdirSync(backups).filter((name) => name.endsWith('.update.s10.db'))).toHaveLength(1);
  }, 30_000);
});

describe('a store that is gone', () => {
  it('is not taken for a first start while its backups are there', async () => {
    const options = hostOptions();
    const hosting = await started(options);
    await hosting.app?.core.backUps.take('person');
    await hosting.stop({ kind: 'quit' });
    rmSync(dirname(options.places.store), { recursive: true });
    const distress = distressOf(await started(options));
    expect(distress.problem).toMatchObject({ name: 'StoreMissing', message: expect.stringContaining('backups') });
    expect((await pageOf(distress)).text).toContain('Restore');
    // The person's name is often in the path, and diagnostics are passed on.
    expect(JSON.stringify(await distress.diagnose())).not.toContain(options.dataDir);
  });
});

describe('the rescue page', () => {
  it('is shown, with diagnostics, also when the folder of the backups cannot be read', async () => {
    const options = hostOptions();
    const { store: file, backups } = options.places;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'no database');
    writeFileSync(backups, 'no folder');
    const distress = distressOf(await started(options));
    const page = await pageOf(distress);
    expect(page.status).toBe(200);
    expect(page.text).toContain('The folder of the backups cannot be read.');
    // It looks again by itself only where the trouble may pass by itself.
    expect(page.text).not.toContain('starts by itself');
    expect(await distress.diagnose()).toMatchObject({ problem: { kind: 'NotADatabase' } });
  });

  it('gives diagnostics when there is no folder for the data', async () => {
    const options = hostOptions();
    const { folder, store: file } = options.places;
    mkdirSync(folder, { recursive: true });
    writeFileSync(dirname(file), 'a file where the folder should be');
    expect(await distressOf(await started(options)).diagnose()).toMatchObject({ state: 'rescue', files: [] });
  });
});
