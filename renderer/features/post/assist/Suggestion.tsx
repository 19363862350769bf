import { Button, Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { t } from '../../../i18n/i18n.ts';
import classes from './assist.module.css';
import type { Suggested } from './use-rewrite.ts';

/** The old wording and the one suggested, side by side. Enter accepts, Escape dismisses. */
export function Suggestion({
  suggestion,
  isStale,
  isWorking,
  onAccept,
  onAgain,
  onDismiss,
}: {
  suggestion: Suggested;
  isStale: boolean;
  isWorking: boolean;
  onAccept: () => void;
  onAgain: () => void;
  onDismiss: () => void;
}) {
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDismiss();
  };
  return (
    <Paper
      component="section"
      className={classes.suggestion}
      aria-label={t('composer:assist.suggestion')}
      onKeyDown={escape}
      data-testid="suggestion"
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Wording title={t('composer:assist.before')} text={suggestion.before} dimmed />
        <Wording title={t('composer:assist.after')} text={suggestion.after} />
      </SimpleGrid>
      {isStale && (
        <Text size="xs" c="orange" mt="xs" role="status">
          {t('composer:assist.stale')}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          leftSection={<IconCheck size={15} />}
          onClick={onAccept}
          disabled={isStale || isWorking}
          autoFocus
        >
          {t('composer:assist.accept')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={15} />}
          onClick={onAgain}
          loading={isWorking}
        >
          {t('composer:assist.again')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconX size={15} />} onClick={onDismiss}>
          {t('composer:assist.dismiss')}
        </Button>
      </Group>
    </Paper>
  );
}

function Wording({ title, text, dimmed }: { title: string; text: string; dimmed?: boolean }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed" mb={2}>
        {title}
      </Text>
      <Text size="sm" c={dimmed ? 'dimmed' : undefined} className={classes.wording} dir="auto">
        {text}
      </Text>
    </div>
  );
}
