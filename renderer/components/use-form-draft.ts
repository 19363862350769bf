import { useState } from 'react';

/**
 * A working copy of something the core holds: shows the core's value until a field is touched, then the copy.
 * `clear` after saving lets the core's value show again.
 */
export function useFormDraft<T extends object>(stored: T | undefined) {
  const [changed, setChanged] = useState<Partial<T>>({});
  return {
    values: stored === undefined ? undefined : { ...stored, ...changed },
    changed,
    isDirty: Object.keys(changed).length > 0,
    set: (change: Partial<T>) => setChanged((before) => ({ ...before, ...change })),
    clear: () => setChanged({}),
  };
}
