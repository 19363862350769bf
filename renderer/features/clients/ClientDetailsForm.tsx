import { Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { explain, problemOf } from '../../api/errors.ts';
import { LanguageSelect } from '../../components/LanguageSelect.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveBar } from '../../components/SaveBar.tsx';
import { TimezoneSelect } from '../../components/TimezoneSelect.tsx';
import { useFormDraft } from '../../components/use-form-draft.ts';
import { t } from '../../i18n/i18n.ts';
import { clientStatusLooks } from './ClientStatusBadge.tsx';

export function ClientDetailsForm({ client }: { client: Client }) {
  const queryClient = useQueryClient();
  const form = useFormDraft(client);
  const update = useMutation(
    orpc.clients.update.mutationOptions({
      meta: { quiet: true },
      onSuccess: (saved) => {
        queryClient.setQueryData(orpc.clients.get.queryKey({ input: { id: saved.id } }), saved);
        form.clear();
        notifyDone(t('clients:details.saved'));
      },
    }),
  );
  const failure = update.isError ? explain(update.error) : null;
  const problems = failure?.problems ?? [];
  const values = form.values ?? client;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ id: client.id, ...form.changed });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Panel title={t('clients:details.title')}>
          <Stack>
            <TextInput
              label={t('clients:details.name')}
              required
              maxLength={120}
              value={values.name}
              onChange={(event) => form.set({ name: event.currentTarget.value })}
              error={problemOf(problems, 'name')}
            />
            <Select
              label={t('clients:details.status')}
              description={t(clientStatusLooks[values.status].meaning)}
              data={Object.entries(clientStatusLooks).map(([value, { label }]) => ({ value, label: t(label) }))}
              value={values.status}
              onChange={(status) => status && form.set({ status: status as Client['status'] })}
            />
            <TimezoneSelect
              label={t('clients:details.zone')}
              description={t('clients:details.zoneMeans')}
              value={values.timezone}
              onChange={(timezone) => timezone && form.set({ timezone })}
              error={problemOf(problems, 'timezone')}
            />
            <LanguageSelect
              label={t('clients:details.language')}
              value={values.language}
              onChange={(language) => language && form.set({ language })}
              error={problemOf(problems, 'language')}
            />
          </Stack>
        </Panel>
        <SaveBar
          dirty={form.isDirty}
          saving={update.isPending}
          problem={problems.length === 0 ? failure?.message : null}
          onReset={form.clear}
        />
      </Stack>
    </form>
  );
}
