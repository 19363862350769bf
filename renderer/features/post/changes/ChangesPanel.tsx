import { Group, Paper, Text, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Media } from '../../../../shared/contract/media.ts';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { formatDayTime, formatList, formatWhen } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { ownZone } from '../../../components/zoned-time.ts';
import { t, type WordKey } from '../../../i18n/i18n.ts';
import { Fact } from '../Fact.tsx';
import { historyActor } from '../history/history-words.ts';
import { type Changes, changesSince, type TextPart } from './changes.ts';
import classes from './changes.module.css';
import { DiffText } from './DiffText.tsx';

/** What was changed since the post was approved; nothing where nothing was, or where it is not known. */
export function ChangesPanel({ post }: { post: Post }) {
  const answer = useQuery(orpc.review.approval.queryOptions({ input: { id: post.id } }));
  const approval = answer.data?.approval ?? null;
  const changes = approval === null ? null : changesSince(approval, post);
  if (approval === null || changes === null) return null;
  return (
    <Paper component="section" bg="var(--surface)" p="lg" className={classes.panel} data-testid="changes">
      <Group gap={8} wrap="nowrap">
        <IconHistory size={18} stroke={1.7} aria-hidden />
        <Title order={2} fz="md">
          {t('post:changes.title')}
        </Title>
      </Group>
      <Text size="sm" c="dimmed" mt={2} mb="md">
        {t('post:changes.by', { name: historyActor(approval.by), when: formatWhen(approval.at, ownZone) })}
      </Text>
      <div className={classes.facts}>
        {changes.texts.map(({ part, platform, before, after }) => (
          <Fact key={`${part} ${platform}`} label={textLabel(part, platform)}>
            <DiffText before={before} after={after} />
          </Fact>
        ))}
        {changes.media && <MediaFact {...changes.media} />}
        {changes.time && (
          <Fact label={t('post:changes.time')}>
            {t('post:changes.moved', {
              from: formatDayTime(changes.time.from, post.timezone),
              to: formatDayTime(changes.time.to, post.timezone),
            })}
          </Fact>
        )}
        <AccountsFact {...changes.accounts} />
        {changes.options.length > 0 && (
          <Fact label={t('post:changes.options')}>
            {t('post:changes.optionsChanged', {
              networks: formatList(changes.options.map((platform) => platformNames[platform])),
            })}
          </Fact>
        )}
      </div>
    </Paper>
  );
}

const textLabels: Record<TextPart, WordKey> = {
  caption: 'post:changes.caption',
  hashtags: 'post:changes.hashtags',
  firstComment: 'post:changes.firstComment',
  altText: 'post:changes.altText',
};

function textLabel(part: TextPart, platform: Changes['texts'][number]['platform']): string {
  return platform === null ? t(textLabels[part]) : t('post:changes.captionOn', { network: platformNames[platform] });
}

function MediaFact({ added, removed, gone }: NonNullable<Changes['media']>) {
  return (
    <Fact label={t('post:changes.media')}>
      <Group gap="lg" align="flex-start">
        <Thumbs label={t('post:changes.removed')} media={removed} />
        <Thumbs label={t('post:changes.added')} media={added} />
      </Group>
      {gone > 0 && <div>{t('post:changes.gone', { count: gone })}</div>}
      {added.length + removed.length + gone === 0 && t('post:changes.order')}
    </Fact>
  );
}

function Thumbs({ label, media }: { label: string; media: readonly Media[] }) {
  if (media.length === 0) return null;
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {label}
      </Text>
      <Group gap={6}>
        {media.map((item) => (
          <MediaThumb key={item.id} media={item} size={64} />
        ))}
      </Group>
    </div>
  );
}

function AccountsFact({ added, removed }: Changes['accounts']) {
  if (added.length + removed.length === 0) return null;
  const names = (accounts: typeof added) =>
    formatList(
      accounts.map(({ accountName, platform }) =>
        t('post:changes.account', { account: accountName, network: platformNames[platform] }),
      ),
    );
  return (
    <Fact label={t('post:changes.accounts')}>
      {added.length > 0 && <div>{t('post:changes.accountAdded', { names: names(added) })}</div>}
      {removed.length > 0 && <div>{t('post:changes.accountRemoved', { names: names(removed) })}</div>}
    </Fact>
  );
}
