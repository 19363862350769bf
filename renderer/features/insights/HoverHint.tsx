import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import classes from './insights.module.css';

/** Explains what stands beside it: to the mouse, to a finger, and to the keyboard. */
export function HoverHint({ label, words }: { label: string; words: string }) {
  return (
    <Tooltip label={words} multiline maw={300} withArrow events={{ hover: true, focus: true, touch: true }}>
      <UnstyledButton className={classes.hint} aria-label={`${label}: ${words}`}>
        <IconInfoCircle size={16} stroke={1.6} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  );
}
