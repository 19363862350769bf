import { fork } from 'node:child_process';
import type { Answer, Call } from './answer-calls.ts';

/** A process that runs a worker's file. */
export interface WorkerProcess {
  /** Whether it can be called. */
  isThere(): boolean;
  send(call: Call): void;
  /** While it is held it keeps this process from ending. */
  hold(isHeld: boolean): void;
  /** Lets it end in peace. */
  retire(): void;
  /** Ends it in the middle of whatever it does. */
  kill(): void;
  /**
   * @param listeners.onEnd is told why it ended, or could not be reached
   * @returns ends the listening
   */
  listen(listeners: { onAnswer(answer: Answer): void; onEnd(why: string): void }): () => void;
}

export type StartProcess = (file: string) => WorkerProcess;

/** What the operating system needs to start a process; nothing else goes along, least of all keys. */
const passedOn = ['PATH', 'SystemRoot', 'TEMP', 'TMPDIR'];

/** The environment of a worker. */
export function workerEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      passedOn.includes(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}

/** Starts another Node. */
export const forkProcess: StartProcess = (file) => {
  const child = fork(file, {
    serialization: 'advanced',
    execArgv: file.endsWith('.ts') ? ['--experimental-strip-types', '--no-warnings'] : [],
    env: workerEnvironment(),
  });
  // The call under way is told; without this listener an error between two calls would end the app.
  child.on('error', () => undefined);
  return {
    isThere: () => child.connected,
    send: (call) => {
      child.send(call, (error) => {
        if (error !== null) child.emit('error', error);
      });
    },
    hold(isHeld) {
      if (isHeld) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    retire() {
      if (child.connected) child.disconnect();
    },
    kill: () => void child.kill('SIGKILL'),
    listen({ onAnswer, onEnd }) {
      const onError = (error: Error): void => onEnd(error.message);
      const onExit = (code: number | null, signal: string | null): void => onEnd(`it ended with ${signal ?? code}`);
      child.on('message', onAnswer).on('error', onError).on('exit', onExit);
      return () => void child.off('message', onAnswer).off('error', onError).off('exit', onExit);
    },
  };
};
