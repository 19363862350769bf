import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One thing that is so about a post, under its name. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed" mb={3}>
        {label}
      </Text>
      <Text size="sm" component="div" lh={1.6} dir="auto" className="own-words">
        {children}
      </Text>
    </div>
  );
}
