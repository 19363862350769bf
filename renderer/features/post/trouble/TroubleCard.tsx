import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleDashed, IconPlayerPause, IconRefresh, IconX } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Trouble, TroubleKind } from '../../../components/trouble.ts';
import classes from './trouble.module.css';

const looks: Partial<Record<TroubleKind, { color: string; icon: ComponentType<{ size?: number; color?: string }> }>> = {
  failed: { color: 'red', icon: IconX },
  retrying: { color: 'orange', icon: IconRefresh },
  confirming: { color: 'blue', icon: IconCircleDashed },
  waiting: { color: 'gray', icon: IconPlayerPause },
};

/** What happened and what the app did; below it what a person can do. */
export function TroubleCard({
  title,
  trouble,
  children,
  ...rest
}: {
  title: string;
  trouble: Trouble;
  children: ReactNode;
  'data-testid': string;
  'data-platform'?: string;
}) {
  const { color, icon: Icon } = looks[trouble.kind] ?? { color: 'orange', icon: IconAlertTriangle };
  const accent = `var(--mantine-color-${color}-6)`;
  return (
    <Paper
      component="section"
      shadow="xs"
      className={classes.trouble}
      style={{ '--accent': accent }}
      data-kind={trouble.kind}
      {...rest}
    >
      <Stack gap="md">
        <div>
          <Group gap={8} wrap="nowrap" align="center">
            <Icon size={19} color={accent} aria-hidden />
            <Title order={2} fz="md">
              {title}
            </Title>
          </Group>
          <Text size="sm" mt={8}>
            {trouble.happened}
          </Text>
          <Text size="sm" c="dimmed" mt={4}>
            {trouble.did}
          </Text>
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
