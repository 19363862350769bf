import { Alert, Box, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import { problemOf } from '../../api/errors.ts';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { clockTime, laterBy } from './clock.ts';

/** How far posts go without a person: approved by themselves, sent late by themselves. */
export function FreedomPanel({
  rules,
  set,
  problems,
}: {
  rules: Rules;
  set: (change: Partial<Rules>) => void;
  problems: readonly Problem[];
}) {
  return (
    <Panel title={t('rules:freedom.title')}>
      <Stack gap="lg">
        <Switch
          label={t('rules:freedom.auto.label')}
          description={t('rules:freedom.auto.description')}
          checked={rules.autoApprove}
          onChange={(event) => set({ autoApprove: event.currentTarget.checked })}
        />
        {rules.autoApprove && (
          <Alert color="orange" icon={<IconAlertTriangle />} title={t('rules:freedom.auto.warningTitle')}>
            {t('rules:freedom.auto.warning')}
          </Alert>
        )}
        <div>
          <NumberInput
            label={t('rules:freedom.grace.label')}
            description={t('rules:freedom.grace.description')}
            suffix={t('rules:freedom.grace.unit')}
            min={0}
            max={1_440}
            inputContainer={(input) => <Box maw={220}>{input}</Box>}
            value={rules.graceMinutes}
            onChange={(minutes) => set({ graceMinutes: Number(minutes) || 0 })}
            error={problemOf(problems, 'graceMinutes')}
          />
          <Text size="xs" c="dimmed" mt={6}>
            {graceExample(rules)}
          </Text>
        </div>
      </Stack>
    </Panel>
  );
}

function graceExample({ times, graceMinutes }: Rules): string {
  const time = times[0] ?? '09:00';
  if (graceMinutes === 0) return t('rules:freedom.grace.never', { time: clockTime(time) });
  const until = clockTime(laterBy(time, graceMinutes));
  return t('rules:freedom.grace.example', { time: clockTime(time), until });
}
