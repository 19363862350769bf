import { Button, Group, Modal, Skeleton, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Media } from '../../../shared/contract/media.ts';
import { orpc } from '../../api/client.ts';
import { MediaThumb } from '../../components/MediaThumb.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { t } from '../../i18n/i18n.ts';
import { titleOf } from './describe.ts';
import classes from './media.module.css';

/** Files of a client to choose from; those that are chosen already are left out. */
export function LibraryPicker({
  clientId,
  chosen,
  onChoose,
  onClose,
}: {
  clientId: string;
  chosen: readonly Media[];
  onChoose: (media: Media[]) => void;
  onClose: () => void;
}) {
  useFocusBack();
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<readonly Media[]>([]);
  const [words] = useDebouncedValue(search.trim(), 200);
  const input = { clientId, limit: 100, ...(words === '' ? {} : { search: words }) };
  const media = useQuery(orpc.media.list.queryOptions({ input, placeholderData: keepPreviousData }));
  const items = media.data?.items.filter(({ id }) => chosen.every((item) => item.id !== id));
  const isPicked = (id: string): boolean => picked.some((item) => item.id === id);
  const toggle = (item: Media): void =>
    setPicked(isPicked(item.id) ? picked.filter(({ id }) => id !== item.id) : [...picked, item]);

  return (
    <Modal opened onClose={onClose} title={t('media:picker.title')} size={760}>
      <Stack gap="md">
        <TextInput
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={t('media:search')}
          aria-label={t('media:search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          data-autofocus
        />
        {items === undefined && <Skeleton height={240} radius="md" />}
        {items?.length === 0 && (
          <Text size="sm" c="dimmed" ta="center" py="xl">
            {words === '' ? t('media:picker.empty') : t('media:picker.nothing')}
          </Text>
        )}
        <div className={classes.choices}>
          {items?.map((item) => (
            <UnstyledButton
              key={item.id}
              className={classes.choice}
              aria-pressed={isPicked(item.id)}
              aria-label={titleOf(item)}
              title={titleOf(item)}
              onClick={() => toggle(item)}
            >
              <MediaThumb media={item} size={104} />
              {isPicked(item.id) && (
                <span className={classes.tick}>
                  <IconCheck size={15} aria-hidden />
                </span>
              )}
            </UnstyledButton>
          ))}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button disabled={picked.length === 0} onClick={() => onChoose([...picked])}>
            {picked.length > 1 ? t('media:picker.add', { count: picked.length }) : t('common:action.add')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
