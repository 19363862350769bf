import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Post, Target, TargetOptions } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { editableStatuses } from '../../../shared/domain/post.ts';
import { orpc } from '../../api/client.ts';
import { formatDayTime } from '../../components/format.ts';
import { notifyDone } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { actorName } from '../activity/actor-name.ts';
import { missingChoice } from './tiktok-choices.ts';
import { TikTokFields } from './TikTokFields.tsx';

/** TikTok's choices for each audited TikTok account of a post that can still be changed. */
export function TikTokPanels({ post }: { post: Post }) {
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: post.clientId } }));
  if (!editableStatuses.includes(post.status)) return null;
  const audited = new Set(accounts.data?.items.filter((account) => account.audited).map(({ id }) => id));
  return post.targets
    .filter((target) => target.platform === 'tiktok' && audited.has(target.accountId))
    .map((target) => <TikTokPanel key={target.id} post={post} target={target} />);
}

function TikTokPanel({ post, target }: { post: Post; target: Target }) {
  const queryClient = useQueryClient();
  const [changed, setChanged] = useState<TargetOptions>();
  const options = changed ?? target.options;
  const update = useMutation(
    orpc.pipeline.update.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(orpc.pipeline.get.queryKey({ input: { id: saved.id } }), saved);
        setChanged(undefined);
        notifyDone(t('post:tiktok.saved'));
      },
    }),
  );
  const save = () =>
    update.mutate({
      id: post.id,
      targets: post.targets.map(({ accountId, caption, options: own }) => ({
        accountId,
        caption,
        options: accountId === target.accountId ? options : own,
      })),
    });
  const missing = missingChoice(options);
  return (
    <Panel title={platformNames.tiktok} description={t('post:tiktok.description')}>
      <TikTokFields
        clientId={post.clientId}
        accountId={target.accountId}
        options={options}
        media={post.media}
        onChange={(next) => setChanged({ ...next, media: target.options.media })}
      />
      {changed === undefined && target.consent !== null && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('post:tiktok.agreed', {
            name: actorName(target.consent.by),
            when: formatDayTime(target.consent.at),
          })}
        </Text>
      )}
      {changed !== undefined && (
        <Group justify="flex-end" mt="md" gap="sm">
          {missing && (
            <Text size="sm" c="dimmed" w="100%" ta="end">
              {missing}
            </Text>
          )}
          <Button variant="default" onClick={() => setChanged(undefined)}>
            {t('common:action.discard')}
          </Button>
          <Button onClick={save} loading={update.isPending} disabled={missing !== null}>
            {t('post:tiktok.save')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}
