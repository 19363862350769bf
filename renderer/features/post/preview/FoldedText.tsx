import { UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { foldOf, type Showing } from '../../../../shared/domain/captions.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { MarkedText } from './MarkedText.tsx';
import classes from './preview.module.css';

/** A text as a network shows it first: what comes after its fold is behind "more". */
export function FoldedText({
  platform,
  showing,
  text,
  terms,
  more,
  less,
  before,
}: {
  platform: Platform;
  showing: Showing;
  text: string;
  terms: readonly string[];
  /** The network's words for unfolding and folding. */
  more: string;
  less: string;
  /** What stands in the same line before it, such as a name. */
  before?: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const fold = foldOf(platform, showing, text);
  const shown = fold === null || isOpen ? text : text.slice(0, fold).trimEnd();
  return (
    <div className={isOpen ? classes.unfolded : undefined} dir="auto">
      {before}
      <MarkedText text={shown} terms={terms} linkClass={classes.link} />
      {fold !== null && (
        <>
          {isOpen ? ' ' : '… '}
          <UnstyledButton className={classes.fold} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {isOpen ? less : more}
          </UnstyledButton>
        </>
      )}
    </div>
  );
}
