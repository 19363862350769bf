import { Button, Center, Text } from '@mantine/core';
import { useState } from 'react';
import { formatDay } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { instantAt } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { PostCard } from '../posts/PostCard.tsx';
import dayClasses from '../posts/PostDays.module.css';
import classes from './calendar.module.css';
import { timeOf } from './calendar-view.ts';
import type { Entry, Gap } from './entries.ts';
import { timeThere } from './EntryBody.tsx';

/** Rows shown before somebody asks for more: each of them is a lot to draw. */
const pageRows = 100;

/** The days one below the other, with their posts and free slots. */
export function Agenda({
  entries,
  zone,
  withClient,
  onWrite,
}: {
  entries: readonly Entry[];
  zone: string;
  withClient: boolean;
  onWrite: (gap: Gap) => void;
}) {
  const [rows, setRows] = useState(pageRows);
  const days = Map.groupBy(entries.slice(0, rows), ({ wall }) => wall.slice(0, 10));
  return (
    <>
      <Panel flush className={dayClasses.days}>
        {[...days].map(([day, ofDay]) => (
          <section key={day}>
            <Text component="h2" className={dayClasses.day}>
              {formatDay(instantAt(`${day}T12:00`, zone), zone)}
            </Text>
            {ofDay.map((entry) => (
              <Row key={entry.id} {...{ entry, zone, withClient, onWrite }} />
            ))}
          </section>
        ))}
      </Panel>
      {entries.length > rows && (
        <Center mt="md">
          <Button variant="default" onClick={() => setRows(rows + pageRows)}>
            {t('common:action.showMore')}
          </Button>
        </Center>
      )}
    </>
  );
}

function Row({
  entry,
  zone,
  withClient,
  onWrite,
}: {
  entry: Entry;
  zone: string;
  withClient: boolean;
  onWrite: (gap: Gap) => void;
}) {
  if (entry.kind === 'post') return <PostCard post={entry.post} withClient={withClient} />;
  if (entry.kind === 'more') return null;
  const { gap } = entry;
  const there = timeThere(entry, zone);
  return (
    <div className={classes.gapRow}>
      <span className={classes.gapWords}>
        <b className="tabular">{timeOf(entry.wall)}</b>
        <span>{withClient ? t('calendar:agenda.gapOf', { client: gap.clientName }) : t('calendar:agenda.gap')}</span>
        {there !== null && <span>{there}</span>}
      </span>
      <Button size="compact-sm" variant="subtle" onClick={() => onWrite(gap)}>
        {t('calendar:agenda.write')}
      </Button>
    </div>
  );
}
