import { Alert, Badge, Button, Drawer, Group, Skeleton, Stack, Switch, Text, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle, IconMovie, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import { client, orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDayTime, formatWhen, withLocalTimes } from '../../components/format.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { TextLink } from '../../components/links.tsx';
import { t } from '../../i18n/i18n.ts';
import { postStatusLooks } from '../../components/status.tsx';
import { ownZone } from '../../components/zoned-time.ts';
import { actorName } from '../activity/actor-name.ts';
import { CropPreviews } from './CropPreviews.tsx';
import { FocalPicker } from './FocalPicker.tsx';
import { factsOf, titleOf } from './describe.ts';
import { useMediaChange } from './use-media-change.ts';
import classes from './media.module.css';

/** One file with everything that can be done with it; closed when there is no id. */
export function MediaDrawer({
  id,
  carousel,
  onClose,
  onOpen,
}: {
  id: string | null;
  /** Ratio of Instagram's carousel that the file is looked at in; undefined where it stands alone. */
  carousel?: number;
  onClose: () => void;
  onOpen: (id: string) => void;
}) {
  const item = useQuery({
    ...orpc.media.get.queryOptions({ input: { id: id ?? '' }, enabled: id !== null }),
    // Drafts change at every pause of typing; which of them hold the file is asked when somebody looks.
    refetchOnMount: 'always',
  });
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size={620}
      title={item.data && id !== null ? titleOf(item.data) : t('media:title')}
      styles={{ title: { fontWeight: 650, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {item.isError && id !== null && <Failure error={item.error} retry={() => void item.refetch()} />}
      {item.data === undefined && !item.isError && <Skeleton height={420} radius="md" />}
      {item.data !== undefined && id !== null && (
        <Details key={item.data.id} item={item.data} carousel={carousel} onClose={onClose} onOpen={onOpen} />
      )}
    </Drawer>
  );
}

function Details({
  item,
  carousel,
  onClose,
  onOpen,
}: {
  item: LibraryItem;
  carousel: number | undefined;
  onClose: () => void;
  onOpen: (id: string) => void;
}) {
  const change = useMediaChange(item);
  const approved = item.usedIn.filter(({ status }) => status === 'approved').length;
  return (
    <Stack gap="lg">
      {item.kind === 'image' ? (
        <FocalPicker item={item} onChange={(to) => change((latest) => ({ focal: to(latest) }))} />
      ) : (
        <video className={classes.video} src={item.url} controls preload="metadata" />
      )}
      <div>
        <Text size="sm">{factsOf(item)}</Text>
        <Text size="xs" c="dimmed">
          {originOf(item)}
        </Text>
      </div>
      <Problems item={item} />
      {item.kind === 'image' && (
        <CropPreviews
          item={item}
          carousel={carousel}
          onChange={(to) => change((latest) => ({ focalOn: to(latest) }))}
        />
      )}
      <AltText item={item} onSave={(altText) => change({ altText }, t('media:alt.saved'))} />
      <Switch
        checked={item.aiMade}
        onChange={({ currentTarget }) =>
          change(
            { aiMade: currentTarget.checked },
            currentTarget.checked ? t('media:ai.labelled') : t('media:ai.unlabelled'),
          )
        }
        label={t('media:ai.label')}
        description={t('media:ai.description')}
      />
      {approved > 0 && (
        <Text size="xs" c="dimmed">
          {t('media:approvedHold', { count: approved })}
        </Text>
      )}
      <UsedIn item={item} />
      <Actions item={item} onClose={onClose} onOpen={onOpen} />
    </Stack>
  );
}

/** How the file came here, by whom, and when. */
function originOf({ origin, model, createdBy, createdAt, madeFrom }: LibraryItem): string {
  const when = formatWhen(createdAt, ownZone);
  if (madeFrom === null && origin === 'ai')
    return t('media:origin.ai', { model: model ?? t('media:origin.model'), when });
  const how = madeFrom === null ? 'upload' : 'clip';
  return createdBy === null
    ? t(`media:origin.${how}`, { when })
    : t(`media:origin.${how}By`, { who: actorName(createdBy), when });
}

function Problems({ item }: { item: LibraryItem }) {
  if (item.problems.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle />} title={t('media:notFit')}>
      <Stack gap={4}>
        {item.problems.map(({ field, code, message }) => (
          <Text size="sm" key={`${field} ${code}`}>
            {withLocalTimes(message)}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

const maxAltText = 1_000;

function AltText({ item, onSave }: { item: LibraryItem; onSave: (altText: string | null) => void }) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? item.altText ?? '';
  const save = (): void => {
    const wanted = shown.trim() === '' ? null : shown.trim();
    if (wanted !== item.altText) onSave(wanted);
    setText(null);
  };
  return (
    <Textarea
      label={t('media:alt.label')}
      description={t('media:alt.description')}
      placeholder={t('media:alt.placeholder')}
      value={shown}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      maxLength={maxAltText}
      autosize
      minRows={2}
      maxRows={6}
    />
  );
}

function UsedIn({ item }: { item: LibraryItem }) {
  return (
    <div>
      <Title order={3} fz="sm" mb={6}>
        {t('media:use.title')}
      </Title>
      {item.usedIn.length + item.draftedIn.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('media:use.none')}
        </Text>
      )}
      {item.usedIn.map(({ postId, caption, status, scheduledFor }) => (
        <Group key={postId} gap="sm" wrap="nowrap" py={6}>
          <Badge color={postStatusLooks[status].color} style={{ flexShrink: 0 }}>
            {t(postStatusLooks[status].label)}
          </Badge>
          <TextLink to="/posts/$id" params={{ id: postId }} size="sm" truncate flex={1}>
            {caption}
          </TextLink>
          <Text size="xs" c="dimmed" className="tabular" style={{ flexShrink: 0 }}>
            {formatDayTime(scheduledFor)}
          </Text>
        </Group>
      ))}
      {item.draftedIn.map(({ id, postId, title, updatedAt }) => (
        <Group key={id} gap="sm" wrap="nowrap" py={6}>
          <Badge variant="default" style={{ flexShrink: 0 }}>
            {t('media:use.draft')}
          </Badge>
          <TextLink
            {...(postId === null
              ? { to: '/posts/new', search: { draft: id } }
              : { to: '/posts/$id', params: { id: postId } })}
            size="sm"
            truncate
            flex={1}
          >
            {title === '' ? t('media:use.untitled') : title}
          </TextLink>
          <Text size="xs" c="dimmed" className="tabular" style={{ flexShrink: 0 }}>
            {formatDayTime(updatedAt)}
          </Text>
        </Group>
      ))}
    </div>
  );
}

function Actions({ item, onClose, onOpen }: { item: LibraryItem; onClose: () => void; onOpen: (id: string) => void }) {
  const queries = useQueryClient();
  const refresh = (): void => void queries.invalidateQueries({ queryKey: orpc.media.key() });
  const restore = useMutation({
    mutationFn: () => client.media.restore({ id: item.id }),
    onSuccess: refresh,
    onError: notifyError,
  });
  const remove = useMutation({
    mutationFn: () => client.media.delete({ id: item.id }),
    onSuccess: () => {
      onClose();
      void queries.invalidateQueries({ queryKey: orpc.media.list.key() });
      notifyDone(t('media:deleted', { title: titleOf(item) }), () => restore.mutate());
    },
    onError: notifyError,
  });
  const clip = useMutation({
    mutationFn: () => client.media.makeClip({ id: item.id }),
    onSuccess: ({ id }) => {
      refresh();
      notifyDone(t('media:clip.done'));
      onOpen(id);
    },
    onError: notifyError,
  });
  const held =
    item.usedIn.length > 0 ? t('media:held') : item.draftedIn.length > 0 ? t('media:heldByDraft') : undefined;
  return (
    <Group justify="space-between">
      {item.kind === 'image' ? (
        <Button
          variant="default"
          leftSection={<IconMovie size={17} />}
          loading={clip.isPending}
          onClick={() => clip.mutate()}
        >
          {t('media:clip.make')}
        </Button>
      ) : (
        <span />
      )}
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={17} />}
        disabled={held !== undefined}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
        title={held}
      >
        {t('common:action.delete')}
      </Button>
    </Group>
  );
}
