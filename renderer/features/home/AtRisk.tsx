import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { formatWhen } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { type Trouble, worstTroubleOf } from '../../components/trouble.ts';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
import { Need } from './Need.tsx';

const hourMs = 3_600_000;
/** The app looks ahead by a day. */
const aheadMs = 25 * hourMs;

/** Posts of the coming day that would not go out as things stand; nothing when there are none. */
export function AtRisk() {
  const now = useNow();
  const stats = useQuery(orpc.stats.queryOptions());
  const isAny = (stats.data?.postsAtRisk ?? 0) > 0;
  // Whole hours, so that the question stays the same for a while.
  const hour = Math.floor(now / hourMs) * hourMs;
  const coming = useQuery({
    ...orpc.pipeline.list.queryOptions({
      input: {
        status: ['approved', 'publishing', 'partly_published'],
        from: new Date(hour).toISOString(),
        to: new Date(hour + aheadMs).toISOString(),
        limit: 200,
      },
    }),
    enabled: isAny,
  });
  const risks = (coming.data?.items ?? []).flatMap((post) => {
    const trouble = worstTroubleOf(post, now);
    return trouble?.kind === 'risk' ? [{ post, trouble }] : [];
  });
  if (!isAny || risks.length === 0) return null;
  return (
    <Panel
      title={t('common:trouble.label.atRisk')}
      description={t('home:risk.description')}
      flush
      data-testid="at-risk"
    >
      {risks.map(({ post, trouble }) => (
        <PostAtRisk key={post.id} post={post} trouble={trouble} />
      ))}
    </Panel>
  );
}

function PostAtRisk({ post, trouble }: { post: Post; trouble: Trouble }) {
  const words = post.caption.trim() === '' ? t('common:noCaption') : post.caption.replaceAll(/\s+/g, ' ').slice(0, 60);
  return (
    <Need
      icon={IconAlertTriangle}
      color="orange"
      title={t('home:risk.post', {
        client: post.clientName,
        when: formatWhen(post.scheduledFor, post.timezone),
        words,
      })}
      action={
        <ButtonLink to="/posts/$id" params={{ id: post.id }} variant="default" size="xs">
          {t('home:lookAtIt')}
        </ButtonLink>
      }
    >
      {trouble.happened}
    </Need>
  );
}
