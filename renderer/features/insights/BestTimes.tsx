import { Box, Group, Stack, Text } from '@mantine/core';
import { IconClockCog } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import type { BestTimes as Times, HourFigures } from '../../../shared/contract/insights.ts';
import { firstWeekday } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import classes from './insights.module.css';
import { hourWords, scoreOf, weekdayWords } from './words.ts';

/** A score of this much has the deepest colour. */
const deepest = 2;

/** The week by weekday and hour: where posts did better than usual, and worse. */
export function BestTimes({ times, client }: { times: Times; client: Client | undefined }) {
  return (
    <Panel
      title={t('insights:times.title')}
      description={client === undefined ? t('insights:times.descriptionAll') : t('insights:times.description')}
      data-testid="best-times"
      actions={
        client !== undefined &&
        times.best.length > 0 && (
          <ButtonLink
            to="/clients/$id"
            params={{ id: client.id }}
            search={{ tab: 'rules' }}
            variant="light"
            size="sm"
            style={{ flexShrink: 0 }}
            leftSection={<IconClockCog size={16} stroke={1.7} aria-hidden />}
          >
            {t('insights:times.useInRules')}
          </ButtonLink>
        )
      }
    >
      <Stack gap="md">
        <Verdict times={times} />
        {times.hours.length > 0 && <Week hours={times.hours} />}
      </Stack>
    </Panel>
  );
}

function Verdict({ times: { posts, minimum, best } }: { times: Times }) {
  if (posts < minimum) {
    return <Text size="sm">{t('insights:times.tooFew', { count: posts, minimum })}</Text>;
  }
  return (
    <Group gap="xs">
      <Text size="sm">{best.length === 0 ? t('insights:times.none') : t('insights:times.best')}</Text>
      {best.map((hour) => (
        <Text key={`${hour.weekday} ${hour.hour}`} size="sm" fw={600} className={classes.bestHour}>
          {t('insights:times.hour', { weekday: weekdayWords(hour.weekday, 'long'), hour: hourWords(hour.hour) })}
        </Text>
      ))}
      <Text size="sm" c="dimmed">
        {t('insights:times.found', { count: posts })}
      </Text>
    </Group>
  );
}

function Week({ hours }: { hours: readonly HourFigures[] }) {
  const at = new Map(hours.map((hour) => [`${hour.weekday} ${hour.hour}`, hour]));
  const first = Math.max(0, Math.min(6, ...hours.map(({ hour }) => hour)));
  const last = Math.max(22, ...hours.map(({ hour }) => hour));
  const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const weekdays = Array.from({ length: 7 }, (_, index) => (firstWeekday() + index) % 7 || 7);
  return (
    <Box className={classes.weekPlace} role="region" aria-label={t('insights:times.title')} tabIndex={0}>
      <table className={classes.week}>
        <thead>
          <tr>
            <td />
            {shown.map((hour) => (
              <th key={hour} scope="col" data-quiet={hour % 3 !== 0 || undefined}>
                {hourWords(hour)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{weekdayWords(weekday, 'short')}</th>
              {shown.map((hour) => (
                <Cell key={hour} figures={at.get(`${weekday} ${hour}`)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.scale} aria-hidden>
        {t('insights:times.less')}
        <span />
        {t('insights:times.more')}
      </div>
    </Box>
  );
}

function Cell({ figures }: { figures: HourFigures | undefined }) {
  if (figures === undefined) return <td className={classes.hour} />;
  const words = t('insights:times.hourFacts', {
    count: figures.posts,
    weekday: weekdayWords(figures.weekday, 'long'),
    hour: hourWords(figures.hour),
    score: scoreOf(figures.score),
  });
  const depth = Math.min(1, figures.score / deepest);
  return (
    <td
      className={classes.hour}
      data-known
      title={words}
      style={{ '--depth': `${Math.round(depth * 100)}%` } as CSSProperties}
    >
      <span aria-hidden>{scoreOf(figures.score)}</span>
      <span className={classes.unseen}>{words}</span>
    </td>
  );
}
