import { Button, type ButtonProps, Loader } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { t } from '../../i18n/i18n.ts';
import { openWriteWeek } from './write-week-store.ts';
import { soFar, useWriting } from './writing/use-writing.ts';

/** Opens the dialog that has the AI write the coming days, of a client or of whom the person says; while it is at it, shows so. */
export function WriteWeekButton({ clientId, ...props }: { clientId?: string } & ButtonProps) {
  const running = useWriting().filter(({ endedAt }) => endedAt === null);
  return (
    <Button
      leftSection={
        running.length > 0 ? <Loader size={15} color="currentColor" aria-hidden /> : <IconSparkles size={17} />
      }
      title={running.length > 0 ? t('app:writing', soFar(running)) : undefined}
      onClick={() => openWriteWeek(clientId)}
      {...props}
    >
      {t('app:writeWeek')}
    </Button>
  );
}
