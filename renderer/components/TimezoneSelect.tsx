import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { ownZone, zoneOffsetLabel } from './zoned-time.ts';

/** Every time zone the browser knows, its own first; found by city or offset. */
export function TimezoneSelect(props: Omit<SelectProps, 'data'>) {
  const data = useMemo(() => {
    const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
    zones.delete(ownZone);
    return [
      { group: 'Your own', items: [option(ownZone)] },
      { group: 'All', items: [...zones].map(option) },
    ];
  }, []);
  return (
    <Select searchable data={data} limit={60} maxDropdownHeight={280} nothingFoundMessage="No such place" {...props} />
  );
}

function option(zone: string) {
  return { value: zone, label: `${zone.replaceAll('_', ' ')} (${zoneOffsetLabel(zone)})` };
}
