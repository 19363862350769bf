import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { VirtualTime } from '../../../test/doubles/virtual-time.ts';
import { createMediaFiles } from '../../media/files.ts';
import { account, client, media, noon, post, silentLog, target, temporaryStore } from '../../store/sample.ts';
import type { MediaFiles } from '../ports/index.ts';
import { createMakeReady } from './make-ready.ts';

const minute = 60_000;

it('converts the pictures of what is due soon, once, and goes on after one that is gone', async () => {
  const time = new VirtualTime(noon);
  const store = await temporaryStore();
  const dir = mkdtempSync(join(tmpdir(), 'autosocial-ready-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const files = createMediaFiles({ dir });
  const asked: string[] = [];
  const counted: MediaFiles = {
    ...files,
    prepare: (sha256, rendition) => {
      asked.push(sha256);
      return files.prepare(sha256, rendition);
    },
  };
  await store.clients.insert(client());
  await store.accounts.insert(account());
  const approved = async (name: string, dueInMs: number, sha256: string): Promise<void> => {
    await store.media.insert(media({ id: `media-${name}`, sha256 }));
    await store.posts.insert(post({ id: name, mediaIds: [`media-${name}`], scheduledFor: noon + dueInMs }));
    await store.targets.insert(target({ id: `target-${name}`, postId: name }));
  };
  const [soon, later, gone] = [await picture(files, 'red'), await picture(files, 'blue'), 'f'.repeat(64)];
  await approved('gone', minute, gone);
  await approved('soon', 2 * minute, soon);
  await approved('later', 10 * minute, later);

  const makeReady = createMakeReady(
    { store, files: counted, clock: time, log: silentLog },
    new AbortController().signal,
  );
  const look = async (): Promise<void> => {
    makeReady.look();
    await makeReady.done();
  };
  await look();
  expect(derivedIn(dir)).toEqual([soon]);
  await look();
  expect(asked).toEqual([gone, soon]);
  time.step(8 * minute);
  await look();
  expect(derivedIn(dir)).toEqual([later, soon].sort());
});

async function picture(files: MediaFiles, background: string): Promise<string> {
  const image = sharp({ create: { width: 400, height: 500, channels: 3, background } });
  return (await files.put(new Uint8Array(await image.jpeg().toBuffer()))).sha256;
}

/** Hashes of the pictures that a JPEG was made of. */
function derivedIn(dir: string): string[] {
  return readdirSync(join(dir, 'derived'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jpg'))
    .map(({ name }) => name.slice(0, 64))
    .sort();
}
