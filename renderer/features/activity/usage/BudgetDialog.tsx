import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client, orpc } from '../../../api/client.ts';
import { explain } from '../../../api/errors.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';

/** Whose budget is set: a client's, or, without one, that of all together. */
export interface BudgetOwner {
  clientId: string | null;
  name: string;
  limitMicroUsd: number | null;
}

/** Asks for a month's limit and sets it. Nothing is open while there is no owner. */
export function BudgetDialog({ owner, onClose }: { owner: BudgetOwner | null; onClose: () => void }) {
  const title =
    owner?.clientId == null ? t('activity:usage.budget.ofAll') : t('activity:usage.budget.of', { name: owner.name });
  return (
    <Modal opened={owner !== null} onClose={onClose} title={title}>
      {owner !== null && <BudgetForm owner={owner} onDone={onClose} />}
    </Modal>
  );
}

function BudgetForm({ owner, onDone }: { owner: BudgetOwner; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [dollars, setDollars] = useState<number | string>(
    owner.limitMicroUsd === null ? '' : owner.limitMicroUsd / 1_000_000,
  );
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (microUsd: number | null) => setBudget(owner.clientId, microUsd),
    async onSuccess() {
      notifyDone(t('activity:usage.budget.saved'));
      onDone();
      await Promise.all(
        [orpc.usage.key(), orpc.settings.get.key(), orpc.stats.key()].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(dollars === '' ? null : Math.round(Number(dollars) * 1_000_000));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <NumberInput
          data-autofocus
          label={t('activity:usage.budget.label')}
          placeholder={t('activity:usage.budget.placeholder')}
          description={t('activity:usage.budget.explain')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          prefix="$ "
          min={0}
          decimalScale={2}
          value={dollars}
          onChange={setDollars}
          error={save.isError ? explain(save.error).message : null}
        />
        <Group justify="space-between">
          {owner.limitMicroUsd === null ? (
            <Text />
          ) : (
            <Button variant="subtle" color="gray" disabled={save.isPending} onClick={() => save.mutate(null)}>
              {t('activity:usage.budget.remove')}
            </Button>
          )}
          <Group gap="sm">
            <Button variant="default" onClick={onDone}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common:action.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

async function setBudget(clientId: string | null, microUsd: number | null): Promise<void> {
  if (clientId === null) await client.settings.update({ monthlyBudgetMicroUsd: microUsd });
  else await client.usage.setBudget({ id: clientId, monthlyMicroUsd: microUsd });
}
