import { Anchor, Group, Modal, Text } from '@mantine/core';
import { TextLink } from '../../components/links.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { t } from '../../i18n/i18n.ts';
import { startTour } from '../tour/tour-store.ts';
import { closeCommands } from './commands-store.ts';
import { ShortcutGroups } from './ShortcutGroups.tsx';

/** All that works by keys, on one sheet. */
export function ShortcutHelp() {
  useFocusBack();
  return (
    <Modal opened onClose={closeCommands} title={t('commands:shortcuts.title')} size="lg">
      <ShortcutGroups />
      <Group justify="space-between" mt="lg">
        <Text size="sm" c="dimmed">
          {t('commands:shortcuts.typing')}
        </Text>
        <Group gap="md">
          <TextLink to="/settings" search={{ tab: 'shortcuts' }} size="sm" onClick={closeCommands}>
            {t('commands:shortcuts.change')}
          </TextLink>
          <Anchor component="button" type="button" size="sm" onClick={takeTour}>
            {t('commands:shortcuts.tour')}
          </Anchor>
        </Group>
      </Group>
    </Modal>
  );
}

function takeTour(): void {
  closeCommands();
  startTour();
}
