import '@mantine/dates/styles.css';
import { Group, SegmentedControl, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { IconCalendar, IconLayoutKanban, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Platform, platformNames, platforms } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { t } from '../../../i18n/i18n.ts';
import { dayFromToday } from '../post-range.ts';
import { FilterField } from './FilterField.tsx';
import type { PostFilter, PostViewName } from './post-filter.ts';

/** The filter as text and as pickers, and which way it is looked at. */
export function FilterBar({
  filter,
  view,
  note,
  onChange,
  onView,
}: {
  filter: PostFilter;
  view: PostViewName;
  note: ReactNode;
  onChange: (filter: PostFilter) => void;
  onView: (view: PostViewName) => void;
}) {
  const query = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const clients = query.data?.items ?? [];
  const { clients: chosen, networks } = filter;
  const network = networks.length === 1 ? networks[0] : undefined;
  return (
    <>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <FilterField
          filter={filter}
          context={{ clients, today: dayFromToday(0) }}
          isReady={query.data !== undefined}
          onChange={onChange}
        />
        <SegmentedControl
          aria-label={t('posts:view.which')}
          value={view}
          onChange={(name) => onView(name as PostViewName)}
          data={[
            { value: 'table', label: <ViewLabel icon={<IconTable size={16} />}>{t('posts:view.table')}</ViewLabel> },
            {
              value: 'board',
              label: <ViewLabel icon={<IconLayoutKanban size={16} />}>{t('posts:view.board')}</ViewLabel>,
            },
          ]}
        />
      </Group>
      <Group gap="sm">
        <Select
          aria-label={t('posts:filter.client')}
          placeholder={chosen.length > 1 ? t('common:count.clients', { count: chosen.length }) : t('common:allClients')}
          searchable
          clearable
          w={200}
          data={clients.map(({ id, name }) => ({ value: id, label: name }))}
          value={(chosen.length === 1 && chosen[0]) || null}
          onChange={(id) => onChange({ ...filter, clients: id === null ? [] : [id] })}
        />
        <Select
          aria-label={t('posts:filter.network')}
          placeholder={
            networks.length > 1
              ? t('posts:filter.severalNetworks', { count: networks.length })
              : t('common:allNetworks')
          }
          clearable
          w={170}
          leftSection={network && <PlatformIcon platform={network} size={16} />}
          data={platforms.map((platform) => ({ value: platform, label: platformNames[platform] }))}
          value={network ?? null}
          onChange={(platform) => onChange({ ...filter, networks: platform === null ? [] : [platform as Platform] })}
        />
        <DatePickerInput
          type="range"
          title={t('posts:filter.days')}
          placeholder={t('posts:filter.anyDay')}
          clearable
          w={230}
          valueFormat="D MMM"
          weekendDays={[]}
          leftSection={<IconCalendar size={16} />}
          value={[filter.from ?? null, filter.to ?? null]}
          onChange={([from, to]) => onChange({ ...filter, from: from ?? undefined, to: to ?? undefined })}
        />
        {note}
      </Group>
    </>
  );
}

function ViewLabel({ icon, children }: { icon: ReactNode; children: string }) {
  return (
    <Group gap={6} wrap="nowrap" component="span">
      {icon}
      <span>{children}</span>
    </Group>
  );
}
