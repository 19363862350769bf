import { answerCalls } from './answer-calls.ts';

class Refused extends Error {
  override name = 'Refused';
  code = 'sour';
}

/** Run by a test. */
export const sampleTasks = {
  processId: () => Promise.resolve(process.pid),
  environment: () => Promise.resolve(Object.keys(process.env)),
  reversed: (bytes: Uint8Array) => Promise.resolve(bytes.toReversed()),
  refuse: () => Promise.reject(new Refused('Not that one.')),
  crash: () => Promise.resolve(process.kill(process.pid, 'SIGKILL')),
  hang: () => new Promise<void>(() => undefined),
};

answerCalls(sampleTasks);
