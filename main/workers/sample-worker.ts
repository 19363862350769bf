import { pbkdf2 } from 'node:crypto';
import { answerCalls } from './answer-calls.ts';

class Refused extends Error {
  override name = 'Refused';
  code = 'sour';
}

const taken: Buffer[] = [];

/** Run by a test. */
export const sampleTasks = {
  processId: () => Promise.resolve(process.pid),
  environment: () => Promise.resolve(Object.keys(process.env)),
  reversed: (bytes: Uint8Array) => Promise.resolve(bytes.toReversed()),
  refuse: () => Promise.reject(new Refused('Not that one.')),
  crash: () => Promise.resolve(process.kill(process.pid, 'SIGKILL')),
  /** Takes memory and keeps it, in MB. */
  take: (megabytes: number) => {
    taken.push(Buffer.alloc(megabytes * 1_000_000, 1));
    return Promise.resolve(process.pid);
  },
  takeAndHang: (megabytes: number) => {
    taken.push(Buffer.alloc(megabytes * 1_000_000, 1));
    return new Promise<void>(() => undefined);
  },
  /** Keeps another thread busy, as libraries do. */
  compute: () =>
    new Promise<Buffer>((resolve, reject) => {
      pbkdf2('a', 'b', 50_000_000, 64, 'sha512', (error, key) => (error === null ? resolve(key) : reject(error)));
    }),
  hang: () => new Promise<void>(() => undefined),
};

answerCalls(sampleTasks, { memory: 400_000_000, cpuMs: 2_000 });
