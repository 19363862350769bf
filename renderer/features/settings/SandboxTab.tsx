import { Alert, Button, Code, List, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { IconExternalLink, IconFlask, IconRocket, IconShieldCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Desktop, Host } from '../../../shared/contract/events.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Words } from '../../components/Words.tsx';
import { t } from '../../i18n/i18n.ts';

/** Which profile runs, what that means, and how to change it; on the desktop, also how the app behaves there. */
export function SandboxTab() {
  const host = useQuery(orpc.host.get.queryOptions());
  if (host.isError) return <Failure error={host.error} retry={() => void host.refetch()} />;
  if (host.data === undefined) return <Skeleton height={360} radius="lg" />;
  const { profile, desktop } = host.data;
  return (
    <Stack gap="lg">
      <ProfilePanel host={host.data} />
      <Panel title={t(profile === 'sandbox' ? 'settings:sandbox.toLive' : 'settings:sandbox.toSandbox')}>
        <HowToSwitch profile={profile} isDesktop={desktop !== null} />
      </Panel>
      {desktop !== null && <DesktopPanel desktop={desktop} />}
    </Stack>
  );
}

function ProfilePanel({ host: { profile, feedUrl } }: { host: Host }) {
  const isSandbox = profile === 'sandbox';
  return (
    <Panel title={t('settings:sandbox.title')}>
      <Alert
        color={isSandbox ? 'orange' : 'teal'}
        icon={isSandbox ? <IconFlask /> : <IconShieldCheck />}
        title={t(`settings:sandbox.${profile}.title`)}
      >
        <List size="sm" spacing={4}>
          {(['data', 'networks', 'money'] as const).map((fact) => (
            <List.Item key={fact}>{t(`settings:sandbox.${profile}.${fact}`)}</List.Item>
          ))}
        </List>
      </Alert>
      {feedUrl !== null && (
        <Button
          component="a"
          href={feedUrl}
          target="_blank"
          rel="noreferrer"
          variant="default"
          size="xs"
          mt="md"
          leftSection={<IconExternalLink size={15} />}
        >
          {t('settings:sandbox.feed')}
        </Button>
      )}
    </Panel>
  );
}

function HowToSwitch({ profile, isDesktop }: { profile: Host['profile']; isDesktop: boolean }) {
  const to = profile === 'sandbox' ? 'live' : 'sandbox';
  const command = to === 'live' ? 'AUTOSOCIAL_PROFILE=live npm start' : 'AUTOSOCIAL_PROFILE=sandbox npm start';
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm">{t('settings:sandbox.apart')}</Text>
      <Text size="sm">
        {isDesktop ? (
          t(`settings:sandbox.onDesktop.${to}`)
        ) : (
          <Words of="settings:sandbox.onServer" parts={{ code: <Code /> }} values={{ command }} />
        )}
      </Text>
      {to === 'live' && (
        <ButtonLink to="/go-live" leftSection={<IconRocket size={16} />} size="sm">
          {t('settings:sandbox.goLive')}
        </ButtonLink>
      )}
    </Stack>
  );
}

function DesktopPanel({ desktop }: { desktop: Desktop }) {
  const queryClient = useQueryClient();
  const change = useMutation(
    orpc.host.setDesktop.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.host.get.key() }),
    }),
  );
  const shown = { ...desktop, ...(change.isPending ? change.variables : {}) };
  return (
    <Panel title={t('settings:desktop.title')} description={t('settings:desktop.description')}>
      <Stack>
        {(['keepAwake', 'startAtLogin'] as const).map((preference) => (
          <Switch
            key={preference}
            label={t(`settings:desktop.${preference}`)}
            description={t(`settings:desktop.${preference}Hint`)}
            checked={shown[preference]}
            onChange={(event) => change.mutate({ [preference]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </Panel>
  );
}
