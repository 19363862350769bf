import { Kbd } from '@mantine/core';
import type { ReactNode } from 'react';

/** The key that does what a button does, shown on it. Who cannot see it is told by `aria-keyshortcuts`. */
export function KeyHint({ children }: { children: ReactNode }) {
  return (
    <Kbd size="xs" dir="ltr" aria-hidden>
      {children}
    </Kbd>
  );
}
