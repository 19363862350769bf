import { Button, CopyButton, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconLink } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { isDesktop } from '../../api/line.ts';
import { formatWhen } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { ownZone } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { OnboardingLinkList } from './OnboardingLinkList.tsx';

/** A link with which clients connect their own accounts, without any password reaching the agency. */
export function OnboardingLinkPanel({ client }: { client: Client }) {
  const [days, setDays] = useState('14');
  const create = useMutation(orpc.accounts.onboardingLink.mutationOptions());
  const make = () => create.mutate({ id: client.id, expiresInDays: Number(days) });
  return (
    <Panel title={t('accounts:link.title')} description={descriptionFor(client.name)}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <Select
            label={t('accounts:link.validFor')}
            w={150}
            allowDeselect={false}
            data={[3, 14, 30].map((count) => ({ value: String(count), label: t('common:count.days', { count }) }))}
            value={days}
            onChange={(value) => value && setDays(value)}
          />
          <Button leftSection={<IconLink size={17} />} variant="light" onClick={make} loading={create.isPending}>
            {create.isSuccess ? t('accounts:link.createAnother') : t('accounts:link.create')}
          </Button>
        </Group>
        {create.data && (
          <>
            <Group gap="xs" wrap="nowrap" align="flex-end">
              <TextInput
                label={t('accounts:link.label')}
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
                    {copied ? t('common:action.copied') : t('common:action.copy')}
                  </Button>
                )}
              </CopyButton>
            </Group>
            <Text size="sm" c="dimmed">
              {t('accounts:link.onlyNow', { when: formatWhen(create.data.expiresAt, ownZone) })}
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
  return isDesktop ? t('accounts:link.describeDesktop', { client }) : t('accounts:link.describe', { client });
}
