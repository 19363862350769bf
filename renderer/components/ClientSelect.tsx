import { Select, type SelectProps } from '@mantine/core';
import type { Client } from '../../shared/contract/clients.ts';
import { t } from '../i18n/i18n.ts';

/** One of the clients, found by typing, or all of them. */
export function ClientSelect({
  clients,
  client,
  onChange,
  ...looks
}: {
  clients: readonly Pick<Client, 'id' | 'name'>[];
  /** The id of the one that is chosen; undefined for all. */
  client: string | undefined;
  onChange: (client: string | undefined) => void;
} & Pick<SelectProps, 'aria-label' | 'size' | 'w' | 'className'>) {
  return (
    <Select
      {...looks}
      placeholder={t('common:allClients')}
      searchable
      clearable
      data={clients.map(({ id, name }) => ({ value: id, label: name }))}
      value={client ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}
