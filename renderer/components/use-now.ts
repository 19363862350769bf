import { useSyncExternalStore } from 'react';

/** The present time in ms, renewed every `everyMs`, for texts such as "in 3 minutes". All who ask share one timer. */
export function useNow(everyMs = 10_000): number {
  const clock = clocks.get(everyMs) ?? addClock(everyMs);
  return useSyncExternalStore(clock.subscribe, clock.now);
}

interface SharedClock {
  subscribe(listener: () => void): () => void;
  now(): number;
}

const clocks = new Map<number, SharedClock>();

function addClock(everyMs: number): SharedClock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  const clock: SharedClock = {
    now: () => now,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        now = Date.now();
        timer = setInterval(tick, everyMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
  };
  clocks.set(everyMs, clock);
  return clock;
}
