import { Group, Kbd, type MantineSize } from '@mantine/core';
import { KeyHint } from '../../components/KeyHint.tsx';
import { useShortcut } from './bindings-store.ts';
import type { ShortcutId } from './shortcuts.ts';

/** Keys that are pressed one after the other; they run from the left in every language. */
export function Caps({ caps, size }: { caps: readonly string[]; size?: MantineSize }) {
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex" dir="ltr">
      {caps.map((cap) => (
        <Kbd key={cap} size={size}>
          {cap}
        </Kbd>
      ))}
    </Group>
  );
}

/** The key of something, shown on its button. */
export function ShortcutHint({ of }: { of: ShortcutId }) {
  return <KeyHint>{useShortcut(of).caps.join(' ')}</KeyHint>;
}
