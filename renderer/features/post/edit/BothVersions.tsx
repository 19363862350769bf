import { Alert, Button, Group, SimpleGrid, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { t } from '../../../i18n/i18n.ts';
import type { Draft } from './draft.ts';
import classes from './BothVersions.module.css';

/** What is written here beside what somebody else made of it meanwhile; a person decides which one goes on. */
export function BothVersions({
  mine,
  theirs,
  onDecide,
}: {
  mine: Draft;
  /** Null: they finished or discarded it. */
  theirs: Draft | null;
  onDecide: (whose: 'mine' | 'theirs') => void;
}) {
  return (
    <Alert
      color="orange"
      icon={<IconGitMerge />}
      title={theirs === null ? t('composer:conflict.gone') : t('composer:conflict.changed')}
      data-testid="conflict"
    >
      {theirs !== null && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" mb="sm">
          <Version title={t('composer:conflict.mine')} draft={mine} other={theirs} />
          <Version title={t('composer:conflict.theirs')} draft={theirs} other={mine} />
        </SimpleGrid>
      )}
      <Group gap="xs">
        <Button size="xs" onClick={() => onDecide('mine')}>
          {t('composer:conflict.keepMine')}
        </Button>
        <Button size="xs" variant="default" onClick={() => onDecide('theirs')}>
          {theirs === null ? t('composer:conflict.letGo') : t('composer:conflict.takeTheirs')}
        </Button>
      </Group>
    </Alert>
  );
}

/** Only what differs. */
function Version({ title, draft, other }: { title: string; draft: Draft; other: Draft }) {
  const parts = partsOf(draft).filter(
    ({ key, text }) => partsOf(other).find((part) => part.key === key)?.text !== text,
  );
  return (
    <div>
      <Text size="xs" fw={600} mb={4}>
        {title}
      </Text>
      {parts.map(({ key, label, text }) => (
        <div key={key} className={classes.part}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text size="sm" className={classes.text} dir="auto">
            {text === '' ? t('composer:conflict.empty') : text}
          </Text>
        </div>
      ))}
    </div>
  );
}

function partsOf(draft: Draft): { key: string; label: string; text: string }[] {
  return [
    { key: 'caption', label: t('composer:caption.label'), text: draft.caption },
    ...draft.targets.map(({ accountId, platform, caption }) => ({
      key: `caption/${accountId}`,
      label: t('composer:caption.on', { network: platformNames[platform] }),
      text: caption ?? '',
    })),
    { key: 'hashtags', label: t('composer:hashtags.label'), text: draft.hashtags.join(' ') },
    { key: 'comment', label: t('composer:comment.label'), text: draft.firstComment ?? '' },
    { key: 'alt', label: t('composer:alt.label'), text: draft.altText ?? '' },
    {
      key: 'media',
      label: t('composer:media.label'),
      text: draft.media.map(({ name, id }) => name ?? id).join(', '),
    },
  ];
}
