import { Box, Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A titled surface; the building block of every page. */
export function Panel({
  title,
  description,
  actions,
  children,
  flush = false,
  ...rest
}: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Content touches the edges, for lists and tables. */
  flush?: boolean;
  className?: string;
  'data-testid'?: string;
}) {
  return (
    <Paper
      component="section"
      bg="var(--surface)"
      shadow="xs"
      style={{ border: '1px solid var(--line)', overflow: flush ? 'clip' : undefined }}
      {...rest}
    >
      {(title !== undefined || actions !== undefined) && (
        <Group justify="space-between" align="flex-start" px="lg" pt="md" pb={flush ? 'sm' : 0} gap="xs md">
          <Box flex="1 1 120px" style={{ minWidth: 0 }}>
            <Title order={2} fz="md">
              {title}
            </Title>
            {description !== undefined && (
              <Text size="sm" c="dimmed" mt={2}>
                {description}
              </Text>
            )}
          </Box>
          {actions}
        </Group>
      )}
      {flush ? (
        children
      ) : (
        <Box p="lg" pt={title === undefined ? 'lg' : 'md'}>
          {children}
        </Box>
      )}
    </Paper>
  );
}
