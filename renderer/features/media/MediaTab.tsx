import '@mantine/dropzone/styles.css';
import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhotoOff, IconPhotoPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { notifyError } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { MediaDrawer } from './MediaDrawer.tsx';
import { MediaGrid, MediaGridSkeleton } from './MediaGrid.tsx';
import { Uploads } from './Uploads.tsx';
import { useUploads } from './use-uploads.ts';
import classes from './media.module.css';

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/quicktime', 'video/webm'];
const whatFits = 'JPEG, PNG or WebP pictures up to 25 MB, or MP4, MOV or WebM videos up to 300 MB.';

type Kind = 'all' | 'image' | 'video';
type Show = 'all' | 'upload' | 'ai' | 'used' | 'unused';

const shows: { value: Show; label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'upload', label: 'Uploaded' },
  { value: 'ai', label: 'Made by AI' },
  { value: 'used', label: 'In a post' },
  { value: 'unused', label: 'In no post' },
];

/** A client's pictures and videos: found, added, looked at. */
export function MediaTab({ client }: { client: Client }) {
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<Kind>('all');
  const [show, setShow] = useState<Show>('all');
  const [openId, setOpenId] = useState<string | null>(null);
  const [words] = useDebouncedValue(search.trim(), 200);
  const openFiles = useRef<() => void>(null);
  const queries = useQueryClient();
  const media = useInfiniteQuery(
    orpc.media.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        clientId: client.id,
        limit: 60,
        cursor,
        ...(words === '' ? {} : { search: words }),
        ...(kind === 'all' ? {} : { kind }),
        ...(show === 'upload' || show === 'ai' ? { origin: show } : {}),
        ...(show === 'used' || show === 'unused' ? { used: show === 'used' ? 'true' : 'false' } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const { uploads, add, dismiss } = useUploads(
    client.id,
    () => void queries.invalidateQueries({ queryKey: orpc.media.list.key() }),
  );
  const items = media.data?.pages.flatMap((page) => page.items);
  const isFiltered = words !== '' || kind !== 'all' || show !== 'all';

  return (
    <Dropzone
      accept={accepted}
      maxSize={300 * 1024 * 1024}
      activateOnClick={false}
      enablePointerEvents
      openRef={openFiles}
      onDrop={(files) => void add(files)}
      onReject={() => notifyError(new Error(`Use ${whatFits}`))}
      className={classes.drop}
      inputProps={{ 'aria-label': 'Add pictures or videos' }}
      tabIndex={-1}
    >
      <Stack gap="md">
        <Group gap="sm" wrap="wrap">
          <TextInput
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            placeholder="Search media"
            aria-label="Search media"
            leftSection={<IconSearch size={16} aria-hidden />}
            className={classes.search}
          />
          <SegmentedControl
            value={kind}
            onChange={(value) => setKind(value as Kind)}
            data={[
              { value: 'all', label: 'All' },
              { value: 'image', label: 'Pictures' },
              { value: 'video', label: 'Videos' },
            ]}
            aria-label="Kind"
          />
          <Select
            value={show}
            onChange={(value) => setShow((value ?? 'all') as Show)}
            data={shows}
            allowDeselect={false}
            aria-label="Show"
            w={150}
          />
          <Button ml="auto" leftSection={<IconUpload size={17} />} onClick={() => openFiles.current?.()}>
            Upload
          </Button>
        </Group>
        <Uploads uploads={uploads} onDismiss={dismiss} />
        {media.isError && <Failure error={media.error} retry={() => void media.refetch()} />}
        {items === undefined && !media.isError && <MediaGridSkeleton />}
        {items?.length === 0 && (
          <Panel>
            {isFiltered ? (
              <Empty icon={IconPhotoOff} title="Nothing like that here">
                Try other words, or show everything.
              </Empty>
            ) : (
              <Empty
                icon={IconPhotoPlus}
                title={`No pictures or videos of ${client.name} yet`}
                action={<Button onClick={() => openFiles.current?.()}>Upload files</Button>}
              >
                Drop them anywhere here. {whatFits} What AI makes for posts appears here too.
              </Empty>
            )}
          </Panel>
        )}
        {items !== undefined && items.length > 0 && <MediaGrid items={items} onOpen={setOpenId} />}
        {media.hasNextPage && (
          <Button
            variant="default"
            mx="auto"
            loading={media.isFetchingNextPage}
            onClick={() => void media.fetchNextPage()}
          >
            Show more
          </Button>
        )}
        {items !== undefined && items.length > 0 && (
          <Text size="xs" c="dimmed" ta="center">
            Drop files anywhere here to add them.
          </Text>
        )}
      </Stack>
      <MediaDrawer id={openId} onClose={() => setOpenId(null)} onOpen={setOpenId} />
    </Dropzone>
  );
}
