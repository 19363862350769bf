import { Button, type ButtonProps } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { openWriteWeek } from './write-week-store.ts';

/** Opens the dialog that has the AI write the coming days of a client. */
export function WriteWeekButton({ clientId, ...props }: { clientId?: string } & ButtonProps) {
  return (
    <Button leftSection={<IconSparkles size={17} />} onClick={() => openWriteWeek(clientId)} {...props}>
      Write the week
    </Button>
  );
}
