import { ActionIcon, Alert, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { capsFor, keyFor, pagePrefix, rebound, type Refusal, refusalOf, swapped } from '../commands/bindings.ts';
import { keepBindings, useBindings } from '../commands/bindings-store.ts';
import { commandKey, keyOf, keyText } from '../commands/keys.ts';
import { type ShortcutId, shortcutOf } from '../commands/shortcuts.ts';
import classes from './settings.module.css';

interface Refused {
  key: string;
  refusal: Refusal;
}

/** What a key does, and its key: pressed, it waits for another one. */
export function ShortcutRow({ id }: { id: ShortcutId }) {
  const bindings = useBindings((state) => state.bindings);
  const [isAsking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const { key: usual, means } = shortcutOf(id);
  const caps = capsFor(bindings, id);

  const choose = (key: string): void => {
    const refusal = refusalOf(bindings, id, key);
    setAsking(false);
    setRefused(refusal === null ? null : { key, refusal });
    if (refusal === null) keepBindings(rebound(bindings, id, key));
  };
  const swap = (by: ShortcutId): void => {
    setRefused(null);
    keepBindings(swapped(bindings, id, by));
  };
  const press = (event: KeyboardEvent): void => {
    // Tab goes on to the next one, which ends the question.
    if (!isAsking || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setAsking(false);
    const key = keyOf(event.nativeEvent);
    if (key !== null) choose(key);
  };

  return (
    <li>
      <div className={classes.shortcut}>
        <Text size="sm">{t(means)}</Text>
        <Group gap={6} wrap="nowrap">
          {keyFor(bindings, id) !== usual && (
            <Tooltip label={t('settings:shortcuts.reset', { keys: keyText(usual) })}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('settings:shortcuts.resetOf', { what: t(means), keys: keyText(usual) })}
                onClick={() => choose(usual)}
              >
                <IconRestore size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          <Button
            variant="default"
            size="compact-md"
            miw={96}
            aria-label={t('settings:shortcuts.change', { what: t(means), keys: caps.join(' ') })}
            aria-pressed={isAsking}
            data-takes-keys={isAsking || undefined}
            onClick={() => {
              setRefused(null);
              setAsking(true);
            }}
            onBlur={() => setAsking(false)}
            onKeyDown={press}
          >
            {isAsking ? (
              <Asking isPage={shortcutOf(id).place === 'pages'} />
            ) : (
              <Text span dir="ltr" className={classes.key}>
                {caps.join(' ')}
              </Text>
            )}
          </Button>
        </Group>
      </div>
      {refused !== null && <Why id={id} refused={refused} onSwap={swap} onClose={() => setRefused(null)} />}
    </li>
  );
}

function Asking({ isPage }: { isPage: boolean }) {
  return (
    <Group gap={6} wrap="nowrap" component="span">
      {isPage && (
        <Text span className={classes.key}>
          {keyText(pagePrefix)}
        </Text>
      )}
      <Text span size="sm" c="dimmed">
        {t('settings:shortcuts.press')}
      </Text>
    </Group>
  );
}

function Why({
  id,
  refused: { key, refusal },
  onSwap,
  onClose,
}: {
  id: ShortcutId;
  refused: Refused;
  onSwap: (by: ShortcutId) => void;
  onClose: () => void;
}) {
  const isPage = shortcutOf(id).place === 'pages';
  return (
    <Alert
      color="orange"
      variant="light"
      mt={6}
      py="xs"
      role="alert"
      withCloseButton
      onClose={onClose}
      closeButtonLabel={t('common:action.close')}
    >
      <Group gap="sm" justify="space-between">
        <span>{whyNot(key, refusal, isPage)}</span>
        {refusal.why === 'taken' && refusal.canSwap && (
          <Button size="compact-sm" variant="light" color="orange" onClick={() => onSwap(refusal.by)}>
            {t('settings:shortcuts.swap')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function whyNot(key: string, refusal: Refusal, isPage: boolean): string {
  const keys = isPage ? `${keyText(pagePrefix)} ${keyText(key)}` : keyText(key);
  switch (refusal.why) {
    case 'taken':
      return t('settings:shortcuts.taken', { keys, what: t(shortcutOf(refusal.by).means) });
    case 'reserved':
      return t('settings:shortcuts.reserved', { keys });
    case 'types':
      return t('settings:shortcuts.types', { mod: commandKey });
    case 'unfit':
      return isPage ? t('settings:shortcuts.unfitPage') : t('settings:shortcuts.unfit', { mod: commandKey });
  }
}
