import '@mantine/dropzone/styles.css';
import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhotoOff, IconPhotoPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { notifyError } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { MediaDrawer } from './MediaDrawer.tsx';
import { MediaGrid, MediaGridSkeleton } from './MediaGrid.tsx';
import classes from './media.module.css';
import { ShowMore } from './ShowMore.tsx';
import { Uploads } from './Uploads.tsx';
import { type Kind, kinds, type Show, shows, useLibrary } from './use-library.ts';
import { useUploads } from './use-uploads.ts';

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/quicktime', 'video/webm'];
const searchMs = 200;

/** A client's pictures and videos: found, added, looked at. */
export function MediaTab({ client }: { client: Client }) {
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<Kind>('all');
  const [show, setShow] = useState<Show>('all');
  const [openId, setOpenId] = useState<string | null>(null);
  const [words] = useDebouncedValue(search.trim(), searchMs);
  const openFiles = useRef<() => void>(null);
  const queries = useQueryClient();
  const media = useLibrary(client.id, { words, kind, show });
  const { uploads, add, dismiss } = useUploads(
    client.id,
    () => void queries.invalidateQueries({ queryKey: orpc.media.list.key() }),
  );
  const items = media.data?.pages.flatMap((page) => page.items);
  const isFiltered = words !== '' || kind !== 'all' || show !== 'all';
  const showAll = () => {
    setSearch('');
    setKind('all');
    setShow('all');
  };

  return (
    <Dropzone
      accept={accepted}
      maxSize={300 * 1024 * 1024}
      activateOnClick={false}
      enablePointerEvents
      openRef={openFiles}
      onDrop={(files) => void add(files)}
      onReject={() => notifyError(new Error(t('media:upload.use', { what: t('media:upload.fits') })))}
      className={classes.drop}
      inputProps={{ 'aria-label': t('media:upload.label') }}
      tabIndex={-1}
    >
      <Stack gap="md">
        <Group gap="sm" wrap="wrap">
          <TextInput
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            placeholder={t('media:search')}
            aria-label={t('media:search')}
            leftSection={<IconSearch size={16} aria-hidden />}
            className={classes.search}
          />
          <SegmentedControl
            value={kind}
            onChange={(value) => setKind(value as Kind)}
            data={kinds.map((value) => ({ value, label: t(`media:kind.${value}`) }))}
            aria-label={t('media:kind.label')}
          />
          <Select
            value={show}
            onChange={(value) => setShow((value ?? 'all') as Show)}
            data={shows.map((value) => ({ value, label: t(`media:show.${value}`) }))}
            allowDeselect={false}
            aria-label={t('media:show.label')}
            w={160}
          />
          <Button ms="auto" leftSection={<IconUpload size={17} />} onClick={() => openFiles.current?.()}>
            {t('media:upload.action')}
          </Button>
        </Group>
        <Uploads uploads={uploads} onDismiss={dismiss} />
        {media.isError && <Failure error={media.error} retry={() => void media.refetch()} />}
        {items === undefined && !media.isError && <MediaGridSkeleton />}
        {items?.length === 0 && (
          <Panel>
            {isFiltered ? (
              <NothingFound
                action={
                  <Button variant="default" onClick={showAll}>
                    {t('media:none.action')}
                  </Button>
                }
              />
            ) : (
              <NothingYet
                name={client.name}
                action={<Button onClick={() => openFiles.current?.()}>{t('media:empty.action')}</Button>}
              />
            )}
          </Panel>
        )}
        {items !== undefined && items.length > 0 && <MediaGrid items={items} onOpen={setOpenId} />}
        {media.hasNextPage && (
          <ShowMore isLoading={media.isFetchingNextPage} onMore={() => void media.fetchNextPage()} />
        )}
        {items !== undefined && items.length > 0 && (
          <Text size="xs" c="dimmed" ta="center">
            {t('media:upload.anywhere')}
          </Text>
        )}
      </Stack>
      <MediaDrawer id={openId} onClose={() => setOpenId(null)} onOpen={setOpenId} />
    </Dropzone>
  );
}

function NothingFound({ action }: { action: ReactNode }) {
  return (
    <Empty icon={IconPhotoOff} title={t('media:none.title')} action={action}>
      {t('media:none.text')}
    </Empty>
  );
}

function NothingYet({ name, action }: { name: string; action: ReactNode }) {
  return (
    <Empty icon={IconPhotoPlus} title={t('media:empty.title', { name })} action={action}>
      {t('media:empty.text', { what: t('media:upload.fits') })}
    </Empty>
  );
}
