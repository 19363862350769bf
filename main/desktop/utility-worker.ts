import { utilityProcess } from 'electron/main';
import type { Answer } from '../workers/answer-calls.ts';
import { type StartProcess, workerEnvironment } from '../workers/process.ts';

/** Starts a process of Electron's own kind: in a packaged app its program does not run as Node. */
export const startUtility: StartProcess = (file) => {
  const child = utilityProcess.fork(file, [], { env: workerEnvironment(), serviceName: 'AutoSocial AI worker' });
  let isThere = true;
  child.on('exit', () => {
    isThere = false;
  });
  return {
    isThere: () => isThere,
    send: (call) => child.postMessage(call),
    // It never keeps the app from quitting.
    hold: () => undefined,
    retire() {
      isThere = false;
      child.kill();
    },
    kill() {
      isThere = false;
      if (child.pid === undefined || process.platform === 'win32') child.kill();
      else process.kill(child.pid, 'SIGKILL');
    },
    listen({ onAnswer, onEnd }) {
      const onMessage = (answer: Answer): void => onAnswer(answer);
      const onExit = (code: number): void => onEnd(`it ended with ${code}`);
      child.on('message', onMessage);
      child.on('exit', onExit);
      return () => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
    },
  };
};
