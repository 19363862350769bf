import { Button, CopyButton, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconLink } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { isDesktop } from '../../api/line.ts';
import { formatDay } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { OnboardingLinkList } from './OnboardingLinkList.tsx';

/** A link with which clients connect their own accounts, without any password reaching the agency. */
export function OnboardingLinkPanel({ client }: { client: Client }) {
  const [days, setDays] = useState('14');
  const create = useMutation(orpc.accounts.onboardingLink.mutationOptions());
  const make = () => create.mutate({ id: client.id, expiresInDays: Number(days) });
  return (
    <Panel title="Let the client connect" description={descriptionFor(client.name)}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <Select
            label="Valid for"
            w={150}
            data={[
              { value: '3', label: '3 days' },
              { value: '14', label: '2 weeks' },
              { value: '30', label: '30 days' },
            ]}
            value={days}
            onChange={(value) => value && setDays(value)}
          />
          <Button leftSection={<IconLink size={17} />} variant="light" onClick={make} loading={create.isPending}>
            {create.isSuccess ? 'Create another link' : 'Create link'}
          </Button>
        </Group>
        {create.data && (
          <>
            <Group gap="xs" wrap="nowrap" align="flex-end">
              <TextInput
                label="Link for the client"
                readOnly
                flex={1}
                value={linkOf(create.data)}
                onFocus={(event) => event.currentTarget.select()}
              />
              <CopyButton value={linkOf(create.data)}>
                {({ copied, copy }) => (
                  <Button
                    color={copied ? 'teal' : 'iris'}
                    leftSection={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
                    onClick={copy}
                  >
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
            </Group>
            <Text size="sm" c="dimmed">
              Works until {formatDay(create.data.expiresAt)}. It is shown only now; create another if you lose it.
            </Text>
          </>
        )}
        <OnboardingLinkList client={client} />
      </Stack>
    </Panel>
  );
}

/** In the app's own window nobody elsewhere can reach this computer: the link opens this very app. */
function linkOf({ url, deepLink }: { url: string; deepLink: string }): string {
  return isDesktop ? deepLink : url;
}

function descriptionFor(client: string): string {
  const who = 'They sign in to their own accounts; no password reaches you.';
  return isDesktop
    ? `Open this link on this computer together with somebody at ${client}. ${who} Clients elsewhere need the server host.`
    : `Send this link to somebody at ${client}. ${who}`;
}
