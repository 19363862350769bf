import '@mantine/dropzone/styles.css';
import { ActionIcon, Box, Button, Group, Input, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconArrowLeft, IconArrowRight, IconPhotoPlus, IconPhotoSearch, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import { uploadMedia } from '../../../api/upload.ts';
import { notifyError } from '../../../components/notify.tsx';
import classes from './MediaField.module.css';

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/quicktime', 'video/webm'];

const LibraryPicker = lazy(async () => ({
  default: (await import('../../media/LibraryPicker.tsx')).LibraryPicker,
}));

/** The pictures and videos of a post, in order; files are uploaded when dropped or chosen. */
export function MediaField({
  clientId,
  media,
  onChange,
  error,
}: {
  clientId: string;
  media: readonly Media[];
  onChange: (media: Media[]) => void;
  error?: string;
}) {
  const [share, setShare] = useState<number | null>(null);
  const [isChoosing, setIsChoosing] = useState(false);
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
    if (added.length > 0) onChange([...media, ...added].slice(0, 10));
  };
  const move = (index: number, by: number) => {
    const next = [...media];
    next.splice(index + by, 0, ...next.splice(index, 1));
    onChange(next);
  };

  return (
    <Input.Wrapper label="Pictures and video" error={error} labelElement="div">
      <SimpleGrid cols={{ base: 2, lg: media.length === 0 ? 1 : 3 }} spacing="sm" mt={4}>
        {media.map((item, index) => (
          <Box key={item.id} className={classes.item}>
            {item.kind === 'image' ? (
              <img src={item.thumbnailUrl ?? item.url} alt="" />
            ) : (
              <video src={`${item.url}#t=0.1`} muted preload="metadata" />
            )}
            <Group gap={2} className={classes.tools}>
              <ActionIcon
                size="sm"
                variant="white"
                color="dark"
                aria-label="Move left"
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <IconArrowLeft size={14} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                variant="white"
                color="dark"
                aria-label="Move right"
                disabled={index === media.length - 1}
                onClick={() => move(index, 1)}
              >
                <IconArrowRight size={14} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                variant="white"
                color="red"
                aria-label="Remove"
                onClick={() => onChange(media.filter(({ id }) => id !== item.id))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
          </Box>
        ))}
        <Dropzone
          accept={accepted}
          maxSize={300 * 1024 * 1024}
          disabled={clientId === '' || share !== null}
          onDrop={(files) => void upload(files)}
          onReject={() =>
            notifyError(new Error('Use JPEG, PNG or WebP pictures, or MP4, MOV or WebM videos up to 300 MB.'))
          }
          className={classes.drop}
          inputProps={{ 'aria-label': 'Add pictures or video' }}
        >
          <Stack align="center" gap={4} style={{ pointerEvents: 'none' }}>
            <IconPhotoPlus size={24} stroke={1.5} aria-hidden />
            <Text size="sm" ta="center">
              {media.length === 0 ? 'Drop a picture or video, or click to choose' : 'Add another'}
            </Text>
            {share !== null && <Progress value={share * 100} w="80%" aria-label="Upload" />}
          </Stack>
        </Dropzone>
      </SimpleGrid>
      <Button
        mt={6}
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPhotoSearch size={16} />}
        disabled={clientId === ''}
        onClick={() => setIsChoosing(true)}
      >
        Choose from the library
      </Button>
      {isChoosing && (
        <Suspense>
          <LibraryPicker
            clientId={clientId}
            chosen={media}
            onChoose={(chosen) => {
              setIsChoosing(false);
              onChange([...media, ...chosen].slice(0, 10));
            }}
            onClose={() => setIsChoosing(false)}
          />
        </Suspense>
      )}
    </Input.Wrapper>
  );
}
