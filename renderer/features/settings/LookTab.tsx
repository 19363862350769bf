import { type MantineColorScheme, Radio, SimpleGrid, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { type Language, languages } from '../../../shared/domain/languages.ts';
import { chooseLanguage } from '../../app/choose-language.ts';
import { formatDayTime, formatNumber, formatUsd } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
import { chosenLanguage } from '../../i18n/languages.ts';

const schemes = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];
const likeSystem = 'system';

/** Language and colours of the dashboard on this computer. */
export function LookTab() {
  return (
    <Stack gap="lg">
      <LanguagePanel />
      <SchemePanel />
      <FormatsPanel />
    </Stack>
  );
}

function LanguagePanel() {
  const chosen = chosenLanguage() ?? likeSystem;
  return (
    <Panel title={t('settings:look.language')} description={t('settings:look.languageHint')}>
      <Radio.Group
        aria-label={t('settings:look.language')}
        value={chosen}
        onChange={(next) => void chooseLanguage(next === likeSystem ? null : (next as Language))}
      >
        <SimpleGrid type="container" cols={{ base: 1, '300px': 2, '480px': 3 }} spacing="sm">
          <Radio value={likeSystem} label={t('settings:look.likeSystem')} />
          {Object.entries(languages).map(([language, { name, dir }]) => (
            <Radio
              key={language}
              value={language}
              label={
                <span lang={language} dir={dir}>
                  {name}
                </span>
              }
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
    </Panel>
  );
}

function SchemePanel() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title={t('settings:look.theme')} description={t('settings:look.themeHint')}>
      <Radio.Group
        aria-label={t('settings:look.theme')}
        value={colorScheme}
        onChange={(next) => setColorScheme(next as MantineColorScheme)}
      >
        <SimpleGrid type="container" cols={{ base: 1, '300px': 2, '480px': 3 }} spacing="sm">
          {schemes.map((scheme) => (
            <Radio key={scheme} value={scheme} label={t(`settings:look.scheme.${scheme}`)} />
          ))}
        </SimpleGrid>
      </Radio.Group>
    </Panel>
  );
}

/** How dates and numbers look here; they follow the language and the system's variety of it. */
function FormatsPanel() {
  const soon = new Date(useNow() + 3 * 86_400_000).toISOString();
  const samples = [
    ['settings:look.date', formatDayTime(soon)],
    ['settings:look.number', formatNumber(12_345.6)],
    ['settings:look.money', formatUsd(4_310_000)],
  ] as const;
  return (
    <Panel title={t('settings:look.formats')} description={t('settings:look.formatsHint')}>
      <SimpleGrid cols={3}>
        {samples.map(([label, sample]) => (
          <div key={label}>
            <Text size="xs" c="dimmed">
              {t(label)}
            </Text>
            <Text size="sm" fw={550}>
              {sample}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Panel>
  );
}
