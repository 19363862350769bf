import { Box, Group, Text, ThemeIcon } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import type { NeedKind } from '../../../shared/domain/need.ts';
import classes from './home.module.css';

/** One thing that waits for a person, and the way to deal with it. */
export function Need({
  icon: Icon,
  color,
  title,
  who,
  action,
  children,
  ...rest
}: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  color: string;
  title: string;
  /** Whose it is, said before the words. */
  who?: string;
  action?: ReactNode;
  children?: ReactNode;
  'data-need'?: NeedKind | 'budget';
}) {
  return (
    <Group className={classes.need} wrap="nowrap" gap="md" {...rest}>
      <ThemeIcon variant="light" color={color} size={38} radius="xl">
        <Icon size={20} stroke={1.7} />
      </ThemeIcon>
      <Box flex={1} style={{ minWidth: 0 }}>
        <Text fw={600} size="sm">
          {title}
        </Text>
        {children && (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {who !== undefined && <b className={classes.who}>{who}</b>}
            {children}
          </Text>
        )}
      </Box>
      {action !== undefined && <Box style={{ flexShrink: 0 }}>{action}</Box>}
    </Group>
  );
}
