import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCalendarExclamation } from '@tabler/icons-react';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { formatDayTime, formatTime } from '../../../components/format.ts';
import { TextLink } from '../../../components/links.tsx';
import { zoneOffsetLabel } from '../../../components/zoned-time.ts';
import { currentLocale, t } from '../../../i18n/i18n.ts';
import { laterThan, type Plan, type ScheduleWarning } from './schedule-warnings.ts';

/** What speaks against a time, with other times to take by one click. It forbids nothing. */
export function ScheduleWarnings({
  plan,
  warnings,
  free,
  onChoose,
}: {
  plan: Plan;
  warnings: readonly ScheduleWarning[];
  /** Free slots of the client's rules, the next one first; ISO. */
  free: readonly string[];
  onChoose: (instant: string) => void;
}) {
  if (warnings.length === 0) return null;
  return (
    <Alert
      variant="default"
      p="sm"
      icon={<IconCalendarExclamation color="var(--mantine-color-orange-6)" />}
      role="status"
      data-testid="schedule-warnings"
    >
      <Stack gap={6}>
        {warnings.map((warning) => (
          <Text key={warning.kind + ('platform' in warning ? warning.platform : '')} size="sm">
            <Sentence warning={warning} plan={plan} />
          </Text>
        ))}
        <Group gap={6}>
          {othersFor(plan, warnings, free).map((at) => (
            <Button key={at} size="compact-xs" variant="default" onClick={() => onChoose(at)}>
              {t('composer:when.take', { time: timeWords(at, plan, warnings) })}
            </Button>
          ))}
        </Group>
      </Stack>
    </Alert>
  );
}

/** At most three other times: a little later, the other of two, the next free slots. */
function othersFor(plan: Plan, warnings: readonly ScheduleWarning[], free: readonly string[]): string[] {
  const twice = warnings.find((warning) => warning.kind === 'twice');
  const others = [
    ...(warnings.some(({ kind }) => kind === 'close') ? [laterThan(plan)] : []),
    ...(twice === undefined ? [] : [twice.other]),
    ...free.filter((at) => Date.parse(at) !== Date.parse(plan.at)).slice(0, 2),
  ];
  return [...new Map(others.map((at) => [Date.parse(at), at])).values()].slice(0, 3);
}

/** With the offset where a clock shows the same time twice. */
function timeWords(at: string, { zone }: Plan, warnings: readonly ScheduleWarning[]): string {
  const isTwin = warnings.some((warning) => warning.kind === 'twice' && warning.other === at);
  const words = formatDayTime(at, zone);
  return isTwin ? `${words} (${zoneOffsetLabel(zone, Date.parse(at))})` : words;
}

function Sentence({ warning, plan }: { warning: ScheduleWarning; plan: Plan }) {
  switch (warning.kind) {
    case 'past':
      return t('composer:when.past');
    case 'close': {
      const { post, minutes, platforms } = warning;
      const networks = listed(platforms.map((platform) => platformNames[platform]));
      return (
        <>
          {minutes === 0
            ? t('composer:when.same', { networks })
            : t('composer:when.close', {
                networks,
                count: minutes,
                time: formatTime(post.scheduledFor, plan.zone),
              })}{' '}
          <TextLink to="/posts/$id" params={{ id: post.id }} inherit c="inherit" underline="always" target="_blank">
            {t('composer:when.look')}
          </TextLink>
        </>
      );
    }
    case 'limit':
      return t('composer:when.limit', { network: platformNames[warning.platform], is: warning.is, most: warning.most });
    case 'week':
      return t('composer:when.week', { is: warning.is, most: warning.most });
    case 'day':
      return t('composer:when.day', { day: dayName(plan) });
    case 'time':
      return t('composer:when.time', { times: listed(warning.times) });
    case 'gap':
      return t('composer:when.gap', { time: formatTime(plan.at, plan.zone) });
    case 'twice':
      return t('composer:when.twice', { offset: zoneOffsetLabel(plan.zone, Date.parse(plan.at)) });
  }
}

function dayName({ at, zone }: Plan): string {
  return new Intl.DateTimeFormat(currentLocale(), { timeZone: zone, weekday: 'long' }).format(Date.parse(at));
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat(currentLocale()).format(words);
}
