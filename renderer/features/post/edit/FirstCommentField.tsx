import { Group, Text } from '@mantine/core';
import { commentLimit, commentNetworks } from '../../../../shared/domain/captions.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { currentLocale, t } from '../../../i18n/i18n.ts';
import { type Draft, type DraftTarget, isOnlyStories, isStoryOn } from './draft.ts';
import { MarkedTextarea } from './MarkedTextarea.tsx';

/** The comment that is posted right under the post, and which of the chosen networks take one. */
export function FirstCommentField({
  draft,
  onChange,
  error,
  terms,
}: {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  error: string | undefined;
  terms: readonly string[];
}) {
  const text = draft.firstComment ?? '';
  const isUnseen = isOnlyStories(draft);
  const named = (takes: boolean) => {
    const targets = draft.targets.filter(
      (target) => (commentNetworks.includes(target.platform) && !isStoryOn(target)) === takes,
    );
    return new Intl.ListFormat(currentLocale()).format([...new Set(targets.map(networkOf))]);
  };
  const left = commentLimit - text.length;
  return (
    <div>
      <MarkedTextarea
        label={t('composer:comment.label')}
        description={isUnseen ? t('composer:story.notSent') : t('composer:comment.how')}
        disabled={isUnseen}
        minRows={2}
        value={text}
        onChange={(firstComment) => onChange({ firstComment })}
        terms={terms}
        error={error}
      />
      {text !== '' && (
        <Group gap="4px 14px" mt={6}>
          <Text size="xs" className="tabular" c={left < 0 ? 'red' : 'dimmed'}>
            {left < 0
              ? t('composer:count.over', { count: -left })
              : t('composer:count.of', { is: text.length, most: commentLimit })}
          </Text>
          {named(true) !== '' && (
            <Text size="xs" c="dimmed">
              {t('composer:comment.goesTo', { networks: named(true) })}
            </Text>
          )}
          {named(false) !== '' && !isUnseen && (
            <Text size="xs" c="dimmed">
              {t('composer:comment.notOn', { networks: named(false) })}
            </Text>
          )}
        </Group>
      )}
    </div>
  );
}

function networkOf(target: DraftTarget): string {
  const network = platformNames[target.platform];
  return isStoryOn(target) ? t('composer:story.on', { network }) : network;
}
