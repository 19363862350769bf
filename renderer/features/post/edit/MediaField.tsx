import { Button, Input, SimpleGrid } from '@mantine/core';
import { IconPhotoSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { carouselRatio } from '../../../../shared/domain/crop.ts';
import { mediaFor } from '../../../../shared/domain/media.ts';
import { t } from '../../../i18n/i18n.ts';
import { type Draft, isOnlyStories, isStoryOn } from './draft.ts';
import { MediaDrop } from './MediaDrop.tsx';
import { MediaItem } from './MediaItem.tsx';
import { MediaPerNetwork } from './MediaPerNetwork.tsx';

/** Files a post may have. */
const most = 10;

const LibraryPicker = lazy(async () => ({
  default: (await import('../../media/LibraryPicker.tsx')).LibraryPicker,
}));
const MediaDrawer = lazy(async () => ({ default: (await import('../../media/MediaDrawer.tsx')).MediaDrawer }));

/** The pictures and videos of a post, in order, and which of them each network gets. */
export function MediaField({
  clientId,
  draft,
  onChange,
  error,
}: {
  clientId: string;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  error?: string;
}) {
  const { media } = draft;
  const [isChoosing, setIsChoosing] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const add = (added: Draft['media']) => onChange({ media: [...media, ...added].slice(0, most) });
  const move = (index: number, by: number) => {
    const next = [...media];
    next.splice(index + by, 0, ...next.splice(index, 1));
    onChange({ media: next });
  };
  return (
    <Input.Wrapper label={t('composer:media.label')} error={error} labelElement="div">
      <SimpleGrid cols={{ base: 2, lg: media.length === 0 ? 1 : 3 }} spacing="sm" mt={4}>
        {media.map((item, index) => (
          <MediaItem
            key={item.id}
            item={item}
            asksAltText={!draft.altText?.trim() && !isOnlyStories(draft)}
            onLeft={index === 0 ? undefined : () => move(index, -1)}
            onRight={index === media.length - 1 ? undefined : () => move(index, 1)}
            onOpen={() => setOpened(item.id)}
            onRemove={() => onChange({ media: media.filter(({ id }) => id !== item.id) })}
          />
        ))}
        {media.length < most && <MediaDrop clientId={clientId} isFirst={media.length === 0} onAdd={add} />}
      </SimpleGrid>
      <Button
        mt={6}
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPhotoSearch size={16} />}
        disabled={clientId === '' || media.length >= most}
        onClick={() => setIsChoosing(true)}
      >
        {t('composer:media.fromLibrary')}
      </Button>
      <MediaPerNetwork draft={draft} onChange={onChange} />
      <Suspense>
        {isChoosing && (
          <LibraryPicker
            clientId={clientId}
            chosen={media}
            onChoose={(chosen) => {
              setIsChoosing(false);
              add(chosen);
            }}
            onClose={() => setIsChoosing(false)}
          />
        )}
        {opened !== null && (
          <MediaDrawer
            id={opened}
            carousel={carouselOf(draft, opened)}
            onClose={() => setOpened(null)}
            onOpen={setOpened}
          />
        )}
      </Suspense>
    </Input.Wrapper>
  );
}

/** The ratio that Instagram cuts a file to because it is one of several there. */
function carouselOf({ media, targets }: Draft, id: string): number | undefined {
  const target = targets.find((each) => each.platform === 'instagram' && !isStoryOn(each));
  const sent = target === undefined ? [] : mediaFor('instagram', media, target.options);
  return sent.some((item) => item.id === id) ? carouselRatio(sent) : undefined;
}
