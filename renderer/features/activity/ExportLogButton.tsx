import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Activity } from '../../../shared/contract/admin.ts';
import { client } from '../../api/client.ts';
import { csvOf, separatorOf, separators } from '../../../shared/domain/csv.ts';
import { notifyDone } from '../../components/notify.tsx';
import { saveAs } from '../../components/save-as.ts';
import { currentLocale, t } from '../../i18n/i18n.ts';
import type { LogFilter } from './activity-search.ts';
import { actorName } from './actor-name.ts';
import { logInput } from './log-rows.ts';

const most = 10_000;

/** Saves what the filters show as a table for spreadsheets, also what is not loaded yet. */
export function ExportLogButton({
  filter,
  clientNames,
}: {
  filter: LogFilter;
  clientNames: ReadonlyMap<string, string>;
}) {
  const download = useMutation({
    mutationFn: () => readAll(filter),
    onSuccess({ entries, isCut }) {
      const name = `autosocial-activity-${new Date().toISOString().slice(0, 10)}.csv`;
      saveAs(name, tableOf(entries, clientNames), 'text/csv;charset=utf-8');
      const words = isCut ? 'activity:log.exportedCut' : 'activity:log.exported';
      notifyDone(t(words, { count: entries.length }));
    },
  });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={15} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {t('activity:log.export')}
    </Button>
  );
}

async function readAll(filter: LogFilter): Promise<{ entries: Activity[]; isCut: boolean }> {
  const entries: Activity[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.logs({ ...logInput(filter), limit: 200, cursor });
    entries.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && entries.length < most);
  return { entries, isCut: cursor !== undefined };
}

function tableOf(entries: readonly Activity[], clientNames: ReadonlyMap<string, string>): string {
  const columns = ['at', 'level', 'who', 'client', 'what', 'kind'] as const;
  const rows = [
    columns.map((column) => t(`activity:log.columns.${column}`)),
    ...entries.map(({ at, level, actor, clientId, message, kind }) => [
      at,
      t(`activity:log.levels.${level}`),
      actorName(actor),
      clientNames.get(clientId ?? '') ?? null,
      message,
      kind,
    ]),
  ];
  return csvOf(rows, separators[separatorOf(currentLocale())]);
}
