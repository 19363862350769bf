import { Input, Slider, Stack, Text } from '@mantine/core';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import { problemOf } from '../../api/errors.ts';
import { formatNumber } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { zoneCity } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { DaysField } from './DaysField.tsx';
import { TimesField } from './TimesField.tsx';

const usualMost = 21;

/** How often, on which days and at which times; and what that comes to. */
export function WhenPanel({
  rules,
  zone,
  set,
  problems,
}: {
  rules: Rules;
  zone: string;
  set: (change: Partial<Rules>) => void;
  problems: readonly Problem[];
}) {
  const { postsPerWeek } = rules;
  const most = Math.max(usualMost, postsPerWeek);
  return (
    <Panel title={t('rules:when.title')} description={t('rules:when.description', { city: zoneCity(zone) })}>
      <Stack gap="lg">
        <Input.Wrapper
          label={t('rules:when.perWeek', { count: postsPerWeek })}
          labelElement="div"
          error={problemOf(problems, 'postsPerWeek')}
        >
          <Slider
            mt={6}
            mb="lg"
            min={0}
            max={most}
            thumbLabel={t('rules:when.perWeekLabel')}
            label={null}
            marks={[0, 7, 14, 21].map((value) => ({ value, label: formatNumber(value) }))}
            value={postsPerWeek}
            onChange={(value) => set({ postsPerWeek: value })}
          />
        </Input.Wrapper>
        <DaysField days={rules.days} onChange={(days) => set({ days })} error={problemOf(problems, 'days')} />
        <TimesField times={rules.times} onChange={(times) => set({ times })} error={problemOf(problems, 'times')} />
        <WeekInWords rules={rules} />
      </Stack>
    </Panel>
  );
}

/** What days, times and posts a week come to, in one sentence. */
function WeekInWords({ rules: { postsPerWeek, days, times } }: { rules: Rules }) {
  const moments = days.length * times.length;
  const wanted = postsPerWeek;
  const isShort = wanted > moments;
  const sentence =
    wanted === 0
      ? t('rules:week.nothing')
      : moments === 0
        ? t('rules:week.noMoment')
        : isShort
          ? t('rules:week.short', { count: moments, wanted })
          : wanted === moments
            ? t('rules:week.all', { count: moments })
            : t('rules:week.spread', { count: wanted, moments });
  return (
    <Text size="sm" c={isShort ? 'orange' : 'dimmed'} data-testid="week-in-words">
      {sentence}
    </Text>
  );
}
