import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { separatorOf } from '../../../shared/domain/csv.ts';
import { download } from '../../api/download.ts';
import { notifyError } from '../../components/notify.tsx';
import { currentLocale, t } from '../../i18n/i18n.ts';
import type { Asked } from './use-insights.ts';

const kinds = ['posts', 'accounts'] as const;

/** What is shown, as a file for a spreadsheet. */
export function ExportMenu({ asked }: { asked: Asked }) {
  const exporting = useMutation({
    mutationFn: (kind: (typeof kinds)[number]) => {
      const query = new URLSearchParams({ kind, separator: separatorOf(currentLocale()), ...asked });
      return download(`/api/insights/export.csv?${query.toString()}`, `${kind}.csv`);
    },
    onError: notifyError,
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={exporting.isPending} leftSection={<IconDownload size={16} stroke={1.7} />}>
          {t('insights:export.csv')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item
            key={kind}
            leftSection={<IconFileSpreadsheet size={16} stroke={1.7} />}
            onClick={() => exporting.mutate(kind)}
          >
            {t(`insights:export.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
