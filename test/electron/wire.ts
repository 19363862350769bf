import type { ChildProcess } from 'node:child_process';

/** Functions of the other process, by name. What they take and give is cloned. */
export type Calls = Record<string, (...input: never[]) => unknown>;

/** One end of the line between the app's process and the test's: both call functions of the other. */
export interface Wire {
  /** @throws Error as thrown on the other side, or when the other process is gone */
  call<T>(name: string, ...input: unknown[]): Promise<T>;
  /** The same, for whoever does not wait for an answer. Order is kept. */
  tell(name: string, ...input: unknown[]): void;
}

type Message =
  | { call: string; input: unknown[]; id: number | null }
  | { answer: number; output: unknown }
  | { answer: number; error: { name: string; message: string; stack: string | undefined } };

type End = Pick<NodeJS.Process, 'on' | 'send'> | ChildProcess;

/** @param end `process` in the app's, the child process in the test's; started with `serialization: 'advanced'` */
export function openWire(end: End, calls: Calls): Wire {
  const waiting = new Map<number, PromiseWithResolvers<never>>();
  let isGone = false;
  let lastId = 0;

  async function answer({ call, input, id }: Extract<Message, { call: string }>): Promise<void> {
    try {
      const run = calls[call];
      if (run === undefined) throw new Error(`Nobody answers to ${call}.`);
      const output = await run(...(input as never[]));
      if (id !== null) send({ answer: id, output });
    } catch (error) {
      if (id === null) throw error;
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      send({ answer: id, error: { name, message, stack } });
    }
  }

  function send(message: Message): void {
    if (!isGone) end.send?.(message, undefined, {}, () => undefined);
  }

  end.on('message', (message: Message) => {
    if ('call' in message) return void answer(message);
    const promise = waiting.get(message.answer);
    waiting.delete(message.answer);
    if ('error' in message) promise?.reject(Object.assign(new Error(message.error.message), message.error));
    else promise?.resolve(message.output as never);
  });
  end.on('disconnect', () => {
    isGone = true;
    for (const { reject } of waiting.values()) reject(new Error('The app is gone.'));
    waiting.clear();
  });

  return {
    tell: (call, ...input) => send({ call, input, id: null }),
    call<T>(call: string, ...input: unknown[]) {
      if (isGone) return Promise.reject<T>(new Error('The app is gone.'));
      const id = (lastId += 1);
      const promise = Promise.withResolvers<never>();
      waiting.set(id, promise);
      send({ call, input, id });
      return promise.promise as Promise<T>;
    },
  };
}
