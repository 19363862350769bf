import { Badge, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useConnection } from '../api/socket.ts';
import { t } from '../i18n/i18n.ts';

/** Appears only when the line to the core has been away for more than a moment. */
export function ConnectionNote() {
  const lost = useConnection(({ state }) => state === 'reconnecting');
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), 600);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <span role="status" aria-live="polite">
      {shown && (
        <Badge color="gray" leftSection={<Loader size={10} color="gray" />}>
          {t('app:reconnecting')}
        </Badge>
      )}
    </span>
  );
}
