import { Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import type { Settings } from '../../../shared/contract/admin.ts';
import { orpc } from '../../api/client.ts';
import { explain, problemOf } from '../../api/errors.ts';
import { Failure } from '../../components/Failure.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { SaveBar } from '../../components/SaveBar.tsx';
import { useFormDraft } from '../../components/use-form-draft.ts';
import { t } from '../../i18n/i18n.ts';

/** What a part of the settings shows and changes. */
export interface SettingsDraft {
  values: Settings;
  set: (change: Partial<Settings>) => void;
  /** What is wrong with a field, in words. */
  problem: (field: keyof Settings) => string | undefined;
}

/** A part of the settings as a form, which saves only what was changed in it. */
export function SettingsForm({ children }: { children: (draft: SettingsDraft) => ReactNode }) {
  const settings = useQuery(orpc.settings.get.queryOptions());
  if (settings.isError) return <Failure error={settings.error} retry={() => void settings.refetch()} />;
  if (settings.data === undefined) return <Skeleton height={420} radius="lg" />;
  return <Form settings={settings.data}>{children}</Form>;
}

function Form({ settings, children }: { settings: Settings; children: (draft: SettingsDraft) => ReactNode }) {
  const queryClient = useQueryClient();
  const form = useFormDraft(settings);
  const update = useMutation(
    orpc.settings.update.mutationOptions({
      meta: { quiet: true },
      onSuccess(saved) {
        queryClient.setQueryData(orpc.settings.get.queryKey(), saved);
        form.clear();
        notifyDone(t('settings:saved'));
      },
    }),
  );
  const failure = update.isError ? explain(update.error) : null;
  const problems = failure?.problems ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(form.changed);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        {children({
          values: form.values ?? settings,
          set: form.set,
          problem: (field) => problemOf(problems, field),
        })}
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
