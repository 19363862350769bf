import { Box, Button, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import type { ClientTab } from './client-tabs.ts';

/** What is still to do before the AI can write for a client; gone when the client is active and complete. */
export function SetupSteps({ client }: { client: Client }) {
  const input = { id: client.id };
  const brand = useQuery(orpc.brand.get.queryOptions({ input }));
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input }));
  const activate = useMutation(orpc.clients.update.mutationOptions());
  if (brand.data === undefined || accounts.data === undefined) return null;

  const steps: { label: string; text: string; done: boolean; tab: ClientTab; action: string }[] = [
    {
      label: 'Describe the brand',
      text: 'Voice, calls to action, hashtags, words it never says.',
      done: client.brandVoice !== '' && brand.data.ctas.length > 0,
      tab: 'brand',
      action: 'Brand',
    },
    {
      label: 'Connect accounts',
      text: 'Facebook, Instagram, TikTok; or send the client a link.',
      done: accounts.data.items.length > 0,
      tab: 'accounts',
      action: 'Accounts',
    },
  ];
  const isReady = steps.every(({ done }) => done);
  if (isReady && client.status !== 'onboarding') return null;
  return (
    <Panel title="Set up this client" description="The clearer the brand, the less you need to edit.">
      <Stack gap="md">
        {steps.map(({ label, text, done, tab, action }) => (
          <Step key={label} label={label} text={text} done={done}>
            <ButtonLink
              to="/clients/$id"
              params={{ id: client.id }}
              search={{ tab }}
              variant={done ? 'subtle' : 'light'}
              size="xs"
            >
              {action}
            </ButtonLink>
          </Step>
        ))}
        {client.status === 'onboarding' && (
          <Step label="Make it active" text="From then on the AI writes by the client’s rules." done={false}>
            <Button
              size="xs"
              variant={isReady ? 'filled' : 'light'}
              loading={activate.isPending}
              onClick={() => activate.mutate({ id: client.id, status: 'active' })}
            >
              Activate
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
        {done ? <IconCheck size={17} aria-label="Done" /> : <IconCircle size={15} aria-label="To do" />}
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
