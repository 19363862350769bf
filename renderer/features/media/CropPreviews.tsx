import { Button, Group, Text, Title } from '@mantine/core';
import type { LibraryItem, OwnPointChanges } from '../../../shared/contract/media.ts';
import { clipMs, type Crop, cropFor, fillsClip, focalFor } from '../../../shared/domain/crop.ts';
import { type Platform, platformNames, platforms } from '../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import { CropFrame } from './CropFrame.tsx';
import classes from './media.module.css';

/** What each network gets of a picture: cut around the common point, or around its own where one was set in its preview. */
export function CropPreviews({
  item,
  carousel,
  onChange,
}: {
  item: LibraryItem;
  /** Ratio of Instagram's carousel that the picture is looked at in; undefined where it stands alone. */
  carousel: number | undefined;
  onChange: (to: (latest: LibraryItem) => OwnPointChanges) => void;
}) {
  const shown = platforms.map((platform) => ({
    platform,
    ...cropOf(item, platform, platform === 'instagram' ? carousel : undefined),
  }));
  return (
    <div>
      <Title order={3} fz="sm" mb={6}>
        {t('media:crop.title')}
      </Title>
      {shown.some(({ isCut }) => isCut) && (
        <Text size="xs" c="dimmed" mb="sm">
          {t('media:crop.hint')}
        </Text>
      )}
      <Group gap="md" align="flex-end" wrap="nowrap">
        {shown.map(({ platform, isCut, isWhole, ratio }) => (
          <figure key={platform} className={classes.preview} data-testid={`crop-${platform}`}>
            <CropFrame
              item={item}
              platform={platform}
              ratio={ratio}
              isWhole={isWhole}
              isMovable={isCut}
              onMove={(to) => onChange((latest) => ({ [platform]: to(latest) }))}
            />
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
              <Button
                className={classes.asOthers}
                size="compact-xs"
                variant="subtle"
                data-unneeded={item.focalOn[platform] === undefined || undefined}
                aria-label={t('media:crop.asOthersLabel', { network: platformNames[platform] })}
                onClick={() => onChange(() => ({ [platform]: null }))}
              >
                {t('media:crop.asOthers')}
              </Button>
            </figcaption>
          </figure>
        ))}
      </Group>
    </div>
  );
}

/** @returns whether anything of the picture is left out, and whether it stands whole before a blurred copy */
function cropOf(
  item: LibraryItem,
  platform: Platform,
  ratio: number | undefined,
): { isCut: boolean; isWhole: boolean; ratio: number | undefined } {
  const { width, height }: Crop = cropFor(platform, item, { focal: focalFor(platform, item), ratio });
  const isWhole = platform === 'tiktok' && !fillsClip(item);
  return { isCut: !isWhole && (width < item.width - 1 || height < item.height - 1), isWhole, ratio };
}
