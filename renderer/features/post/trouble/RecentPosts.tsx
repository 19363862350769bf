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
          What the account shows now
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ flexShrink: 0 }}
          leftSection={<IconRefresh size={13} />}
          loading={recent.isFetching}
          onClick={() => void recent.refetch()}
        >
          Look again
        </Button>
      </Group>
      {recent.isPending && <Skeleton height={64} radius="md" />}
      {recent.isError && (
        <Text size="sm" c="red" mb={8} role="alert">
          The network could not be asked. {explain(recent.error).message}
        </Text>
      )}
      {recent.data?.items.length === 0 && (
        <Text size="sm" c="dimmed" mb={8}>
          The account shows no posts yet.
        </Text>
      )}
      {!recent.isPending && (
        <Radio.Group
          value={picked}
          onChange={onPick}
          aria-label={`Which post on ${platformNames[target.platform]} is it?`}
        >
          <Stack gap={6} className={classes.list}>
            {recent.data?.items.map((item) => (
              <RecentCard key={item.remoteId} item={item} post={post} isSame={isSameText(item.text, sent)} />
            ))}
            <Radio.Card value={notListed} className={classes.card}>
              <Group wrap="nowrap" gap="sm">
                <Radio.Indicator />
                <Text size="sm">It is live, but not in this list</Text>
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
              {item.text || 'No text'}
            </Text>
            <Group gap={8} mt={4}>
              <Text size="xs" c="dimmed">
                {formatDayTime(item.at)} ({formatRelative(item.at, now)})
              </Text>
              {isOther && (
                <Badge size="sm" color="gray">
                  Another post of yours
                </Badge>
              )}
              {!isOther && isSame && (
                <Badge size="sm" color="teal">
                  Same text
                </Badge>
              )}
            </Group>
          </div>
        </Group>
      </Radio.Card>
      {item.permalink && (
        <Anchor href={item.permalink} target="_blank" rel="noreferrer" size="xs" className={classes.open}>
          Open <IconExternalLink size={12} aria-hidden />
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
