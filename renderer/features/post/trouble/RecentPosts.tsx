import { Anchor, Badge, Button, Group, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { IconExternalLink, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { RecentPost } from '../../../../shared/contract/accounts.ts';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { composeText } from '../../../../shared/domain/captions.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { explain } from '../../../api/errors.ts';
import { formatDayTime, formatRelative } from '../../../components/format.ts';
import { useNow } from '../../../components/use-now.ts';
import { t } from '../../../i18n/i18n.ts';
import classes from './trouble.module.css';

/** Picked when the post is live and none of the listed ones. */
export const notListed = 'not-listed';

/** The account's last posts as the network shows them; one of them may be the one that was sent. */
export function RecentPosts({
  post,
  target,
  picked,
  onPick,
}: {
  post: Post;
  target: Target;
  /** The network's id of a post, {@link notListed}, or null. */
  picked: string | null;
  onPick: (remoteId: string) => void;
}) {
  const recent = useQuery({
    ...orpc.accounts.recentPosts.queryOptions({ input: { id: post.clientId, accountId: target.accountId } }),
    staleTime: 30_000,
  });
  const sent = composeText(target.caption ?? post.caption, post.hashtags);
  return (
    <div>
      <Group justify="space-between" mb={8} gap="xs" wrap="nowrap">
        <Text size="sm" fw={600}>
          {t('post:unclear.showsNow')}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ flexShrink: 0 }}
          leftSection={<IconRefresh size={13} />}
          loading={recent.isFetching}
          onClick={() => void recent.refetch()}
        >
          {t('post:unclear.lookAgain')}
        </Button>
      </Group>
      {recent.isPending && <Skeleton height={64} radius="md" />}
      {recent.isError && (
        <Text size="sm" c="red" mb={8} role="alert">
          {t('post:unclear.notAsked', { reason: explain(recent.error).message })}
        </Text>
      )}
      {recent.data?.items.length === 0 && (
        <Text size="sm" c="dimmed" mb={8}>
          {t('post:unclear.noPosts')}
        </Text>
      )}
      {!recent.isPending && (
        <Radio.Group
          value={picked}
          onChange={onPick}
          aria-label={t('post:unclear.which', { network: platformNames[target.platform] })}
        >
          <Stack gap={6} className={classes.list}>
            {recent.data?.items.map((item) => (
              <RecentCard key={item.remoteId} item={item} post={post} isSame={isSameText(item.text, sent)} />
            ))}
            <Radio.Card value={notListed} className={classes.card}>
              <Group wrap="nowrap" gap="sm">
                <Radio.Indicator />
                <Text size="sm">{t('post:unclear.notListed')}</Text>
              </Group>
            </Radio.Card>
          </Stack>
        </Radio.Group>
      )}
    </div>
  );
}

function RecentCard({ item, post, isSame }: { item: RecentPost; post: Post; isSame: boolean }) {
  const now = useNow();
  const isOther = item.postId !== null && item.postId !== post.id;
  return (
    <div className={classes.row}>
      <Radio.Card value={item.remoteId} className={classes.card} disabled={isOther} data-testid="recent-post">
        <Group wrap="nowrap" gap="sm" align="flex-start">
          <Radio.Indicator disabled={isOther} mt={2} />
          <div className={classes.words}>
            <Text size="sm" lineClamp={2} className={classes.text}>
              {item.text || t('post:unclear.noText')}
            </Text>
            <Group gap={8} mt={4}>
              <Text size="xs" c="dimmed">
                {t('post:unclear.whenAndAgo', {
                  when: formatDayTime(item.at),
                  ago: formatRelative(item.at, now),
                })}
              </Text>
              {isOther && (
                <Badge size="sm" color="gray">
                  {t('post:unclear.otherPost')}
                </Badge>
              )}
              {!isOther && isSame && (
                <Badge size="sm" color="teal">
                  {t('post:unclear.sameText')}
                </Badge>
              )}
            </Group>
          </div>
        </Group>
      </Radio.Card>
      {item.permalink && (
        <Anchor href={item.permalink} target="_blank" rel="noreferrer" size="xs" className={classes.open}>
          {t('common:action.open')} <IconExternalLink size={12} aria-hidden />
        </Anchor>
      )}
    </div>
  );
}

/** TikTok gives texts back up to this length. */
const shownLength = 150;

function isSameText(shown: string, sent: string): boolean {
  const [a, b] = [comparable(shown), comparable(sent)];
  return a !== '' && (a === b || (a.length >= shownLength && b.startsWith(a)));
}

/** Networks trim texts and change white space. */
function comparable(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
