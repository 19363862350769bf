import { Badge, Box, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { orpc } from '../api/client.ts';
import { formatNumber } from '../components/format.ts';
import { t } from '../i18n/i18n.ts';
import classes from './Frame.module.css';
import { places } from './places.ts';

export function Navigation({ version }: { version: string }) {
  const stats = useQuery(orpc.stats.queryOptions());
  const waiting = stats.data?.posts.in_review ?? 0;
  return (
    <Stack h="100%" justify="space-between">
      <Stack component="nav" gap={3} aria-label={t('app:nav.label')}>
        {places.map(({ to, label, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className={classes.link}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            activeProps={{ 'data-current': true, 'aria-current': 'page' }}
          >
            <Icon size={19} stroke={1.7} aria-hidden />
            <Box flex={1}>{t(label)}</Box>
            {to === '/review' && waiting > 0 && (
              <Badge variant="filled" size="sm" radius="xl" aria-label={t('app:nav.waiting', { count: waiting })}>
                {formatNumber(waiting)}
              </Badge>
            )}
          </Link>
        ))}
      </Stack>
      <Text size="xs" c="dimmed" px="sm">
        {t('app:version', { version })}
      </Text>
    </Stack>
  );
}
