import type { Epoch } from '../../main/core/control/lease.ts';
import { assertHolder, takeLease } from '../../main/core/control/runner.ts';
import type { Store } from '../../main/core/ports/index.ts';

/**
 * A lease without time: whoever takes it holds it until somebody else does, and learns of that when it writes.
 * The row and what is checked at it are the app's own.
 */
export interface PlainLease extends Epoch {
  take(): Promise<void>;
}

export function plainLease(store: Store, bootId: string): PlainLease {
  let epoch = 0;
  return {
    epoch: () => epoch,
    isHeld: () => epoch > 0,
    assertHeld: async (within, ofAttempt) => void (await assertHolder(within, { holder: bootId, epoch: ofAttempt })),
    async take() {
      const claim = { holder: bootId, computer: 'here', leaseMs: 0 };
      const row = await store.transaction((within) => takeLease(within, claim, 0, () => true));
      epoch = row.epoch;
    },
  };
}
