import '@mantine/dates/styles.css';
import { Button, CloseButton, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { IconCalendar, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { ClientSelect } from '../../components/ClientSelect.tsx';
import { t } from '../../i18n/i18n.ts';
import { type About, abouts, type LogFilter } from './activity-search.ts';
import { actorName, jobPrefix } from './actor-name.ts';

const dayMs = 86_400_000;
const waitMs = 250;

/** What of the log is wanted. @param clients to choose from; null where the client is settled */
export function LogFilters({
  filter,
  clients,
  onChange,
}: {
  filter: LogFilter;
  clients: readonly Client[] | null;
  onChange: (filter: LogFilter) => void;
}) {
  const set = (change: LogFilter) => onChange({ ...filter, ...change });
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <Group gap="xs" px="lg" pb="md">
      <SearchField value={filter.find ?? ''} onChange={(find) => set({ find: find === '' ? undefined : find })} />
      <SegmentedControl
        aria-label={t('activity:log.level')}
        size="xs"
        value={filter.level ?? 'all'}
        onChange={(level) => set({ level: level === 'all' ? undefined : level })}
        data={[
          { value: 'all', label: t('activity:log.all') },
          { value: 'warning', label: t('activity:log.warnings') },
          { value: 'error', label: t('activity:log.errors') },
        ]}
      />
      {clients !== null && (
        <ClientSelect
          aria-label={t('activity:log.client')}
          size="xs"
          w={150}
          clients={clients}
          client={filter.client}
          onChange={(client) => set({ client })}
        />
      )}
      <WhoSelect who={filter.who} onChange={(who) => set({ who })} />
      <Select
        aria-label={t('activity:log.about')}
        placeholder={t('activity:log.anything')}
        clearable
        size="xs"
        w={140}
        data={(Object.keys(abouts) as About[]).map((about) => ({ value: about, label: t(`activity:about.${about}`) }))}
        value={filter.about ?? null}
        onChange={(about) => set({ about: (about as About | null) ?? undefined })}
      />
      <DatePickerInput
        type="range"
        title={t('activity:log.when')}
        placeholder={t('activity:log.anyTime')}
        clearable
        size="xs"
        w={185}
        valueFormat="D MMM"
        weekendDays={[]}
        leftSection={<IconCalendar size={14} />}
        presets={presets()}
        value={[filter.from ?? null, filter.to ?? null]}
        onChange={([from, to]) => set({ from: from ?? undefined, to: to ?? undefined })}
      />
      {isNarrowed && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChange({})}>
          {t('activity:log.clear')}
        </Button>
      )}
    </Group>
  );
}

/** Asks when the person has paused typing; another value from outside shows at once. */
function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), waitMs);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      type="search"
      aria-label={t('activity:log.search')}
      placeholder={t('activity:log.search')}
      size="xs"
      w={210}
      maxLength={200}
      leftSection={<IconSearch size={14} />}
      rightSection={
        typed !== '' && (
          <CloseButton size="xs" aria-label={t('activity:log.clear')} onClick={() => onChange('')} tabIndex={-1} />
        )
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

function WhoSelect({ who, onChange }: { who: string | undefined; onChange: (who: string | undefined) => void }) {
  const actors = useQuery(orpc.logActors.queryOptions());
  const items = actors.data?.items ?? [];
  const option = (actor: string) => ({ value: actor, label: actorName(actor) });
  const isApp = (actor: string) => actor.startsWith(jobPrefix) || actor === 'app' || actor === 'rules';
  return (
    <Select
      aria-label={t('activity:log.who')}
      placeholder={t('activity:log.anybody')}
      clearable
      searchable
      size="xs"
      w={150}
      data={[
        { group: t('activity:log.people'), items: items.filter((actor) => !isApp(actor)).map(option) },
        { group: t('activity:log.byItself'), items: items.filter(isApp).map(option) },
      ]}
      value={who ?? null}
      onChange={(actor) => onChange(actor ?? undefined)}
    />
  );
}

function presets() {
  const day = (daysAgo: number) => {
    const at = new Date(Date.now() - daysAgo * dayMs);
    return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
  };
  return [
    { value: [day(0), day(0)] as [string, string], label: t('activity:range.today') },
    { value: [day(6), day(0)] as [string, string], label: t('activity:range.week') },
    { value: [day(29), day(0)] as [string, string], label: t('activity:range.month') },
  ];
}
