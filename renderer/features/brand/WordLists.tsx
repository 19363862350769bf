import { Stack, TagsInput } from '@mantine/core';
import type { Brand } from '../../../shared/contract/brand.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { normalizeHashtag } from '../../../shared/domain/captions.ts';
import { problemOf } from '../../api/errors.ts';
import { Panel } from '../../components/Panel.tsx';
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
      <Panel title="Calls to action" description="Each post uses one of them.">
        <TextList
          label="Call to action"
          addLabel="Add a call to action"
          values={values.ctas}
          max={50}
          singleLine
          onChange={(ctas) => set({ ctas })}
          error={problemOf(problems, 'ctas')}
        />
      </Panel>
      <Panel title="Hashtags">
        <Stack>
          <TagsInput
            aria-label="Hashtags"
            description="Enter or a space ends one."
            placeholder={values.hashtags.length === 0 ? '#slowmornings' : ''}
            splitChars={[',', ' ']}
            maxTags={100}
            value={values.hashtags}
            onChange={(hashtags) => set({ hashtags: [...new Set(hashtags.map(normalizeHashtag))] })}
            error={problemOf(problems, 'hashtags')}
          />
        </Stack>
      </Panel>
    </>
  );
}
