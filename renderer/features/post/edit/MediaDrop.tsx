import '@mantine/dropzone/styles.css';
import { Progress, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import { uploadMedia } from '../../../api/upload.ts';
import { notifyError } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';
import classes from './MediaField.module.css';

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/quicktime', 'video/webm'];

/** Takes files that are dropped or chosen, and uploads them one after the other. */
export function MediaDrop({
  clientId,
  isFirst,
  onAdd,
}: {
  clientId: string;
  isFirst: boolean;
  onAdd: (media: Media[]) => void;
}) {
  const [share, setShare] = useState<number | null>(null);
  const upload = async (files: File[]) => {
    const added: Media[] = [];
    for (const [index, file] of files.entries()) {
      setShare(index / files.length);
      try {
        added.push(
          await uploadMedia({ file, clientId, onProgress: (part) => setShare((index + part) / files.length) }),
        );
      } catch (failure) {
        notifyError(failure);
      }
    }
    setShare(null);
    if (added.length > 0) onAdd(added);
  };
  return (
    <Dropzone
      accept={accepted}
      maxSize={300 * 1024 * 1024}
      disabled={clientId === '' || share !== null}
      onDrop={(files) => void upload(files)}
      onReject={() => notifyError(new Error(t('composer:media.refused')))}
      className={classes.drop}
      inputProps={{ 'aria-label': t('composer:media.add') }}
    >
      <Stack align="center" gap={4} style={{ pointerEvents: 'none' }}>
        <IconPhotoPlus size={24} stroke={1.5} aria-hidden />
        <Text size="sm" ta="center">
          {isFirst ? t('composer:media.dropFirst') : t('composer:media.dropMore')}
        </Text>
        {share !== null && <Progress value={share * 100} w="80%" aria-label={t('composer:media.upload')} />}
      </Stack>
    </Dropzone>
  );
}
