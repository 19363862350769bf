import { Group, Text } from '@mantine/core';
import { Fragment } from 'react';
import { type Counts, countsOf, foldOf, isOver, type Showing } from '../../../../shared/domain/captions.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { t } from '../../../i18n/i18n.ts';
import { type Draft, type DraftTarget, mediaOn, textOn } from './draft.ts';

/** What each network counts of the text it gets, how much is left, and what it folds away behind "more". */
export function Counters({ draft, targets }: { draft: Draft; targets: readonly DraftTarget[] }) {
  const alone = targets.filter(
    ({ platform }, index) => targets.findIndex((other) => other.platform === platform) === index,
  );
  return (
    <Group gap="6px 18px" role="group" aria-label={t('composer:count.label')}>
      {alone.map((target) => (
        <Counter key={target.accountId} draft={draft} target={target} />
      ))}
    </Group>
  );
}

function Counter({ draft, target }: { draft: Draft; target: DraftTarget }) {
  const { platform } = target;
  const text = textOn(draft, target);
  const counts = countsOf(platform, text);
  const { length, hashtags, mentions } = counts;
  const fold = foldOf(platform, showingOf(draft, target), text);
  const parts = [
    { key: 'length', over: isOver(length), words: lengthWords(length) },
    ...(hashtags.most === null || hashtags.is === 0 ? [] : [tagPart(hashtags.is, hashtags.most)]),
    ...(mentions.most === null || mentions.is === 0 ? [] : [mentionPart(mentions.is, mentions.most)]),
    ...(fold === null ? [] : [{ key: 'fold', over: false, words: t('composer:count.fold', { count: fold }) }]),
  ];
  return (
    <Text
      size="xs"
      component="div"
      c={parts.some(({ over }) => over) ? 'red' : 'dimmed'}
      className="tabular"
      title={t('composer:count.how', { network: platformNames[platform] })}
      style={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 5 }}
      data-testid={`count-${platform}`}
    >
      <PlatformIcon platform={platform} size={14} labelled />
      {parts.map(({ key, over, words }, index) => (
        <Fragment key={key}>
          {index > 0 && <span aria-hidden>{'·'}</span>}
          <Text span inherit c={over ? 'red' : undefined} fw={over ? 600 : undefined}>
            {words}
          </Text>
        </Fragment>
      ))}
    </Text>
  );
}

/** A video alone is a reel, and TikTok shows nothing else. */
export function showingOf(draft: Pick<Draft, 'media'>, target: Pick<DraftTarget, 'platform' | 'options'>): Showing {
  return target.platform === 'tiktok' || mediaOn(draft, target)[0]?.kind === 'video' ? 'clip' : 'feed';
}

function lengthWords({ is, most }: Counts['length']): string {
  const left = most - is;
  if (left < 0) return t('composer:count.over', { count: -left });
  // How much is left matters only when it becomes little.
  return left < most * 0.1 || left < 100
    ? t('composer:count.left', { count: left })
    : t('composer:count.of', { is, most });
}

function tagPart(is: number, most: number) {
  return { key: 'hashtags', over: is > most, words: t('composer:count.hashtags', { is, most }) };
}

function mentionPart(is: number, most: number) {
  return { key: 'mentions', over: is > most, words: t('composer:count.mentions', { is, most }) };
}
