import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.ts';
import classes from './Page.module.css';

const widest = 1640;

/** A page: its title, one line under it, its actions, its content. */
export function Page({
  title,
  heading,
  description,
  actions,
  children,
  width,
}: {
  title: string;
  /** Shown instead of the title where more than words are needed. */
  heading?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /**
   * The most that its content is wide, in pixels, where lines would grow too long. All pages begin at the same edge, but on
   * screens so wide that it would stand lost there: it is in the middle then.
   */
  width?: number;
}) {
  useDocumentTitle(t('app:pageTitle', { page: title }));
  return (
    <Box maw={widest} mx="auto" px={{ base: 'md', md: 'xl' }} py="xl">
      <Stack gap="lg" maw={width} className={classes.content}>
        <Group justify="space-between" align="flex-start" gap="md" mih={42}>
          <Box style={{ minWidth: 0 }}>
            {heading ?? <Title order={1}>{title}</Title>}
            {description !== undefined && (
              <Text c="dimmed" size="sm" mt={4}>
                {description}
              </Text>
            )}
          </Box>
          {actions && (
            <Group gap="sm" style={{ alignSelf: 'center' }}>
              {actions}
            </Group>
          )}
        </Group>
        {children}
      </Stack>
    </Box>
  );
}
