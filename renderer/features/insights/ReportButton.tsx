import { Button, Popover, Select, Stack, Text } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { download } from '../../api/download.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { monthsBefore, todayUtc } from './insights-search.ts';
import { monthWords } from './words.ts';

/** Makes the client's report of a month. */
export function ReportButton({ client }: { client: Client }) {
  const today = todayUtc();
  const months = [...monthsBefore(today), today.slice(0, 7)].sort().toReversed();
  const [month, setMonth] = useState(monthsBefore(today)[0] ?? today.slice(0, 7));
  const [isOpen, setOpen] = useState(false);
  const making = useMutation({
    mutationFn: () => download(`/api/clients/${client.id}/report.pdf?month=${month}`, `${month}.pdf`),
    onSuccess: () => {
      setOpen(false);
      notifyDone(t('insights:report.done', { month: monthWords(month) }));
    },
    onError: notifyError,
  });
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={300} trapFocus shadow="md" withRoles>
      <Popover.Target>
        <Button leftSection={<IconFileTypePdf size={16} stroke={1.7} />} onClick={() => setOpen(!isOpen)}>
          {t('insights:report.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('insights:report.button')}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('insights:report.text')}
          </Text>
          <Select
            label={t('insights:report.month')}
            data={months.map((value) => ({ value, label: monthWords(value) }))}
            value={month}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(next) => next !== null && setMonth(next)}
          />
          <Button onClick={() => making.mutate()} loading={making.isPending} fullWidth>
            {t('insights:report.make')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
