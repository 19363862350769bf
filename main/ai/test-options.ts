import { Secret } from '../core/ports/index.ts';
import type { AiServiceOptions } from './service.ts';

/** A clock that stands still until a wait moves it, and the waits that were asked for. */
export class TestTime {
  at = Date.UTC(2026, 10, 23, 8);
  readonly waits: number[] = [];

  readonly clock = { now: () => this.at, monotonic: () => this.at };

  readonly wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.at += ms;
  };
}

export function optionsFor(time: TestTime, baseUrl: string, apiKey: string | null): AiServiceOptions {
  return {
    apiKey: async () => (apiKey === null ? null : new Secret(apiKey)),
    baseUrl,
    clock: time.clock,
    random: { fraction: () => 0 },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    wait: time.wait,
  };
}
