import { Box, Button, Group, Progress, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { useSetStatus } from './use-set-status.ts';

/** What is still to do before the AI can write for a client; gone when the client is active and complete. */
export function SetupSteps({ client }: { client: Client }) {
  const input = { id: client.id };
  const brand = useQuery(orpc.brand.get.queryOptions({ input }));
  const rules = useQuery(orpc.rules.get.queryOptions({ input }));
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input }));
  const { setStatus, isPending } = useSetStatus(client);
  if (brand.data === undefined || accounts.data === undefined || rules.data === undefined) return null;

  const steps = [
    { tab: 'brand', done: client.brandVoice !== '' && brand.data.ctas.length > 0 },
    { tab: 'rules', done: rules.data.postsPerWeek > 0 && rules.data.days.length > 0 && rules.data.times.length > 0 },
    { tab: 'accounts', done: accounts.data.items.length > 0 },
  ] as const;
  const isReady = steps.every((step) => step.done);
  const isActive = client.status !== 'onboarding';
  if (isReady && isActive) return null;
  const done = steps.filter((step) => step.done).length + Number(isActive);
  const all = steps.length + 1;
  return (
    <Panel
      title={t('clients:setup.title')}
      description={t('clients:setup.description')}
      actions={
        <Box w={96} ta="end">
          <Text size="xs" c="dimmed" mb={4}>
            {t('clients:setup.progress', { done, all })}
          </Text>
          <Progress value={(done / all) * 100} size="sm" aria-hidden />
        </Box>
      }
    >
      <Stack gap="md">
        {steps.map(({ tab, done: isDone }) => (
          <Step key={tab} label={t(`clients:setup.${tab}.label`)} text={t(`clients:setup.${tab}.text`)} done={isDone}>
            <ButtonLink
              to="/clients/$id"
              params={{ id: client.id }}
              search={{ tab }}
              variant={isDone ? 'subtle' : 'light'}
              size="xs"
            >
              {t(`clients:tab.${tab}`)}
            </ButtonLink>
          </Step>
        ))}
        {!isActive && (
          <Step label={t('clients:setup.active.label')} text={t('clients:setup.active.text')} done={false}>
            <Button
              size="xs"
              variant={isReady ? 'filled' : 'light'}
              loading={isPending}
              onClick={() => setStatus('active')}
            >
              {t('clients:setup.active.action')}
            </Button>
          </Step>
        )}
      </Stack>
    </Panel>
  );
}

function Step({ label, text, done, children }: { label: string; text: string; done: boolean; children: ReactNode }) {
  return (
    <Group wrap="nowrap" gap="md">
      <ThemeIcon variant="light" color={done ? 'teal' : 'gray'} radius="xl" size={30}>
        {done ? (
          <IconCheck size={17} aria-label={t('clients:setup.done')} />
        ) : (
          <IconCircle size={15} aria-label={t('clients:setup.toDo')} />
        )}
      </ThemeIcon>
      <Box flex={1}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </Box>
      {children}
    </Group>
  );
}
