import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { type Icon, IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { t, type WordKey } from '../i18n/i18n.ts';

const schemes = [
  { value: 'light', label: 'app:scheme.light', icon: IconSun },
  { value: 'dark', label: 'app:scheme.dark', icon: IconMoon },
  { value: 'auto', label: 'app:scheme.auto', icon: IconDeviceDesktop },
] as const satisfies readonly { value: MantineColorScheme; label: WordKey; icon: Icon }[];

export function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end" width="max-content">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('app:scheme.name')}>
          <Current size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, label, icon: Glyph }) => (
          <Menu.Item
            key={value}
            leftSection={<Glyph size={17} stroke={1.7} />}
            rightSection={value === colorScheme ? <IconCheck size={16} /> : null}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
