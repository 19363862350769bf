import { Group, Progress, SegmentedControl, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { orpc } from '../../api/client.ts';
import { ClientSelect } from '../../components/ClientSelect.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { t } from '../../i18n/i18n.ts';
import classes from './review.module.css';
import { type ReviewScope, reviewSpans } from './review-scope.ts';

/** Whose posts and which week are gone through, and how far one is. */
export function ReviewTop({
  scope,
  decided,
  total,
  position,
}: {
  scope: ReviewScope;
  decided: number;
  total: number;
  /** Of the post in hand, from 1; 0 when there is none. */
  position: number;
}) {
  return (
    <Group className={classes.top} wrap="nowrap" gap="md">
      <ButtonLink
        to="/"
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconArrowLeft size={16} className="flip-rtl" />}
      >
        {t('review:home')}
      </ButtonLink>
      <ScopeFields scope={scope} />
      {total > 0 && (
        <>
          <Progress
            value={(decided / total) * 100}
            flex={1}
            miw={60}
            size="sm"
            color="teal"
            aria-label={t('review:reviewedLabel')}
          />
          <Text size="sm" fw={600} className={`tabular ${classes.position}`} role="status">
            {position > 0 ? t('review:progress', { position, count: total }) : t('review:reviewed', { count: decided })}
          </Text>
        </>
      )}
    </Group>
  );
}

const spanWords = { week: 'review:scope.week', next: 'review:scope.next' } as const;

function ScopeFields({ scope }: { scope: ReviewScope }) {
  const navigate = useNavigate();
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const go = (change: ReviewScope) => {
    const { client, when } = { ...scope, ...change };
    void navigate({
      to: '/review',
      search: { ...(client === undefined ? {} : { client }), ...(when === undefined ? {} : { when }) },
    });
  };
  return (
    <>
      <ClientSelect
        size="xs"
        className={classes.client}
        aria-label={t('review:scope.client')}
        clients={clients.data?.items ?? []}
        client={scope.client}
        onChange={(client) => go({ client })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('review:scope.when')}
        value={scope.when ?? 'all'}
        onChange={(value) => go({ when: reviewSpans.find((span) => span === value) })}
        data={[
          { value: 'all', label: t('review:scope.all') },
          ...reviewSpans.map((value) => ({ value, label: t(spanWords[value]) })),
        ]}
      />
    </>
  );
}
