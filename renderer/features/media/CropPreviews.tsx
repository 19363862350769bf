import { Group, Text, Title } from '@mantine/core';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import { clipMs, cropFor, fillsClip } from '../../../shared/domain/crop.ts';
import { type Platform, platformNames, platforms } from '../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import classes from './media.module.css';

const boxHeight = 168;
const maxWidth = 190;

/** What each network gets of a picture, around its focal point. */
export function CropPreviews({ item }: { item: LibraryItem }) {
  return (
    <div>
      <Title order={3} fz="sm" mb={6}>
        {t('media:crop.title')}
      </Title>
      <Group gap="md" align="flex-end" wrap="nowrap">
        {platforms.map((platform) => (
          <CropPreview key={platform} platform={platform} item={item} />
        ))}
      </Group>
    </div>
  );
}

function CropPreview({ platform, item }: { platform: Platform; item: LibraryItem }) {
  const { width, height, focal } = item;
  const crop = cropFor(platform, { width, height }, { focal });
  const ratio = crop.out.width / crop.out.height;
  const box =
    ratio > maxWidth / boxHeight
      ? { width: maxWidth, height: maxWidth / ratio }
      : { width: boxHeight * ratio, height: boxHeight };
  const scale = box.width / crop.width;
  const source = item.thumbnailUrl ?? item.url;
  const isWhole = platform === 'tiktok' && !fillsClip({ width, height });
  const isCut = !isWhole && (crop.width < width - 1 || crop.height < height - 1);
  return (
    <figure className={classes.preview} data-testid={`crop-${platform}`}>
      <div className={classes.frame} style={box}>
        <img
          src={source}
          alt=""
          className={isWhole ? classes.blurred : undefined}
          style={{ width: width * scale, height: height * scale, left: -crop.left * scale, top: -crop.top * scale }}
        />
        {isWhole && <img src={source} alt="" className={classes.whole} />}
      </div>
      <figcaption>
        <Group gap={6} wrap="nowrap">
          <PlatformIcon platform={platform} size={16} />
          <Text size="xs" fw={500}>
            {platformNames[platform]}
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          {platform === 'tiktok'
            ? t('media:crop.clip', { count: clipMs / 1_000 })
            : isCut
              ? t('media:crop.cut')
              : t('media:crop.whole')}
        </Text>
      </figcaption>
    </figure>
  );
}
