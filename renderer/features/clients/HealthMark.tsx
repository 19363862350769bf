import { Box, Group, Text, Tooltip } from '@mantine/core';
import { t } from '../../i18n/i18n.ts';
import { type Health, type HealthLevel, reasonInWords } from './client-health.ts';
import classes from './clients.module.css';

export const healthLooks = {
  act: { label: 'clients:health.level.act', color: 'red' },
  watch: { label: 'clients:health.level.watch', color: 'orange' },
  good: { label: 'clients:health.level.good', color: 'teal' },
  rest: { label: 'clients:health.level.rest', color: 'gray' },
} as const satisfies Record<HealthLevel, { label: string; color: string }>;

/** A light and the reason for it in words; further reasons show when it is pointed at. */
export function HealthMark({ health }: { health: Health }) {
  const [first = t('clients:health.good'), ...others] = health.reasons.map(reasonInWords);
  return (
    <Group
      gap={9}
      wrap="nowrap"
      align="flex-start"
      className={classes.lead}
      data-testid="health"
      data-level={health.level}
    >
      <HealthDot level={health.level} />
      <Box style={{ minWidth: 0 }}>
        <Text size="sm" fw={health.level === 'act' ? 600 : 400} c={health.level === 'rest' ? 'dimmed' : undefined}>
          {first}
        </Text>
        {others.length > 0 && (
          <Tooltip label={others.join(' · ')}>
            <Text size="xs" c="dimmed" w="fit-content" className={classes.above}>
              {t('clients:health.more', { count: others.length })}
            </Text>
          </Tooltip>
        )}
      </Box>
    </Group>
  );
}

export function HealthDot({ level }: { level: HealthLevel }) {
  return (
    <span
      className={classes.light}
      style={{ background: `var(--mantine-color-${healthLooks[level].color}-6)` }}
      aria-hidden
    />
  );
}
