import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LoadingRows } from '../../components/Loading.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { openResume } from '../control/stop-store.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import { type HealthLevel, type Reason, reasonInWords } from './client-health.ts';
import classes from './clients.module.css';
import { HealthDot } from './HealthMark.tsx';
import { useSetStatus } from './use-set-status.ts';
import { useStandingClients } from './use-standing-clients.ts';

/** What of this client waits for a person, each with the way to it. */
export function NeedsHere({ clientId }: { clientId: string }) {
  const standing = useStandingClients().clients?.find(({ client }) => client.id === clientId);
  if (standing === undefined) return <LoadingRows rows={1} height={70} />;
  const { client, health } = standing;
  // What is still to be set up stands above, step by step.
  const reasons = health.reasons.filter(({ code }) => code !== 'setUp' && code !== 'archived');
  if (reasons.length === 0 && client.toReview === 0) {
    return (
      <Panel>
        <Group gap="sm">
          <IconCircleCheck size={20} color="var(--mantine-color-teal-6)" aria-hidden />
          <Text size="sm">{t('clients:needs.nothing')}</Text>
        </Group>
      </Panel>
    );
  }
  return (
    <Panel flush title={t('clients:needs.title')} data-testid="needs-here">
      {reasons.map((reason) => (
        <Need key={reason.code} level={levelOf(reason)} words={reasonInWords(reason)}>
          <Remedy reason={reason} client={client} />
        </Need>
      ))}
      {client.toReview > 0 && (
        <Need level="good" words={t('clients:needs.review', { count: client.toReview })}>
          <ButtonLink to="/review" search={{ client: clientId }} size="xs">
            {t('clients:needs.startReview')}
          </ButtonLink>
        </Need>
      )}
    </Panel>
  );
}

function Need({ level, words, children }: { level: HealthLevel; words: string; children: ReactNode }) {
  return (
    <Group className={classes.need} justify="space-between" gap="md">
      <Group gap={10} wrap="nowrap" flex={1} align="flex-start" className={classes.lead}>
        <HealthDot level={level} />
        <Text size="sm">{words}</Text>
      </Group>
      {children}
    </Group>
  );
}

function levelOf({ code }: Reason): HealthLevel {
  return ['stopped', 'reconnect', 'needsYou', 'atRisk'].includes(code) ? 'act' : 'watch';
}

function Remedy({ reason, client }: { reason: Reason; client: Parameters<typeof useSetStatus>[0] }) {
  const { setStatus, isPending } = useSetStatus(client);
  const look = { size: 'xs', variant: 'light' } as const;
  switch (reason.code) {
    case 'stopped':
      return (
        <Button {...look} color="teal" onClick={() => openResume({ scope: 'client', id: client.id })}>
          {t('clients:action.resume')}
        </Button>
      );
    case 'paused':
      return (
        <Button {...look} loading={isPending} onClick={() => setStatus('active')}>
          {t('clients:action.activate')}
        </Button>
      );
    case 'nothingPlanned':
      return <WriteWeekButton clientId={client.id} {...look} />;
    case 'needsYou':
    case 'atRisk':
      return (
        <ButtonLink
          {...look}
          to="/pipeline"
          search={{ client: client.id, show: reason.code === 'atRisk' ? 'scheduled' : 'attention' }}
        >
          {t('clients:needs.showPosts')}
        </ButtonLink>
      );
    default:
      return (
        <ButtonLink {...look} to="/clients/$id" params={{ id: client.id }} search={{ tab: 'accounts' }}>
          {t('clients:needs.toAccounts')}
        </ButtonLink>
      );
  }
}
