import { Group, Skeleton, Stack, Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { inkOn } from '../../../shared/domain/contrast.ts';
import { t } from '../../i18n/i18n.ts';
import { ClientFace } from '../clients/ClientFace.tsx';
import { MarkedText } from '../post/preview/MarkedText.tsx';
import type { BrandValues } from './brand-values.ts';
import classes from './brand.module.css';
import { isColor } from './colors.ts';
import type { ShownExample } from './example.ts';

/** A post in the brand's name, colours and words; what the brand never says is marked in it. */
export function ExampleCard({
  name,
  brand,
  example: { text, cta, hashtags },
  isWaiting,
}: {
  name: string;
  brand: BrandValues;
  example: ShownExample;
  isWaiting: boolean;
}) {
  const colors = brand.colors.filter(isColor);
  const main = colors[0] ?? '#4d5bd6';
  const second = colors[1] ?? `color-mix(in srgb, ${main} 78%, white)`;
  const third = colors[2] ?? second;
  const paint = { '--main': main, '--ink': inkOn(main), '--second': second, '--third': third } as CSSProperties;
  return (
    <figure className={classes.card} style={paint} aria-label={t('brand:example.label')}>
      <Group gap={10} px={14} py={11} wrap="nowrap">
        <ClientFace name={name} color={colors[0] ?? null} size={34} />
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600} truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {t('brand:example.when')}
          </Text>
        </div>
      </Group>
      <div className={classes.picture}>
        <span className={classes.shape} aria-hidden />
        <span className={classes.stripe} aria-hidden />
        <Text className={classes.headline} lineClamp={3} dir="auto">
          {cta ?? name}
        </Text>
      </div>
      <Stack gap={10} px={14} py={12}>
        {isWaiting ? (
          <Stack gap={8} aria-busy aria-label={t('brand:example.writing')}>
            <Skeleton height={11} />
            <Skeleton height={11} />
            <Skeleton height={11} width="60%" />
          </Stack>
        ) : (
          <Text size="sm" component="div" dir="auto" c={text === '' ? 'dimmed' : undefined}>
            {text === '' ? t('brand:example.empty') : <MarkedText text={text} terms={brand.bannedTerms} />}
          </Text>
        )}
        {cta !== null && !isWaiting && (
          <Text size="sm" fw={600} component="div" dir="auto">
            <MarkedText text={cta} terms={brand.bannedTerms} />
          </Text>
        )}
        {hashtags.length > 0 && (
          <Text size="sm" className={classes.tags} component="div" dir="auto">
            <MarkedText text={hashtags.join(' ')} terms={brand.bannedTerms} />
          </Text>
        )}
      </Stack>
    </figure>
  );
}
