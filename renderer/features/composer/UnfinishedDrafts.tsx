import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconArrowRight, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DraftSummary } from '../../../shared/contract/drafts.ts';
import { client as core, orpc } from '../../api/client.ts';
import { formatRelative } from '../../components/format.ts';
import { notifyError } from '../../components/notify.tsx';
import { MediaThumb } from '../../components/MediaThumb.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import classes from './composer.module.css';
import { discardDraft } from './discard-draft.ts';

const few = 2;

/** Posts that somebody began to write and has not finished, the latest first. Nothing where there are none. */
export function UnfinishedDrafts({
  clientId,
  except,
  onEmpty = null,
}: {
  /** Left out: of all clients. */
  clientId?: string;
  /** The one that is open. */
  except?: string;
  /** What stands here when there are none. */
  onEmpty?: React.ReactNode;
}) {
  const drafts = useQuery(orpc.drafts.list.queryOptions({ input: clientId === undefined ? {} : { clientId } }));
  const [isLong, setLong] = useState(false);
  const open = drafts.data?.items.filter(({ id, postId }) => postId === null && id !== except) ?? [];
  if (open.length === 0) return drafts.data === undefined ? null : onEmpty;
  const shown = isLong ? open : open.slice(0, few);
  return (
    <Panel title={t('composer:drafts.title')} description={t('composer:drafts.how')} flush data-testid="unfinished">
      {shown.map((draft) => (
        <Row key={draft.id} draft={draft} />
      ))}
      {open.length > shown.length && (
        <Group p="sm" justify="center">
          <Button size="compact-sm" variant="subtle" onClick={() => setLong(true)}>
            {t('composer:drafts.more', { count: open.length - shown.length })}
          </Button>
        </Group>
      )}
    </Panel>
  );
}

function Row({ draft: { id, clientId, clientName, firstFile, updatedAt, ...draft } }: { draft: DraftSummary }) {
  const title = draft.title === '' ? t('composer:drafts.noText') : draft.title;
  // What is dropped can be brought back, so all of it is needed.
  const discard = async () =>
    discardDraft({ id, isKept: true, clientId, content: (await core.drafts.get({ id })).content });
  return (
    <Group className={classes.draft} wrap="nowrap" gap="md">
      <MediaThumb media={firstFile ?? undefined} size={40} />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text size="sm" truncate dir="auto">
          {title}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {t('composer:drafts.of', { client: clientName, when: formatRelative(updatedAt) })}
        </Text>
      </div>
      <Button
        size="xs"
        variant="light"
        renderRoot={(props) => <Link to="/posts/new" search={{ draft: id }} {...props} />}
        rightSection={<IconArrowRight size={14} className="flip-rtl" />}
      >
        {t('composer:drafts.continue')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('composer:drafts.discardOf', { title: title.slice(0, 60) })}
        onClick={() => void discard().catch(notifyError)}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
