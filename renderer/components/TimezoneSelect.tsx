import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { t } from '../i18n/i18n.ts';
import { ownZone, zoneOffsetLabel } from './zoned-time.ts';

/** Every time zone the browser knows, its own first; found by city or offset. */
export function TimezoneSelect(props: Omit<SelectProps, 'data'>) {
  const data = useMemo(() => {
    const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
    zones.delete(ownZone);
    return [
      { group: t('common:zone.own'), items: [option(ownZone)] },
      { group: t('common:zone.all'), items: [...zones].map(option) },
    ];
  }, []);
  return (
    <Select
      searchable
      data={data}
      limit={60}
      maxDropdownHeight={280}
      nothingFoundMessage={t('common:zone.unknown')}
      {...props}
    />
  );
}

function option(zone: string) {
  return { value: zone, label: `${zone.replaceAll('_', ' ')} (${zoneOffsetLabel(zone)})` };
}
