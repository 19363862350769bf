import { Alert, Text } from '@mantine/core';
import { IconFlask, IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { Panel } from '../../components/Panel.tsx';
import { CredentialRow } from './CredentialRow.tsx';

/** The agency's own keys for the services the app works with. */
export function ConnectionsPanel() {
  const credentials = useQuery(orpc.credentials.list.queryOptions());
  const host = useQuery(orpc.host.get.queryOptions());
  const sandbox = host.data?.profile === 'sandbox';
  return (
    <Panel title="Connections" description="Your own keys and apps. They are encrypted, and never shown again." flush>
      <Alert
        mx="lg"
        mb="md"
        variant="light"
        color={sandbox ? 'orange' : 'teal'}
        icon={sandbox ? <IconFlask /> : <IconShieldLock />}
        title={sandbox ? 'You are in the sandbox' : 'You are live'}
      >
        <Text size="sm">
          {sandbox
            ? 'Every service is simulated on this computer: nothing needs a key, nothing leaves, and nothing costs money. To enter your own keys, start AutoSocial AI with AUTOSOCIAL_PROFILE=live; it keeps its data apart from the sandbox.'
            : 'Posts go to the real networks, and AI calls cost real money.'}
        </Text>
      </Alert>
      {credentials.isPending && <LoadingRows rows={5} height={64} />}
      {credentials.isError && <Failure error={credentials.error} retry={() => void credentials.refetch()} />}
      {credentials.data?.items.map((state) => (
        <CredentialRow key={state.provider} state={state} canEnter={!sandbox && state.source !== 'environment'} />
      ))}
    </Panel>
  );
}
