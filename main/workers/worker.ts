import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnsweredCall, Call, Tasks } from './answer-calls.ts';
import { forkProcess, type StartProcess, type WorkerProcess } from './process.ts';

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

let start: StartProcess = forkProcess;

/** For a host whose runtime has another way to start processes. To be called before the first worker is. */
export function startWorkersBy(other: StartProcess): void {
  start = other;
}

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
  let current: WorkerProcess | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function wake(): WorkerProcess {
    if (idle !== null) clearTimeout(idle);
    if (current?.isThere() !== true) current = start(file);
    current.hold(true);
    return current;
  }

  /** Lets this process end although the worker is still there, and the worker when it stays idle. */
  function rest(child: WorkerProcess): void {
    child.hold(false);
    idle = setTimeout(() => child.retire(), idleMs).unref();
  }

  async function run(call: Call): Promise<unknown> {
    const child = wake();
    try {
      const answer = await answerTo(child, call, limitMs);
      if (answer.isWorn) child.retire();
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

function answerTo(child: WorkerProcess, call: Call, limitMs: number): Promise<AnsweredCall> {
  const { promise, resolve, reject } = Promise.withResolvers<AnsweredCall>();
  let limit: string | null = null;
  const overdue = setTimeout(() => {
    limit = `time (${limitMs} ms)`;
    child.kill();
  }, limitMs);
  const endListening = child.listen({
    onAnswer(answer) {
      if ('isOverLimit' in answer) limit = 'memory or processor time';
      else resolve(answer);
    },
    onEnd(why) {
      const reason = limit === null ? why : `it took too much ${limit}`;
      const code = limit === null ? null : 'limit';
      reject(new WorkerError('WorkerEnded', `The worker did not finish: ${reason}.`, code));
    },
  });
  child.send(call);
  return promise.finally(() => {
    clearTimeout(overdue);
    endListening();
  });
}
