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

/** Makes this process a worker that runs the tasks it is called for, until the caller is gone. */
export function answerCalls<T extends Tasks<T>>(tasks: T, limits?: Limits): void {
  const memory = limits?.memory ?? Infinity;
  let begun = process.cpuUsage();
  const tell = (said: Said): void => {
    process.send?.({ ...said, isWorn: process.memoryUsage.rss() > memory / 2 } satisfies Answer);
  };
  process.on('message', (call: Call) => {
    begun = process.cpuUsage();
    answer(tasks, call).then(tell, (error: unknown) => tell({ error: described(error) }));
  });
  process.on('disconnect', () => process.exit());
  // Ctrl+C reaches every process of a terminal; this one ends when the caller has finished with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  // Libraries decode in threads of their own, so that this one stays free to watch them.
  if (limits === undefined) return;
  setInterval(() => {
    const { user, system } = process.cpuUsage(begun);
    const isTooMuch = process.memoryUsage.rss() > memory || user + system > limits.cpuMs * 1_000;
    if (isTooMuch) endAtOnce();
  }, lookEveryMs).unref();
}

/** Without waiting for the threads: a plain exit does, and they are what takes too long. */
function endAtOnce(): void {
  const kill = (): void => void process.kill(process.pid, 'SIGKILL');
  if (process.send === undefined) kill();
  else process.send({ isOverLimit: true } satisfies Answer, kill);
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
