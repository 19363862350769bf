import { Group, Paper, Text, VisuallyHidden } from '@mantine/core';
import { IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import type { Figures, Overview } from '../../../shared/contract/insights.ts';
import { formatNumber } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { HoverHint } from './HoverHint.tsx';
import classes from './insights.module.css';
import { networksInWords, percentOf, signedOf, silentOn } from './words.ts';

const shown = ['views', 'viewers', 'interactions', 'followers', 'posts'] as const;
type Shown = (typeof shown)[number];

/** The figures that matter most, each with how it stood before. */
export function Headline({ overview: { now, before, networks } }: { overview: Overview }) {
  const platforms = networks.map(({ platform }) => platform);
  return (
    <div className={classes.tiles}>
      {shown.map((name) => (
        <Tile key={name} name={name} now={now} before={before} silent={silentOn(name, platforms)} />
      ))}
    </div>
  );
}

function Tile({
  name,
  now,
  before,
  silent,
}: {
  name: Shown;
  now: Figures;
  before: Figures;
  silent: Parameters<typeof networksInWords>[0];
}) {
  const value = now[name];
  return (
    <Paper
      className={classes.tile}
      component="section"
      shadow="xs"
      aria-label={t(`insights:metric.${name}`)}
      data-testid={`tile-${name}`}
    >
      <Group gap={4} wrap="nowrap" justify="space-between">
        <Text size="sm" c="dimmed" fw={500} truncate>
          {t(`insights:metric.${name}`)}
        </Text>
        <HoverHint label={t(`insights:metric.${name}`)} words={t(`insights:hint.${name}`)} />
      </Group>
      <Text className="tabular" fz={27} fw={650} lh={1.25} mt={2}>
        {value === null ? '–' : formatNumber(value)}
      </Text>
      {name === 'followers' ? <Gained gained={now.followersGained} /> : <Change now={value} before={before[name]} />}
      {silent.length > 0 && (
        <Text size="xs" c="dimmed" mt={2}>
          {t('insights:notGiven', { networks: networksInWords(silent) })}
        </Text>
      )}
    </Paper>
  );
}

function Change({ now, before }: { now: number | null; before: number | null }) {
  const percent = percentOf(now, before);
  if (now === null || percent === null) return <Note words={t('insights:change.nothingBefore')} />;
  if (now === before) return <Note words={t('insights:change.same')} />;
  const spoken = t('insights:change.compared', { percent, value: formatNumber(before ?? 0) });
  return <Direction up={now > (before ?? 0)} words={percent} spoken={spoken} />;
}

function Gained({ gained }: { gained: number | null }) {
  if (gained === null) return <Note words={t('insights:change.nothingBefore')} />;
  const words = t('insights:change.gained', { gained: signedOf(gained) });
  return gained === 0 ? <Note words={words} /> : <Direction up={gained > 0} words={words} spoken={words} />;
}

function Direction({ up, words, spoken }: { up: boolean; words: string; spoken: string }) {
  const Icon = up ? IconTrendingUp : IconTrendingDown;
  return (
    <Group gap={4} wrap="nowrap" className={classes.change} data-up={up} title={spoken}>
      <Icon size={16} stroke={1.8} style={{ flexShrink: 0 }} aria-hidden />
      <Text span size="sm" fw={550} className="tabular" aria-hidden>
        {words}
      </Text>
      <VisuallyHidden>{spoken}</VisuallyHidden>
    </Group>
  );
}

function Note({ words }: { words: string }) {
  return (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  );
}
