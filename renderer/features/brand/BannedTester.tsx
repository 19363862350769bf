import { Group, Stack, Text, Textarea } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { t } from '../../i18n/i18n.ts';
import { MarkedText } from '../post/preview/MarkedText.tsx';
import classes from './brand.module.css';
import { hitReason } from './hit-reason.ts';

/** A text that is typed or pasted, with every banned term in it marked and explained. */
export function BannedTester({ terms }: { terms: readonly string[] }) {
  const [sample, setSample] = useState('');
  const text = useDeferredValue(sample);
  const hits = useMemo(() => findBannedTerms(text, terms), [text, terms]);
  return (
    <Stack gap="sm">
      <Textarea
        dir="auto"
        label={t('brand:tester.label')}
        placeholder={t('brand:tester.placeholder')}
        minRows={2}
        maxRows={6}
        value={sample}
        onChange={(event) => setSample(event.currentTarget.value)}
      />
      {text.trim() !== '' && (
        <div className={classes.tested} aria-live="polite" data-testid="tester">
          <Text size="sm" lh={1.7} component="div" dir="auto">
            <MarkedText text={text} terms={terms} />
          </Text>
          <Text
            size="xs"
            c={hits.length > 0 ? 'light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))' : 'teal'}
            mt={8}
            fw={600}
          >
            {hits.length > 0 ? t('brand:tester.hits', { count: hits.length }) : t('brand:tester.none')}
          </Text>
          {hits.map((hit) => (
            <Group key={`${hit.start} ${hit.term}`} gap={6} mt={4} wrap="nowrap" align="flex-start">
              <mark className={classes.found}>{text.slice(hit.start, hit.end)}</mark>
              <Text size="xs" c="dimmed">
                {t(`brand:tester.why.${hitReason(text, hit)}`, { term: hit.term })}
              </Text>
            </Group>
          ))}
        </div>
      )}
    </Stack>
  );
}
