import { Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Problem } from '../../../../shared/contract/common.ts';
import { normalizeHashtag } from '../../../../shared/domain/captions.ts';
import { orpc } from '../../../api/client.ts';
import { problemOf } from '../../../api/errors.ts';
import { t } from '../../../i18n/i18n.ts';
import { AltTextField } from './AltTextField.tsx';
import { CaptionFields } from './CaptionFields.tsx';
import { type Draft, isOnlyStories } from './draft.ts';
import { FirstCommentField } from './FirstCommentField.tsx';
import { InstagramFields } from './InstagramFields.tsx';
import { MediaField } from './MediaField.tsx';
import { StoryField } from './StoryField.tsx';

export interface DraftFieldsProps {
  clientId: string;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  /** What the core refused, shown beside the fields. */
  problems: readonly Problem[];
  /** Which account's preview goes with what is being written. */
  onShow?: (accountId: string) => void;
}

/** Everything of a post that a reader sees. */
export function DraftFields({ clientId, draft, onChange, problems, onShow }: DraftFieldsProps) {
  const brand = useQuery(orpc.brand.get.queryOptions({ input: { id: clientId }, enabled: clientId !== '' }));
  const terms = brand.data?.bannedTerms ?? [];
  const isUnseen = isOnlyStories(draft);
  return (
    <Stack gap="lg">
      <StoryField draft={draft} onChange={onChange} onShow={onShow} />
      <CaptionFields
        clientId={clientId}
        draft={draft}
        onChange={onChange}
        problems={problems}
        terms={terms}
        onShow={onShow}
      />
      <TagsInput
        label={t('composer:hashtags.label')}
        description={isUnseen ? t('composer:story.notSent') : t('composer:hashtags.how')}
        disabled={isUnseen}
        placeholder={draft.hashtags.length === 0 ? t('composer:hashtags.example') : ''}
        data={brand.data?.hashtags.map(normalizeHashtag) ?? []}
        value={draft.hashtags}
        onChange={(hashtags) => onChange({ hashtags: [...new Set(hashtags.map(normalizeHashtag))] })}
        splitChars={[',', ' ']}
        maxTags={60}
        clearable
        error={problemOf(problems, 'hashtags')}
      />
      <MediaField clientId={clientId} draft={draft} onChange={onChange} error={problemOf(problems, 'media')} />
      <AltTextField draft={draft} onChange={onChange} error={problemOf(problems, 'altText')} terms={terms} />
      <FirstCommentField draft={draft} onChange={onChange} error={problemOf(problems, 'firstComment')} terms={terms} />
      <InstagramFields clientId={clientId} draft={draft} onChange={onChange} />
    </Stack>
  );
}
