import { Box, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { platformNames } from '../../../shared/domain/platform.ts';
import { formatList, formatWhen } from '../../components/format.ts';
import { MediaThumb } from '../../components/MediaThumb.tsx';
import { t } from '../../i18n/i18n.ts';
import classes from './control.module.css';
import type { Affected } from './use-affected.ts';

/** Posts of one or more clients, one row each, under the names of their clients. */
export function AffectedList({
  items,
  actions,
}: {
  items: readonly Affected[];
  actions?: (item: Affected) => ReactNode;
}) {
  const clients = Map.groupBy(items, ({ post }) => post.clientName);
  return (
    <Stack gap="md" className={classes.affected}>
      {[...clients].map(([name, ofClient]) => (
        <section key={name} aria-label={name}>
          <Text size="xs" fw={650} c="dimmed" mb={4}>
            {name}
          </Text>
          {ofClient.map((item) => (
            <Group key={item.post.id} wrap="nowrap" gap="sm" className={classes.affectedRow} data-testid="affected">
              <MediaThumb media={item.post.media[0]} size={40} />
              <Box flex={1} style={{ minWidth: 0 }}>
                <Text size="sm" lineClamp={1}>
                  {item.post.caption.trim() || t('common:noCaption')}
                </Text>
                <Text size="xs" c="dimmed">
                  {t('control:affected', {
                    when: formatWhen(item.post.scheduledFor, item.post.timezone),
                    networks: formatList(item.targets.map(({ platform }) => platformNames[platform])),
                  })}
                </Text>
              </Box>
              {actions?.(item)}
            </Group>
          ))}
        </section>
      ))}
    </Stack>
  );
}
