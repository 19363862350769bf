import { TagsInput } from '@mantine/core';
import type { Brand } from '../../../shared/contract/brand.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { normalizeHashtag } from '../../../shared/domain/captions.ts';
import { problemOf } from '../../api/errors.ts';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { TextList } from './TextList.tsx';

/** Calls to action and hashtags the AI may use. */
export function WordLists({
  values,
  set,
  problems,
}: {
  values: Brand;
  set: (change: Partial<Brand>) => void;
  problems: readonly Problem[];
}) {
  return (
    <>
      <Panel title={t('brand:ctas.title')} description={t('brand:ctas.description')}>
        <TextList
          labels={{
            item: (number) => t('brand:ctas.item', { number }),
            remove: (number) => t('brand:ctas.remove', { number }),
            add: t('brand:ctas.add'),
          }}
          values={values.ctas}
          max={50}
          singleLine
          onChange={(ctas) => set({ ctas })}
          error={problemOf(problems, 'ctas')}
        />
      </Panel>
      <Panel title={t('brand:hashtags.title')} description={t('brand:hashtags.description')}>
        <TagsInput
          aria-label={t('brand:hashtags.title')}
          placeholder={values.hashtags.length === 0 ? t('brand:hashtags.placeholder') : ''}
          splitChars={[',', ' ']}
          maxTags={100}
          value={values.hashtags}
          onChange={(hashtags) => set({ hashtags: [...new Set(hashtags.map(normalizeHashtag))] })}
          error={problemOf(problems, 'hashtags')}
        />
      </Panel>
    </>
  );
}
