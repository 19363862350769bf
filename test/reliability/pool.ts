import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Tally } from './tally.ts';

interface Setting<Part> {
  part: Part;
}

/**
 * Works the parts off on as many threads as there are cores; each thread runs `main` again, which
 * comes to {@link serve}.
 * @param main address of the tool's main module
 */
export async function workOff<Part>(
  main: string,
  parts: readonly Part[],
  threads = availableParallelism(),
): Promise<Tally[]> {
  const waiting = [...parts];
  const tallies: Tally[] = [];
  const oneThread = async (): Promise<void> => {
    const first = waiting.shift();
    if (first === undefined) return;
    const worker = new Worker(new URL(main), { workerData: 'serve' });
    try {
      for (let part: Part | undefined = first; part !== undefined; part = waiting.shift()) {
        tallies.push(await ask(worker, { part }));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, threads) }, oneThread));
  return tallies;
}

function ask<Part>(worker: Worker, setting: Setting<Part>): Promise<Tally> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('message', (tally: Tally) => resolve(tally));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A thread ended with ${code}.`)));
    worker.postMessage(setting);
  });
}

/** True in a thread that {@link workOff} started. */
export const isServing = !isMainThread && workerData === 'serve';

/** Answers parts with tallies until the thread is ended. */
export function serve<Part>(work: (part: Part) => Promise<Tally>): void {
  parentPort?.on('message', ({ part }: Setting<Part>) => {
    work(part).then(
      (tally) => parentPort?.postMessage(tally),
      (error: unknown) => {
        queueMicrotask(() => {
          throw error;
        });
      },
    );
  });
}
