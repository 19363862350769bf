import { Button, Group, Loader, Menu, Text } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsMinimize,
  IconCheck,
  IconFishHook,
  IconLanguage,
  IconMoodSmile,
  IconSparkles,
} from '@tabler/icons-react';
import { useRef } from 'react';
import type { RewriteWish } from '../../../../shared/domain/rewrite.ts';
import { currentLocale, t } from '../../../i18n/i18n.ts';
import type { Wish } from './use-rewrite.ts';

const wishes = [
  { wish: 'shorter', label: 'composer:assist.shorter', icon: IconArrowsMinimize },
  { wish: 'warmer', label: 'composer:assist.warmer', icon: IconMoodSmile },
  { wish: 'hook', label: 'composer:assist.hook', icon: IconFishHook },
  { wish: 'spelling', label: 'composer:assist.spelling', icon: IconCheck },
] as const satisfies { wish: RewriteWish; label: string; icon: unknown }[];

const languages = ['en', 'de', 'es', 'fr', 'it', 'pt', 'nl', 'pl', 'tr', 'ar', 'uk'];

/** What the AI can be asked for; one stop of the tab key, with the arrow keys between its buttons. */
export function AssistBar({
  disabled,
  isWorking,
  hasSelection,
  onAsk,
  onStop,
  onUndo,
}: {
  disabled: boolean;
  isWorking: boolean;
  hasSelection: boolean;
  onAsk: (wish: Wish) => void;
  onStop: () => void;
  /** Takes back the last suggestion that was accepted. */
  onUndo: (() => void) | undefined;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const buttons = [...(bar.current?.querySelectorAll('button:not(:disabled)') ?? [])] as HTMLButtonElement[];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  const named = new Intl.DisplayNames([currentLocale()], { type: 'language' });
  const button = { size: 'compact-xs', variant: 'default', disabled: disabled || isWorking, fw: 500 } as const;
  return (
    <Group
      ref={bar}
      gap={6}
      role="toolbar"
      aria-label={t('composer:assist.label')}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') step(document.dir === 'rtl' ? -1 : 1);
        if (event.key === 'ArrowLeft') step(document.dir === 'rtl' ? 1 : -1);
      }}
      // The field keeps what is marked in it.
      onMouseDown={(event) => event.preventDefault()}
    >
      <IconSparkles size={16} color="var(--mantine-primary-color-filled)" aria-hidden />
      {wishes.map(({ wish, label, icon: Icon }, index) => (
        <Button
          key={wish}
          {...button}
          tabIndex={index === 0 ? 0 : -1}
          leftSection={<Icon size={13} stroke={1.8} />}
          onClick={() => onAsk({ wish })}
        >
          {t(label)}
        </Button>
      ))}
      <Menu position="bottom-start" returnFocus>
        <Menu.Target>
          <Button {...button} tabIndex={-1} leftSection={<IconLanguage size={13} stroke={1.8} />}>
            {t('composer:assist.translate')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
          {languages.map((language) => (
            <Menu.Item key={language} onClick={() => onAsk({ wish: 'translate', language })}>
              {named.of(language)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {onUndo && (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconArrowBackUp size={13} />}
          onClick={onUndo}
          data-testid="assist-undo"
        >
          {t('composer:assist.undo')}
        </Button>
      )}
      {isWorking ? (
        <Group gap={6} role="status">
          <Loader size={14} aria-hidden />
          <Text size="xs" c="dimmed">
            {t('composer:assist.working')}
          </Text>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onStop}>
            {t('composer:assist.stop')}
          </Button>
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          {hasSelection ? t('composer:assist.onSelection') : t('composer:assist.onAll')}
        </Text>
      )}
    </Group>
  );
}
