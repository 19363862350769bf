import { Badge, Box, Button, Code, Collapse, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Provider } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { explain } from '../../../api/errors.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';
import { AppGuidePanel } from './AppGuidePanel.tsx';
import { appGuides } from './app-guides.ts';
import { CredentialFindings } from './CredentialFindings.tsx';
import { credentialInput, providerLooks } from './providers.ts';

interface CredentialState {
  provider: Provider;
  configured: boolean;
  hint: string | null;
  source: 'environment' | 'stored' | 'sandbox' | 'none';
}

const sourceColors: Record<CredentialState['source'], string> = {
  environment: 'cyan',
  stored: 'teal',
  sandbox: 'orange',
  none: 'gray',
};

/** One service's keys: whether they are there, and a form that only writes. */
export function CredentialRow({ state, canEnter }: { state: CredentialState; canEnter: boolean }) {
  const [opened, setOpened] = useState(false);
  const [guided, setGuided] = useState(false);
  const check = useMutation(orpc.credentials.check.mutationOptions());
  const guide = appGuides[state.provider];
  const { name: nameKey, purpose } = providerLooks[state.provider];
  const name = t(nameKey);
  return (
    <Box px="lg" py="md" style={{ borderTop: '1px solid var(--line)' }}>
      <Group wrap="nowrap" gap="md">
        <Box flex={1}>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {name}
            </Text>
            <Badge color={sourceColors[state.source]}>{t(`settings:connections.source.${state.source}`)}</Badge>
            {state.hint && <Code>{state.hint}</Code>}
          </Group>
          <Text size="sm" c="dimmed">
            {t(state.source === 'environment' ? 'settings:connections.byEnvironment' : purpose)}
          </Text>
        </Box>
        {guide !== undefined && (
          <Button variant="subtle" color="gray" size="xs" aria-expanded={guided} onClick={() => setGuided(!guided)}>
            {t(guided ? 'settings:connections.hideGuide' : 'settings:connections.guide')}
          </Button>
        )}
        {state.configured && (
          <Button
            variant="default"
            size="xs"
            loading={check.isPending}
            onClick={() => check.mutate({ provider: state.provider })}
            aria-label={t('settings:connections.checkOne', { name })}
          >
            {t('settings:connections.check')}
          </Button>
        )}
        {canEnter && (
          <Button
            variant={opened || state.configured ? 'default' : 'light'}
            size="xs"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {t(
              opened
                ? 'common:action.close'
                : state.source === 'stored'
                  ? 'settings:connections.replace'
                  : 'settings:connections.enter',
            )}
          </Button>
        )}
      </Group>
      {check.data && <CredentialFindings findings={check.data.items} />}
      {guide !== undefined && <Collapse expanded={guided}>{guided && <AppGuidePanel guide={guide} />}</Collapse>}
      <Collapse expanded={opened}>
        {opened && <CredentialForm provider={state.provider} onSaved={() => setOpened(false)} />}
      </Collapse>
    </Box>
  );
}

function CredentialForm({ provider, onSaved }: { provider: Provider; onSaved: () => void }) {
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Record<string, string>>({});
  const { name, fields } = providerLooks[provider];
  const put = useMutation(
    orpc.credentials.put.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        notifyDone(t('settings:connections.saved', { name: t(name) }));
        onSaved();
        await queryClient.invalidateQueries({ queryKey: orpc.credentials.list.key() });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ params: { provider }, body: credentialInput(provider, values) });
  };
  const isComplete = fields.every((field) => values[field.name]?.trim());
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="sm" mt="md" maw={460}>
        {fields.map((field) => {
          const Input = field.secret ? PasswordInput : TextInput;
          return (
            <Input
              key={field.name}
              label={t(field.label)}
              autoComplete="off"
              value={values[field.name] ?? ''}
              onChange={(event) => setValues({ ...values, [field.name]: event.currentTarget.value })}
            />
          );
        })}
        {put.isError && (
          <Text size="sm" c="red" role="alert">
            {explain(put.error).problems[0]?.message ?? explain(put.error).message}
          </Text>
        )}
        <Group>
          <Button type="submit" loading={put.isPending} disabled={!isComplete}>
            {t('common:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
