import { ActionIcon, Button, Group, Loader, SegmentedControl, Select, Switch, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { platformNames, platforms } from '../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { type CalendarSearch, type CalendarView, calendarViews, step, titleOf } from './calendar-view.ts';

const viewNames: Record<CalendarView, string> = { month: 'Month', week: 'Week', day: 'Day', agenda: 'Agenda' };

/** Which days are shown and how; below, what of them. */
export function CalendarToolbar({
  view,
  day,
  today,
  color,
  withSlots,
  isLoading,
  network,
  clientFilter,
  onChange,
}: {
  view: CalendarView;
  day: string;
  today: string;
  color: 'client' | 'status';
  withSlots: boolean;
  isLoading: boolean;
  network: CalendarSearch['network'];
  /** Chooses a client; null where there is only one. */
  clientFilter: ReactNode;
  onChange: (change: CalendarSearch) => void;
}) {
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Group gap={6} wrap="nowrap">
          <Button variant="default" onClick={() => onChange({ day: today })} disabled={day === today}>
            Today
          </Button>
          <ActionIcon.Group>
            <ActionIcon
              variant="default"
              size={36}
              aria-label="Back"
              onClick={() => onChange({ day: step(view, day, -1) })}
            >
              <IconChevronLeft size={18} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              size={36}
              aria-label="Forward"
              onClick={() => onChange({ day: step(view, day, 1) })}
            >
              <IconChevronRight size={18} />
            </ActionIcon>
          </ActionIcon.Group>
          <Title order={2} ml="xs" aria-live="polite">
            {titleOf(view, day)}
          </Title>
          {isLoading && <Loader size="xs" aria-label="Loading" />}
        </Group>
        <SegmentedControl
          aria-label="View"
          value={view}
          onChange={(next) => onChange({ view: next as CalendarView })}
          data={calendarViews.map((name) => ({ value: name, label: viewNames[name] }))}
        />
      </Group>
      <Group gap="sm">
        {clientFilter}
        <Select
          aria-label="Network"
          placeholder="All networks"
          clearable
          w={160}
          leftSection={network && <PlatformIcon platform={network} size={16} />}
          data={platforms.map((platform) => ({ value: platform, label: platformNames[platform] }))}
          value={network ?? null}
          onChange={(next) => onChange({ network: next ?? undefined })}
        />
        {clientFilter !== null && view !== 'agenda' && (
          <SegmentedControl
            aria-label="Colour"
            value={color}
            onChange={(next) => onChange({ color: next as 'client' | 'status' })}
            data={[
              { value: 'status', label: 'By status' },
              { value: 'client', label: 'By client' },
            ]}
          />
        )}
        <Switch
          label="Free slots"
          checked={withSlots}
          onChange={(event) => onChange({ slots: event.currentTarget.checked ? 'show' : 'hide' })}
        />
      </Group>
    </>
  );
}
