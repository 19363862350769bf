import '@mantine/dates/styles.css';
import { Group, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { platformNames, platforms } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import type { PostFilter } from '../../app/router.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';

export function PostFilters({
  filter,
  onChange,
}: {
  filter: PostFilter;
  onChange: (change: Partial<PostFilter>) => void;
}) {
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  return (
    <Group gap="sm">
      <Select
        aria-label="Client"
        placeholder="All clients"
        searchable
        clearable
        w={200}
        data={clients.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={filter.client ?? null}
        onChange={(client) => onChange({ client: client ?? undefined })}
      />
      <Select
        aria-label="Network"
        placeholder="All networks"
        clearable
        w={160}
        leftSection={filter.network && <PlatformIcon platform={filter.network} size={16} />}
        data={platforms.map((platform) => ({ value: platform, label: platformNames[platform] }))}
        value={filter.network ?? null}
        onChange={(network) => onChange({ network: network ?? undefined })}
      />
      <DatePickerInput
        type="range"
        placeholder="Any day"
        clearable
        w={230}
        valueFormat="D MMM"
        weekendDays={[]}
        leftSection={<IconCalendar size={16} />}
        value={[filter.from ?? null, filter.to ?? null]}
        onChange={([from, to]) => onChange({ from: from ?? undefined, to: to ?? undefined })}
      />
    </Group>
  );
}
