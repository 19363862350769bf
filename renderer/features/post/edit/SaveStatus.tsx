import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from '@tabler/icons-react';
import { explain } from '../../../api/errors.ts';
import { formatTime } from '../../../components/format.ts';
import { t } from '../../../i18n/i18n.ts';
import type { SaveState } from './autosave.ts';

/** Whether what was typed is kept, in a few words that stay where they are. */
export function SaveStatus({ state, onRetry }: { state: SaveState; onRetry?: () => void }) {
  return (
    <Group gap={6} mih={22} wrap="nowrap" role="status" data-testid="save-state" data-state={state.kind}>
      <Look state={state} />
      {state.kind === 'failed' && onRetry && (
        <Button size="compact-xs" variant="subtle" onClick={onRetry}>
          {t('composer:save.now')}
        </Button>
      )}
    </Group>
  );
}

function Look({ state }: { state: SaveState }) {
  const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;
  switch (state.kind) {
    case 'clean':
      return null;
    case 'saving':
      return (
        <Text size="xs" c="dimmed" component="span" style={line}>
          <IconCloudUp {...icon} /> {t('composer:save.saving')}
        </Text>
      );
    case 'saved':
      return (
        <Text size="xs" c="dimmed" component="span" style={line}>
          <IconCloudCheck {...icon} color="var(--mantine-color-teal-6)" />
          {t('composer:save.saved', { time: formatTime(state.at) })}
        </Text>
      );
    case 'failed':
      return (
        <Text size="xs" c="orange" component="span" style={line}>
          <IconAlertTriangle {...icon} /> {t('composer:save.failed', { why: explain(state.error).message })}
        </Text>
      );
    case 'conflict':
      return (
        <Text size="xs" c="orange" component="span" style={line}>
          <IconAlertTriangle {...icon} /> {t('composer:save.conflict')}
        </Text>
      );
  }
}

const line = { display: 'inline-flex', alignItems: 'center', gap: 6 };
