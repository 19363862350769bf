import { Button, Group, Modal, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { orpc } from '../../api/client.ts';
import { explain, problemOf } from '../../api/errors.ts';
import { LanguageSelect } from '../../components/LanguageSelect.tsx';
import { TimezoneSelect } from '../../components/TimezoneSelect.tsx';
import { ownZone } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';

export function AddClientDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('clients:add.title')} size="lg">
      <AddClientForm onClose={onClose} />
    </Modal>
  );
}

interface Typed {
  name: string;
  timezone: string;
  language: string;
  brandVoice: string;
}

function AddClientForm({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const agency = useQuery(orpc.settings.get.queryOptions()).data;
  const [typed, setTyped] = useState<Partial<Typed>>({});
  const values: Typed = {
    name: '',
    timezone: agency?.agencyTimezone ?? ownZone,
    language: agency?.agencyLanguage ?? 'en',
    brandVoice: '',
    ...typed,
  };
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const create = useMutation(
    orpc.clients.create.mutationOptions({
      meta: { quiet: true },
      onSuccess: (client) => {
        queryClient.setQueryData(orpc.clients.get.queryKey({ input: { id: client.id } }), client);
        void navigate({ to: '/clients/$id', params: { id: client.id }, search: { tab: 'brand' } });
      },
    }),
  );
  const failure = create.isError ? explain(create.error) : null;
  const problems = failure?.problems ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(values);
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('clients:details.name')}
          placeholder={t('clients:details.namePlaceholder')}
          required
          maxLength={120}
          data-autofocus
          value={values.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={problemOf(problems, 'name')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TimezoneSelect
            label={t('clients:details.zone')}
            description={t('clients:details.zoneMeans')}
            value={values.timezone}
            onChange={(timezone) => timezone && set({ timezone })}
            error={problemOf(problems, 'timezone')}
          />
          <LanguageSelect
            label={t('clients:details.language')}
            description={t('clients:details.languageMeans')}
            value={values.language}
            onChange={(language) => language && set({ language })}
            error={problemOf(problems, 'language')}
          />
        </SimpleGrid>
        <Textarea
          label={t('clients:details.voice')}
          description={t('clients:details.voiceMeans')}
          placeholder={t('clients:details.voicePlaceholder')}
          minRows={3}
          maxLength={4_000}
          value={values.brandVoice}
          onChange={(event) => set({ brandVoice: event.currentTarget.value })}
          error={problemOf(problems, 'brandVoice')}
        />
        {failure && problems.length === 0 && (
          <Text size="sm" c="red" role="alert">
            {failure.message}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={values.name.trim() === ''}>
            {t('clients:add.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
