import { Box, Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Says why there is nothing here and leads on. */
export function Empty({
  icon: Glyph,
  title,
  children,
  action,
  compact = false,
  isPage = false,
}: {
  icon: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  compact?: boolean;
  /** It is all there is on the page, so its title is the page's. */
  isPage?: boolean;
}) {
  return (
    <Stack align="center" gap={6} py={compact ? 'lg' : 48} px="lg" ta="center">
      <Box
        c="iris"
        bg="var(--mantine-color-iris-light)"
        style={{ borderRadius: 999, display: 'grid', placeItems: 'center' }}
        w={compact ? 40 : 56}
        h={compact ? 40 : 56}
        mb={6}
      >
        <Glyph size={compact ? 20 : 27} stroke={1.6} aria-hidden />
      </Box>
      <Title order={isPage ? 1 : 2} fz="md">
        {title}
      </Title>
      {children && (
        <Text size="sm" c="dimmed" maw={420} style={{ textWrap: 'balance' }}>
          {children}
        </Text>
      )}
      {action && <Box mt="sm">{action}</Box>}
    </Stack>
  );
}
