import { Grid, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import { orpc } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import { Failure } from '../../components/Failure.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveBar } from '../../components/SaveBar.tsx';
import { useFormDraft } from '../../components/use-form-draft.ts';
import { t } from '../../i18n/i18n.ts';
import { FreedomPanel } from './FreedomPanel.tsx';
import classes from './rules.module.css';
import { SlotPreview } from './SlotPreview.tsx';
import { WhenPanel } from './WhenPanel.tsx';
import { WherePanel } from './WherePanel.tsx';

/** When and where the client posts. */
export function RulesTab({ client }: { client: Client }) {
  const rules = useQuery(orpc.rules.get.queryOptions({ input: { id: client.id } }));
  if (rules.isError) return <Failure error={rules.error} retry={() => void rules.refetch()} />;
  if (rules.data === undefined) return <Skeleton height={420} radius="lg" />;
  return <RulesForm client={client} rules={rules.data} />;
}

function RulesForm({ client, rules }: { client: Client; rules: Rules }) {
  const form = useFormDraft(rules);
  const values = form.values ?? rules;
  const put = useSaveRules(client, rules, form.clear);
  const failure = put.isError ? explain(put.error) : null;
  const problems = failure?.problems ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ id: client.id, ...values });
  };
  return (
    <Stack component="form" gap="lg" onSubmit={submit}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6, lg: 7 }}>
          <Stack gap="lg">
            <WhenPanel rules={values} zone={client.timezone} set={form.set} problems={problems} />
            <WherePanel
              chosen={values.platforms}
              onChange={(platforms) => form.set({ platforms })}
              problems={problems}
            />
            <FreedomPanel rules={values} set={form.set} problems={problems} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6, lg: 5 }}>
          <div className={classes.beside}>
            <Panel
              title={t('rules:slots.title')}
              description={form.isDirty ? t('rules:slots.ofChanged') : t('rules:slots.ofSaved')}
            >
              <SlotPreview client={client} rules={values} isDirty={form.isDirty} />
            </Panel>
          </div>
        </Grid.Col>
      </Grid>
      <SaveBar
        dirty={form.isDirty}
        saving={put.isPending}
        problem={problems.length === 0 ? failure?.message : null}
        onReset={form.clear}
      />
    </Stack>
  );
}

/** Saves rules, and offers to put back those that were there before. */
function useSaveRules(client: Client, before: Rules, onSaved: () => void) {
  const queries = useQueryClient();
  const take = async (saved: Rules) => {
    queries.setQueryData(orpc.rules.get.queryKey({ input: { id: client.id } }), saved);
    await queries.invalidateQueries({ queryKey: orpc.rules.slots.key({ input: { id: client.id } }) });
  };
  const undo = useMutation(orpc.rules.put.mutationOptions({ onSuccess: take }));
  return useMutation(
    orpc.rules.put.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (saved) => {
        await take(saved);
        onSaved();
        notifyDone(t('rules:saved'), () => undo.mutate({ id: client.id, ...before }));
      },
    }),
  );
}
