import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type Electron from 'electron';
import { clone } from './ports.ts';
import { needsReady } from './state.ts';
import { type PartOf, strict } from './strict.ts';

const entry = join(import.meta.dirname, 'utility-entry.ts');

/** A Node process beside the app, with `process.parentPort` as its line to it. */
class Utility extends EventEmitter implements PartOf<Electron.UtilityProcess> {
  child: ChildProcess;
  pid: number | undefined;
  stdout: Electron.UtilityProcess['stdout'];
  stderr: Electron.UtilityProcess['stderr'];

  constructor(modulePath: string, args: string[], options: Electron.ForkOptions) {
    super();
    const { stdio = 'inherit', execArgv = [], env = process.env, cwd } = options;
    const [, out = 'inherit', err = 'inherit'] = typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio;
    this.child = spawn(process.execPath, [...execArgv, '--no-warnings', entry, modulePath, ...args], {
      env: env as NodeJS.ProcessEnv,
      cwd,
      serialization: 'advanced',
      stdio: ['ignore', out, err, 'ipc'] as never,
    });
    this.pid = this.child.pid;
    this.stdout = this.child.stdout as Electron.UtilityProcess['stdout'];
    this.stderr = this.child.stderr as Electron.UtilityProcess['stderr'];
    this.child.once('spawn', () => this.emit('spawn'));
    this.child.on('message', (message) => this.emit('message', message));
    this.child.once('exit', (code, signal) => {
      this.pid = undefined;
      this.emit('exit', code ?? signals[signal ?? ''] ?? 1);
    });
    this.child.on('error', () => undefined);
  }

  /** @throws Error for ports: those of the stand-in do not leave their process */
  postMessage(message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('The stand-in sends no ports to a utility process.');
    if (this.child.connected) this.child.send(clone(message) as object, () => undefined);
  }

  kill(): boolean {
    return this.child.kill('SIGTERM');
  }
}

const signals: Record<string, number> = { SIGTERM: 15, SIGKILL: 9, SIGSEGV: 11, SIGABRT: 6 };

export const utilityProcess = strict<typeof Electron.utilityProcess>('utilityProcess', {
  fork(modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) {
    needsReady('utilityProcess cannot be created');
    return strict<Electron.UtilityProcess>('UtilityProcess', new Utility(modulePath, args, options));
  },
});
