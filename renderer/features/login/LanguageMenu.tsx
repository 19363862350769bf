import { Button, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { type Language, languages } from '../../../shared/domain/languages.ts';
import { chooseLanguage } from '../../app/choose-language.ts';
import { language, t } from '../../i18n/i18n.ts';

/** The language of the dashboard, for those who cannot read the page yet: each by its own name. */
export function LanguageMenu() {
  const shown = language();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconLanguage size={17} stroke={1.7} />}
          aria-label={t('app:languageShown', { name: languages[shown].name })}
        >
          {languages[shown].name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(languages) as Language[]).map((each) => (
          <Menu.Item
            key={each}
            lang={each}
            rightSection={each === shown ? <IconCheck size={16} /> : null}
            onClick={() => void chooseLanguage(each)}
          >
            {languages[each].name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
