import { ActionIcon, Button, Group, Loader, SegmentedControl, Select, Switch, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { platformNames, platforms } from '../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { firstWeekday } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { type CalendarSearch, type CalendarView, calendarViews, step, titleOf } from './calendar-view.ts';

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
        <Group gap={6}>
          <Button variant="default" onClick={() => onChange({ day: today })} disabled={day === today}>
            {t('calendar:toolbar.today')}
          </Button>
          <ActionIcon.Group>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('calendar:toolbar.back')}
              onClick={() => onChange({ day: step(view, day, -1) })}
            >
              <IconChevronLeft size={18} className="flip-rtl" />
            </ActionIcon>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('calendar:toolbar.forward')}
              onClick={() => onChange({ day: step(view, day, 1) })}
            >
              <IconChevronRight size={18} className="flip-rtl" />
            </ActionIcon>
          </ActionIcon.Group>
          <Title order={2} ms="xs" aria-live="polite">
            {titleOf(view, day, firstWeekday())}
          </Title>
          {isLoading && <Loader size="xs" aria-label={t('common:loading')} />}
        </Group>
        <SegmentedControl
          aria-label={t('calendar:view.label')}
          value={view}
          onChange={(next) => onChange({ view: next as CalendarView })}
          data={calendarViews.map((name) => ({ value: name, label: t(`calendar:view.${name}`) }))}
        />
      </Group>
      <Group gap="sm">
        {clientFilter}
        <Select
          aria-label={t('calendar:toolbar.network')}
          placeholder={t('common:allNetworks')}
          clearable
          w={168}
          leftSection={network && <PlatformIcon platform={network} size={16} />}
          data={platforms.map((platform) => ({ value: platform, label: platformNames[platform] }))}
          value={network ?? null}
          onChange={(next) => onChange({ network: next ?? undefined })}
        />
        {clientFilter !== null && view !== 'agenda' && (
          <SegmentedControl
            aria-label={t('calendar:toolbar.colour')}
            value={color}
            onChange={(next) => onChange({ color: next as 'client' | 'status' })}
            data={[
              { value: 'status', label: t('calendar:toolbar.byStatus') },
              { value: 'client', label: t('calendar:toolbar.byClient') },
            ]}
          />
        )}
        <Switch
          label={t('calendar:toolbar.freeSlots')}
          checked={withSlots}
          onChange={(event) => onChange({ slots: event.currentTarget.checked ? 'show' : 'hide' })}
        />
      </Group>
    </>
  );
}
