/** Functions whose input and output can be copied to another process. */
export type Tasks<T> = { [N in keyof T]: (...input: never[]) => Promise<unknown> };

export interface Call {
  task: string;
  input: unknown[];
}

/** What a task gave, or that it went beyond a limit: then the process is about to end. */
export type Answer = AnsweredCall | { isOverLimit: true };

export type AnsweredCall = Said & {
  /** The process holds so much memory that the next call should go to a new one. */
  isWorn: boolean;
};

/** At which the process ends in the middle of a task. */
export interface Limits {
  /** Bytes of resident memory. */
  memory: number;
  /** Processor time of one task, in ms: a busy computer makes a task last, not work. */
  cpuMs: number;
}

const lookEveryMs = 10;
const leaveMs = 50;

/** Makes this process a worker that runs the tasks it is called for, until the caller is gone. */
export function answerCalls<T extends Tasks<T>>(tasks: T, limits?: Limits): void {
  const memory = limits?.memory ?? Infinity;
  const caller = callerOfThis();
  let begun = process.cpuUsage();
  const tell = (said: Said): void => {
    caller.tell({ ...said, isWorn: process.memoryUsage.rss() > memory / 2 });
  };
  caller.onCall((call) => {
    begun = process.cpuUsage();
    answer(tasks, call).then(tell, (error: unknown) => tell({ error: described(error) }));
  });
  // Libraries decode in threads of their own, so that this one stays free to watch them.
  if (limits === undefined) return;
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(begun);
    const isTooMuch = process.memoryUsage.rss() > memory || user + system > limits.cpuMs * 1_000;
    if (!isTooMuch) return;
    clearInterval(watch);
    caller.tell({ isOverLimit: true }, endAtOnce);
  }, lookEveryMs);
  watch.unref();
}

/** Without waiting for the threads: a plain exit does, and they are what takes too long. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** The process that this one works for. */
interface Caller {
  /** @param andThen is called when it is on its way */
  tell(answer: Answer, andThen?: () => void): void;
  onCall(run: (call: Call) => void): void;
}

/** Electron's utility processes have a port to the app; a forked Node has a channel. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: Call }) => void): void;
  postMessage(message: Answer): void;
}

function callerOfThis(): Caller {
  const { parentPort } = process as { parentPort?: ParentPort | null };
  return parentPort == null ? forkingCaller() : portCaller(parentPort);
}

function forkingCaller(): Caller {
  process.on('disconnect', () => process.exit());
  // Ctrl+C reaches every process of a terminal; this one ends when the caller has finished with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  return {
    tell(message, andThen) {
      if (process.send === undefined) andThen?.();
      else process.send(message, () => andThen?.());
    },
    onCall: (run) => void process.on('message', run),
  };
}

/** Electron ends a utility process with the app, and does not say when a message has left. */
function portCaller(port: ParentPort): Caller {
  return {
    tell(message, andThen) {
      port.postMessage(message);
      if (andThen !== undefined) setTimeout(andThen, leaveMs);
    },
    onCall: (run) => port.on('message', ({ data }) => run(data)),
  };
}

type Said = { output: unknown } | { error: { name: string; message: string; code: string | null } };

async function answer(tasks: object, { task, input }: Call): Promise<Said> {
  const run = new Map<string, unknown>(Object.entries(tasks)).get(task);
  if (typeof run !== 'function') throw new TypeError(`There is no task ${task}.`);
  const output: unknown = await run(...input);
  return { output };
}

function described(error: unknown): Extract<Said, { error: object }>['error'] {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: null };
  return { name: error.name, message: error.message, code: 'code' in error ? String(error.code) : null };
}
