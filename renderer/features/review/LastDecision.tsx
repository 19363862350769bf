import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { t } from '../../i18n/i18n.ts';
import { ShortcutHint } from '../commands/Caps.tsx';
import classes from './review.module.css';
import { useReview } from './review-store.ts';
import { decidedWords } from './use-decisions.ts';

/** What was decided last, and the way to take it back: it stands there until the next decision, not for seconds. */
export function LastDecision({ onUndo }: { onUndo: () => void }) {
  const id = useReview(({ trail }) => trail.at(-1) ?? null);
  const decision = useReview(({ decided }) => (id === null ? undefined : decided.get(id)));
  const post = useQuery({ ...orpc.pipeline.get.queryOptions({ input: { id: id ?? '' } }), enabled: id !== null });
  const words = decision === undefined || post.data === undefined ? null : decidedWords(post.data, decision);
  return (
    <div role="status" className={classes.last}>
      {words !== null && (
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" lineClamp={2}>
            {words}
          </Text>
          <Button size="compact-xs" variant="subtle" rightSection={<ShortcutHint of="undo" />} onClick={onUndo}>
            {t('common:action.undo')}
          </Button>
        </Group>
      )}
    </div>
  );
}
