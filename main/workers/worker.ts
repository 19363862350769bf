import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, AnsweredCall, Call, Tasks } from './answer-calls.ts';

/** What a task threw, or why it has no result. The class of the original is in `name`, its code in `code`. */
export class WorkerError extends Error {
  readonly code: string | null;

  constructor(name: string, message: string, code: string | null = null) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

/**
 * Functions that run in a process of their own. It starts with the first call and ends when it has
 * had nothing to do for a while: libraries written in C leave memory behind that only the end of a
 * process gives back, and a file that crashes them does not take the app with it.
 */
export interface Worker<T extends Tasks<T>> {
  /**
   * Runs one task; calls are worked on one after the other. Input and output are copied.
   * @throws {WorkerError} what the task threw; named `WorkerEnded` when the process crashed, or, with the
   *   code `limit`, took too long or too much memory
   */
  call<N extends keyof T & string>(task: N, ...input: Parameters<T[N]>): Promise<Awaited<ReturnType<T[N]>>>;
}

/** What the operating system needs to start a process; nothing else goes along, least of all keys. */
const passedOn = ['PATH', 'SystemRoot', 'TEMP', 'TMPDIR'];

/**
 * @param name of the worker's file, without extension
 * @param beside `import.meta.url` of the caller, whose folder and extension the file shares: in the
 *   sources and in what is built of them
 */
export function createWorker<T extends Tasks<T>>(
  name: string,
  beside: string,
  { idleMs = 10_000, limitMs = 60_000 }: { idleMs?: number; limitMs?: number } = {},
): Worker<T> {
  const file = fileURLToPath(new URL(`${name}${extname(beside)}`, beside));
  let current: ChildProcess | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function wake(): ChildProcess {
    if (idle !== null) clearTimeout(idle);
    if (current?.connected !== true) current = start(file);
    current.ref();
    current.channel?.ref();
    return current;
  }

  /** Lets this process end although the worker is still there, and the worker when it stays idle. */
  function rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    idle = setTimeout(() => retire(child), idleMs).unref();
  }

  function retire(child: ChildProcess): void {
    if (child.connected) child.disconnect();
  }

  async function run(call: Call): Promise<unknown> {
    const child = wake();
    try {
      const answer = await answerTo(child, call, limitMs);
      if (answer.isWorn) retire(child);
      if ('output' in answer) return answer.output;
      throw new WorkerError(answer.error.name, answer.error.message, answer.error.code);
    } finally {
      rest(child);
    }
  }

  return {
    call(task, ...input) {
      const answer = last.then(() => run({ task, input }));
      last = answer.catch(() => undefined);
      // The tasks' types say what comes back: both processes run the same build.
      return answer as ReturnType<Worker<T>['call']>;
    },
  };
}

function start(file: string): ChildProcess {
  const child = fork(file, {
    serialization: 'advanced',
    execArgv: file.endsWith('.ts') ? ['--experimental-strip-types', '--no-warnings'] : [],
    env: Object.fromEntries(Object.entries(process.env).filter(([variable]) => passedOn.includes(variable))),
  });
  // The call under way is told; without this listener an error between two calls would end the app.
  return child.on('error', () => undefined);
}

function answerTo(child: ChildProcess, call: Call, limitMs: number): Promise<AnsweredCall> {
  const { promise, resolve, reject } = Promise.withResolvers<AnsweredCall>();
  const ended = (why: string, code: string | null = null): void =>
    reject(new WorkerError('WorkerEnded', `The worker did not finish: ${why}.`, code));
  const onError = (error: Error): void => ended(error.message);
  let limit: string | null = null;
  const onMessage = (answer: Answer): void => {
    if ('isOverLimit' in answer) limit = 'memory or processor time';
    else resolve(answer);
  };
  const onExit = (code: number | null, signal: string | null): void => {
    if (limit !== null) ended(`it took too much ${limit}`, 'limit');
    else ended(`it ended with ${signal ?? code}`);
  };
  const overdue = setTimeout(() => {
    limit = `time (${limitMs} ms)`;
    child.kill('SIGKILL');
  }, limitMs);
  child.on('message', onMessage).on('error', onError).on('exit', onExit);
  child.send(call, (error) => {
    if (error !== null) ended(error.message);
  });
  return promise.finally(() => {
    clearTimeout(overdue);
    child.off('message', onMessage).off('error', onError).off('exit', onExit);
  });
}
