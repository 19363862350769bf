import { Button } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useEffect } from 'react';
import { t } from '../../i18n/i18n.ts';

/** Asks for more when it comes into sight; as a button for those who get there by keyboard. */
export function ShowMore({ isLoading, onMore }: { isLoading: boolean; onMore: () => void }) {
  const { ref, entry } = useIntersection({ rootMargin: '600px' });
  const isNear = entry?.isIntersecting === true;
  useEffect(() => {
    if (isNear && !isLoading) onMore();
  }, [isNear, isLoading, onMore]);
  return (
    <Button ref={ref} variant="default" mx="auto" loading={isLoading} onClick={onMore}>
      {t('common:action.showMore')}
    </Button>
  );
}
