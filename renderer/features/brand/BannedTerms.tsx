import { Alert, Stack, TagsInput, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Brand } from '../../../shared/contract/brand.ts';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { BannedTester } from './BannedTester.tsx';
import { ownHits } from './own-hits.ts';

/** Words the brand never says, and a place to try what they catch. */
export function BannedTerms({
  brand,
  onChange,
  error,
}: {
  brand: Brand;
  onChange: (terms: string[]) => void;
  error?: string;
}) {
  return (
    <Panel title={t('brand:banned.title')} description={t('brand:banned.description')}>
      <Stack>
        <TagsInput
          aria-label={t('brand:banned.label')}
          placeholder={brand.bannedTerms.length === 0 ? t('brand:banned.placeholder') : ''}
          splitChars={[',', ';', '\n']}
          maxTags={500}
          value={[...brand.bannedTerms]}
          onChange={onChange}
          error={error}
        />
        <OwnHits brand={brand} />
        <BannedTester terms={brand.bannedTerms} />
      </Stack>
    </Panel>
  );
}

function OwnHits({ brand }: { brand: Brand }) {
  const { bannedTerms, ctas, hashtags, examplePosts } = brand;
  const hits = useMemo(
    () => ownHits({ bannedTerms, ctas, hashtags, examplePosts }),
    [bannedTerms, ctas, hashtags, examplePosts],
  );
  if (hits.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle />} title={t('brand:own.title')}>
      <Stack gap={4}>
        {hits.map(({ where, text, term }) => (
          <Text size="sm" key={`${where} ${text}`} lineClamp={2}>
            {t(`brand:own.${where}`, { text, term })}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
