import { Skeleton, Stack } from '@mantine/core';
import { t } from '../i18n/i18n.ts';

/** Grey lines where rows of a known height will be. */
export function LoadingRows({ rows = 4, height = 56 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="sm" p="lg" aria-busy aria-label={t('common:loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height - 12} radius="md" />
      ))}
    </Stack>
  );
}
