import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { composeText } from '../../../../shared/domain/captions.ts';
import { mediaFor } from '../../../../shared/domain/media.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { isStory } from '../../../../shared/domain/story.ts';
import { orpc } from '../../../api/client.ts';
import { formatWhen } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { ownZone } from '../../../components/zoned-time.ts';
import { t } from '../../../i18n/i18n.ts';
import classes from './trouble.module.css';

/** Text, media, account and time of what may have been published, to compare with what the account shows. */
export function WhatWasSent({ post, target }: { post: Post; target: Target }) {
  const attempts = useQuery(orpc.pipeline.logs.queryOptions({ input: { id: post.id } }));
  const sentAt = attempts.data?.items.findLast(
    (attempt) => attempt.targetId === target.id && attempt.kind === 'post' && attempt.sentAt !== null,
  )?.sentAt;
  const place = { account: target.accountName, network: platformNames[target.platform] };
  const media = mediaFor(target.platform, post.media, target.options);
  return (
    <figure className={classes.sent} aria-label={t('post:unclear.whatWasSent')}>
      <figcaption>
        <Text size="xs" fw={600} c="dimmed">
          {sentAt
            ? t('post:unclear.sent', { ...place, when: formatWhen(sentAt, ownZone) })
            : t('post:unclear.due', { ...place, when: formatWhen(post.scheduledFor, post.timezone) })}
        </Text>
      </figcaption>
      <Group wrap="nowrap" align="flex-start" gap="sm" mt={8}>
        {media.length > 0 && <MediaThumb media={media[0]} size={64} />}
        <div className={classes.words}>
          <Text size="sm" className={classes.text} lineClamp={9}>
            {(isStory(target.options) ? '' : composeText(target.caption ?? post.caption, post.hashtags)) ||
              t('post:unclear.noText')}
          </Text>
          {media.length > 1 && (
            <Text size="xs" c="dimmed">
              {t('common:count.files', { count: media.length })}
            </Text>
          )}
        </div>
      </Group>
    </figure>
  );
}
