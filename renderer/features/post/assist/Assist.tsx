import { Stack } from '@mantine/core';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { AssistBar } from './AssistBar.tsx';
import { Suggestion } from './Suggestion.tsx';
import { useRewrite } from './use-rewrite.ts';

/** A text field with the AI's help under it: what is marked, or all of it, worded anew on request. */
export function Assist({
  clientId,
  text,
  platform,
  onChange,
  children,
}: {
  clientId: string;
  text: string;
  /** The network whose own text this is. */
  platform?: Platform;
  onChange: (text: string) => void;
  /** The field itself, with the bar where it shall stand. */
  children: (area: RefObject<HTMLTextAreaElement | null>, bar: ReactNode) => ReactNode;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const rewrite = useRewrite({ clientId, text, platform, area, onChange });
  const [hasSelection, setHasSelection] = useState(false);
  const look = () => {
    const { selectionStart = 0, selectionEnd = 0 } = area.current ?? {};
    setHasSelection(document.activeElement === area.current && selectionStart !== selectionEnd);
  };
  const bar = (
    <AssistBar
      disabled={clientId === '' || text.trim() === ''}
      isWorking={rewrite.isWorking}
      hasSelection={hasSelection}
      onAsk={rewrite.ask}
      onStop={rewrite.dismiss}
      onUndo={rewrite.undo}
    />
  );
  return (
    <Stack gap="xs" onSelect={look}>
      {children(area, bar)}
      {rewrite.suggestion && (
        <Suggestion
          suggestion={rewrite.suggestion}
          isStale={rewrite.isStale}
          isWorking={rewrite.isWorking}
          onAccept={rewrite.accept}
          onAgain={rewrite.again}
          onDismiss={rewrite.dismiss}
        />
      )}
    </Stack>
  );
}
