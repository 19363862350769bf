import { Stack, TagsInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Problem } from '../../../../shared/contract/common.ts';
import { normalizeHashtag } from '../../../../shared/domain/captions.ts';
import { orpc } from '../../../api/client.ts';
import { problemOf } from '../../../api/errors.ts';
import { CaptionFields } from './CaptionFields.tsx';
import type { Draft } from './draft.ts';
import { InstagramFields } from './InstagramFields.tsx';
import { MediaField } from './MediaField.tsx';

export interface DraftFieldsProps {
  clientId: string;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  /** What the core refused, shown beside the fields. */
  problems: readonly Problem[];
}

/** Everything of a post that a reader sees. */
export function DraftFields({ clientId, draft, onChange, problems }: DraftFieldsProps) {
  const brand = useQuery(orpc.brand.get.queryOptions({ input: { id: clientId }, enabled: clientId !== '' }));
  return (
    <Stack gap="lg">
      <CaptionFields draft={draft} onChange={onChange} problems={problems} terms={brand.data?.bannedTerms ?? []} />
      <TagsInput
        label="Hashtags"
        description="Added after the caption on every network. Enter or a space ends one."
        placeholder={draft.hashtags.length === 0 ? '#summer' : ''}
        data={brand.data?.hashtags.map(normalizeHashtag) ?? []}
        value={draft.hashtags}
        onChange={(hashtags) => onChange({ hashtags: [...new Set(hashtags.map(normalizeHashtag))] })}
        splitChars={[',', ' ']}
        maxTags={60}
        clearable
        error={problemOf(problems, 'hashtags')}
      />
      <MediaField
        clientId={clientId}
        media={draft.media}
        onChange={(media) => onChange({ media })}
        error={problemOf(problems, 'media')}
      />
      <Textarea
        label="Alt text"
        description="Describes the picture for people who cannot see it."
        minRows={2}
        maxLength={1_000}
        value={draft.altText ?? ''}
        onChange={(event) => onChange({ altText: event.currentTarget.value })}
        error={problemOf(problems, 'altText')}
      />
      <Textarea
        label="First comment"
        description="Posted right under the post on Facebook and Instagram. Leave it empty for none."
        minRows={2}
        maxLength={2_200}
        value={draft.firstComment ?? ''}
        onChange={(event) => onChange({ firstComment: event.currentTarget.value })}
        error={problemOf(problems, 'firstComment')}
      />
      <InstagramFields targets={draft.targets} onChange={(targets) => onChange({ targets })} />
    </Stack>
  );
}
