import { dayOf } from '../instants.ts';
import type { NetworkCall, NetworkCallsRecord, Ports, Timer } from '../ports/index.ts';

/** Counts calls to the networks. They are gathered in memory: counting must not make a post late. */
export interface NetworkCalls {
  note(call: NetworkCall): void;
  /** Writes down what was gathered. Never rejects: figures are not worth more than that. */
  flush(): Promise<void>;
}

const gatherMs = 60_000;

export function createNetworkCalls({
  store,
  clock,
  timers,
  log,
}: Pick<Ports, 'store' | 'clock' | 'timers' | 'log'>): NetworkCalls {
  let gathered = new Map<string, NetworkCallsRecord>();
  let timer: Timer | null = null;

  async function flush(): Promise<void> {
    timer?.cancel();
    timer = null;
    const records = [...gathered.values()];
    gathered = new Map();
    try {
      for (const record of records) await store.usage.addNetworkCalls(record);
    } catch (error) {
      log.warn('calls to the networks could not be counted', { error: String(error) });
    }
  }

  return {
    flush,
    note({ service, isFailed, busiestPercent }) {
      const day = dayOf(clock.now());
      const key = `${service}/${day}`;
      const before = gathered.get(key) ?? { service, day, calls: 0, failed: 0, busiestPercent: null };
      gathered.set(key, {
        ...before,
        calls: before.calls + 1,
        failed: before.failed + (isFailed ? 1 : 0),
        busiestPercent: highest(before.busiestPercent, busiestPercent),
      });
      timer ??= timers.after(gatherMs, () => void flush());
    },
  };
}

function highest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
