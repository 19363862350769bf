import { Text } from '@mantine/core';
import { currentLocale, t } from '../../../i18n/i18n.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { type Draft, isOnlyStories, isStoryOn, mediaOn } from './draft.ts';
import { MarkedTextarea } from './MarkedTextarea.tsx';

/** One alternative text for all pictures of the post. Left empty, each picture has its own from the library. */
export function AltTextField({
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
  const isUnseen = isOnlyStories(draft);
  const pictures = draft.media.filter(({ kind }) => kind === 'image');
  const described = pictures.filter(({ altText }) => altText !== null).length;
  const takers = draft.targets.filter(
    (target) =>
      target.platform !== 'tiktok' && !isStoryOn(target) && mediaOn(draft, target).some(({ kind }) => kind === 'image'),
  );
  const networks = [...new Set(takers.map(({ platform }) => platformNames[platform]))];
  const own = draft.altText?.trim() ? null : t('composer:alt.own', { described, count: pictures.length });
  return (
    <div>
      <MarkedTextarea
        label={t('composer:alt.label')}
        disabled={isUnseen}
        description={
          isUnseen
            ? t('composer:story.notSent')
            : pictures.length > 1
              ? t('composer:alt.forAll')
              : t('composer:alt.how')
        }
        minRows={2}
        maxLength={1_000}
        value={draft.altText ?? ''}
        onChange={(altText) => onChange({ altText })}
        terms={terms}
        error={error}
      />
      {pictures.length > 0 && !isUnseen && (
        <Text size="xs" c="dimmed" mt={6}>
          {own}{' '}
          {networks.length > 0 &&
            t('composer:alt.goesTo', { networks: new Intl.ListFormat(currentLocale()).format(networks) })}
        </Text>
      )}
    </div>
  );
}
