/** Functions whose input and output can be copied to another process. */
export type Tasks<T> = { [N in keyof T]: (...input: never[]) => Promise<unknown> };

export interface Call {
  task: string;
  input: unknown[];
}

export type Answer = { output: unknown } | { error: { name: string; message: string; code: string | null } };

/** Makes this process a worker that runs the tasks it is called for, until the caller is gone. */
export function answerCalls<T extends Tasks<T>>(tasks: T): void {
  process.on('message', (call: Call) => {
    answer(tasks, call).then(tell, (error: unknown) => tell({ error: described(error) }));
  });
  process.on('disconnect', () => process.exit());
  // Ctrl+C reaches every process of a terminal; this one ends when the caller has finished with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
}

async function answer(tasks: object, { task, input }: Call): Promise<Answer> {
  const run = new Map<string, unknown>(Object.entries(tasks)).get(task);
  if (typeof run !== 'function') throw new TypeError(`There is no task ${task}.`);
  const output: unknown = await run(...input);
  return { output };
}

function described(error: unknown): Extract<Answer, { error: object }>['error'] {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: null };
  return { name: error.name, message: error.message, code: 'code' in error ? String(error.code) : null };
}

function tell(said: Answer): void {
  process.send?.(said);
}
