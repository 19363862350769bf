import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { ask } from '../../../components/ask.ts';
import type { Trouble } from '../../../components/trouble.ts';
import { t } from '../../../i18n/i18n.ts';
import { usePostActions } from '../../posts/use-post-actions.ts';
import { notListed, RecentPosts } from './RecentPosts.tsx';
import { confirmDrop } from './Remedies.tsx';
import { TroubleCard } from './TroubleCard.tsx';
import { WhatWasSent } from './WhatWasSent.tsx';

/** It could not be told whether the post is live on this account: a person looks and says. */
export function UnclearPanel({ post, target, trouble }: { post: Post; target: Target; trouble: Trouble }) {
  const { resolve } = usePostActions();
  const [picked, setPicked] = useState<string | null>(null);
  const ids = { id: post.id, targetId: target.id };
  const network = platformNames[target.platform];

  const markLive = () => {
    if (picked === null) return;
    resolve.mutate({ ...ids, resolution: 'published', ...(picked === notListed ? {} : { remoteId: picked }) });
  };
  const sendAgain = () =>
    ask({
      title: t('post:unclear.againTitle'),
      children: <Text size="sm">{t('post:unclear.againText', { account: target.accountName, network })}</Text>,
      labels: { confirm: t('post:unclear.againConfirm'), cancel: t('common:action.cancel') },
      onConfirm: () => resolve.mutate({ ...ids, resolution: 'send_again' }),
    });

  return (
    <TroubleCard
      title={t('post:unclear.title', { network })}
      trouble={trouble}
      data-testid="unclear"
      data-platform={target.platform}
    >
      <WhatWasSent post={post} target={target} />
      <RecentPosts post={post} target={target} picked={picked} onPick={setPicked} />
      <Group gap="xs">
        <Button
          size="xs"
          color="teal.7"
          disabled={picked === null}
          loading={resolve.isPending && resolve.variables?.resolution === 'published'}
          onClick={markLive}
        >
          {t(picked === notListed ? 'post:unclear.live' : 'post:unclear.liveThis')}
        </Button>
        <Button size="xs" variant="default" onClick={sendAgain} disabled={resolve.isPending}>
          {t('post:unclear.again')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          disabled={resolve.isPending}
          onClick={() => confirmDrop(target, () => resolve.mutate({ ...ids, resolution: 'drop' }))}
        >
          {t('post:trouble.drop')}
        </Button>
      </Group>
    </TroubleCard>
  );
}
