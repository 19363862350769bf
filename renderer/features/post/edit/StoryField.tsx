import { Group, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { Media } from '../../../../shared/contract/media.ts';
import { fillsStory, isStory, type StoryFault, storyLimits } from '../../../../shared/domain/story.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { t } from '../../../i18n/i18n.ts';
import { type Draft, type DraftTarget, mediaOn, storyFaultsOf, withOptions } from './draft.ts';
import classes from './MediaField.module.css';

/** For each Instagram account of the post: whether it appears in the feed or as a story, and what a story asks for. */
export function StoryField({
  draft,
  onChange,
  onShow,
}: {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  /** Which account's preview goes with what is being chosen. */
  onShow?: (accountId: string) => void;
}) {
  return draft.targets
    .filter(({ platform }) => platform === 'instagram')
    .map((target) => (
      <Stack key={target.accountId} gap={8}>
        <Group gap="xs">
          <PlatformIcon platform="instagram" size={18} />
          <Text size="sm" fw={550}>
            {target.accountName}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('composer:story.format', { account: target.accountName })}
            value={isStory(target.options) ? 'story' : 'feed'}
            onChange={(value) => {
              onChange(withOptions(draft, target.accountId, { format: value === 'story' ? 'story' : undefined }));
              onShow?.(target.accountId);
            }}
            data={[
              { value: 'feed', label: t('composer:story.feed') },
              { value: 'story', label: t('composer:story.name') },
            ]}
          />
        </Group>
        {isStory(target.options) && <Story draft={draft} target={target} onChange={onChange} />}
      </Stack>
    ));
}

function Story({
  draft,
  target,
  onChange,
}: {
  draft: Draft;
  target: DraftTarget;
  onChange: (change: Partial<Draft>) => void;
}) {
  const files = mediaOn(draft, target);
  const faults = storyFaultsOf(draft, target);
  const [file] = files;
  return (
    <Stack gap={6}>
      <Text size="xs" c="dimmed">
        {t('composer:story.what')}
      </Text>
      {faults.map((fault) => (
        <Note key={fault.kind} isFault>
          {storyFaultWords(fault)}
        </Note>
      ))}
      {draft.media.length > 1 && (
        <Choice
          files={draft.media}
          chosen={files.length === 1 ? file?.id : undefined}
          onChoose={(id) => onChange(withOptions(draft, target.accountId, { media: [id] }))}
        />
      )}
      {files.length === 1 && file !== undefined && !fillsStory(file) && (
        <Note>{t(file.kind === 'image' ? 'composer:story.fitted' : 'composer:story.barred')}</Note>
      )}
    </Stack>
  );
}

/** Which one of several files the story shows. */
function Choice({
  files,
  chosen,
  onChoose,
}: {
  files: readonly Media[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) {
  return (
    <Group gap={8} role="radiogroup" aria-label={t('composer:story.choose')}>
      {files.map((file, index) => (
        <div key={file.id} className={classes.choice} data-chosen={file.id === chosen || undefined}>
          <UnstyledButton
            role="radio"
            aria-checked={file.id === chosen}
            aria-label={file.name ?? t('composer:media.file', { number: index + 1 })}
            onClick={() => onChoose(file.id)}
          >
            <MediaThumb media={file} size={56} />
          </UnstyledButton>
        </div>
      ))}
    </Group>
  );
}

function Note({ isFault = false, children }: { isFault?: boolean; children: string }) {
  const Icon = isFault ? IconAlertTriangle : IconInfoCircle;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" c={isFault ? 'orange' : 'dimmed'} role="status">
      <Icon size={15} style={{ flexShrink: 0, marginTop: 1 }} aria-hidden />
      <Text size="xs">{children}</Text>
    </Group>
  );
}

/** What is wrong with a story's files, for a person. */
export function storyFaultWords(fault: StoryFault): string {
  const { shortest, longest, maxBytes } = storyLimits;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
  switch (fault.kind) {
    case 'missing':
      return t('composer:story.missing');
    case 'several':
      return t('composer:story.several', { count: fault.is });
    case 'duration':
      return t('composer:story.duration', { shortest, longest, is: Math.round(fault.is) });
    case 'too_large':
      return t('composer:story.tooLarge', { most: megabytes(maxBytes), is: megabytes(fault.is) });
  }
}
