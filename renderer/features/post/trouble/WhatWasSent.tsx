import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { composeText } from '../../../../shared/domain/captions.ts';
import { mediaFor } from '../../../../shared/domain/media.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { count, formatDay, formatWhen } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { ownZone, wallTimeAt } from '../../../components/zoned-time.ts';
import classes from './trouble.module.css';

/** Text, media, account and time of what may have been published, to compare with what the account shows. */
export function WhatWasSent({ post, target }: { post: Post; target: Target }) {
  const attempts = useQuery(orpc.pipeline.logs.queryOptions({ input: { id: post.id } }));
  const sentAt = attempts.data?.items.findLast(
    (attempt) => attempt.targetId === target.id && attempt.kind === 'post' && attempt.sentAt !== null,
  )?.sentAt;
  const media = mediaFor(target.platform, post.media, target.options.media);
  return (
    <figure className={classes.sent} aria-label="What was sent">
      <figcaption>
        <Text size="xs" fw={600} c="dimmed">
          {sentAt
            ? `Sent to ${target.accountName} on ${platformNames[target.platform]}, ${momentWords(sentAt)}`
            : `For ${target.accountName} on ${platformNames[target.platform]}, due ${formatWhen(post.scheduledFor, post.timezone)}`}
        </Text>
      </figcaption>
      <Group wrap="nowrap" align="flex-start" gap="sm" mt={8}>
        {media.length > 0 && <MediaThumb media={media[0]} size={64} />}
        <div className={classes.words}>
          <Text size="sm" className={classes.text} lineClamp={9}>
            {composeText(target.caption ?? post.caption, post.hashtags) || 'No text'}
          </Text>
          {media.length > 1 && (
            <Text size="xs" c="dimmed">
              {count(media.length, 'file')}
            </Text>
          )}
        </div>
      </Group>
    </figure>
  );
}

/** `today at 09:00:12`, on this computer's clock. */
function momentWords(instant: string): string {
  const day = formatDay(instant).replace(/^(Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase());
  return `${day} at ${wallTimeAt(instant, ownZone).slice(11)}:${instant.slice(17, 19)}`;
}
