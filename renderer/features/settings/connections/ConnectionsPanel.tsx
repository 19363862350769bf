import { Alert, Text } from '@mantine/core';
import { IconFlask, IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../../api/client.ts';
import { Failure } from '../../../components/Failure.tsx';
import { LoadingRows } from '../../../components/Loading.tsx';
import { TextLink } from '../../../components/links.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { t } from '../../../i18n/i18n.ts';
import { CredentialRow } from './CredentialRow.tsx';

/** The agency's own keys for the services the app works with. */
export function ConnectionsPanel() {
  const credentials = useQuery(orpc.credentials.list.queryOptions());
  const host = useQuery(orpc.host.get.queryOptions());
  const profile = host.data?.profile ?? 'live';
  const sandbox = profile === 'sandbox';
  return (
    <Panel title={t('settings:connections.title')} description={t('settings:connections.description')} flush>
      <Alert
        mx="lg"
        mb="md"
        variant="light"
        color={sandbox ? 'orange' : 'teal'}
        icon={sandbox ? <IconFlask /> : <IconShieldLock />}
        title={t(`settings:connections.${profile}.title`)}
      >
        <Text size="sm">{t(`settings:connections.${profile}.text`)}</Text>
        {sandbox && (
          <TextLink to="/settings" search={{ tab: 'sandbox' }} size="sm" c="inherit" underline="always">
            {t('settings:connections.howToSwitch')}
          </TextLink>
        )}
      </Alert>
      {credentials.isPending && <LoadingRows rows={5} height={64} />}
      {credentials.isError && <Failure error={credentials.error} retry={() => void credentials.refetch()} />}
      {credentials.data?.items.map((state) => (
        <CredentialRow key={state.provider} state={state} canEnter={!sandbox && state.source !== 'environment'} />
      ))}
    </Panel>
  );
}
