import type { Wire } from '../wire.ts';

/** What the stand-in knows about this process besides the app itself. */
export const machine = {
  isReady: false,
  isOnline: true,
  sandboxed: false,
  /** What the app did to the world outside, for tests to look at. */
  externals: [] as string[],
  openedPaths: [] as string[],
  protocolClients: [] as string[],
  loginItem: null as unknown,
  /** Answers that a person gives to dialogs, in turn; without any the default button is pressed. */
  dialogAnswers: [] as number[],
  dialogs: [] as { kind: string; message: string; detail?: string; buttons?: string[] }[],
  crashReporter: null as unknown,
  aboutPanel: null as unknown,
  calls: {} as Record<string, number>,
};

let line: Wire | null = null;

export function connectTo(wire: Wire): void {
  line = wire;
}

/** The process with the browser and the test. */
export function outside(): Wire {
  if (line === null) throw new Error('The stand-in is not connected to a test.');
  return line;
}

/** @throws Error as Electron does for what it has only after the `ready` event */
export function needsReady(what: string): void {
  if (!machine.isReady) throw new Error(`${what} before app is ready`);
}

/** Counts what has no other trace, such as focusing a window. */
export function count(what: string): void {
  machine.calls[what] = (machine.calls[what] ?? 0) + 1;
}
