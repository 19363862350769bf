import { Box, Chip, Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { clientStatuses } from '../../../shared/domain/client.ts';
import { t } from '../../i18n/i18n.ts';
import { clientStatusLooks } from './ClientStatusBadge.tsx';
import { type HealthLevel, healthLevels } from './client-health.ts';
import classes from './clients.module.css';
import type { ClientQuery, StandingClient } from './find-clients.ts';
import { HealthDot, healthLooks } from './HealthMark.tsx';

/** What of the list is shown: by name, by health, by status. */
export function ClientFilters({
  query,
  words,
  clients,
  onSearch,
  onChange,
  onDown,
}: {
  query: ClientQuery;
  words: string;
  clients: readonly StandingClient[];
  onSearch: (words: string) => void;
  onChange: (query: ClientQuery) => void;
  /** The arrow key that leads from the search to the list. */
  onDown: () => void;
}) {
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onSearch('');
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    onDown();
  };
  const levels = healthLevels.map((level) => ({
    level,
    count: clients.filter(({ health }) => health.level === level).length,
  }));
  return (
    <div className={classes.filters}>
      <TextInput
        type="search"
        aria-label={t('clients:filter.search')}
        placeholder={t('clients:filter.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        w={230}
        value={words}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={press}
      />
      <Chip.Group
        multiple={false}
        value={query.health ?? 'all'}
        onChange={(level) => onChange({ health: level === 'all' ? undefined : (level as HealthLevel) })}
      >
        <Group gap={6} role="group" aria-label={t('clients:filter.health')} className={classes.levels}>
          <Chip value="all" size="sm" variant="light" icon={null}>
            {t('clients:filter.all', { count: clients.length })}
          </Chip>
          {levels
            .filter(({ level, count }) => count > 0 || query.health === level)
            .map(({ level, count }) => (
              <Chip key={level} value={level} size="sm" variant="light" icon={null}>
                <Group gap={7} wrap="nowrap" component="span">
                  <HealthDot level={level} />
                  {t(healthLooks[level].label)}
                  <Box component="span" c="dimmed" className="tabular">
                    {t('clients:number', { count })}
                  </Box>
                </Group>
              </Chip>
            ))}
        </Group>
      </Chip.Group>
      <Select
        aria-label={t('clients:filter.status')}
        placeholder={t('clients:filter.anyStatus')}
        clearable
        w={170}
        data={clientStatuses.map((status) => ({ value: status, label: t(clientStatusLooks[status].label) }))}
        value={query.status ?? null}
        onChange={(status) => onChange({ status: (status as ClientQuery['status'] | null) ?? undefined })}
      />
    </div>
  );
}
