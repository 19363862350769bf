import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconPencilPause } from '@tabler/icons-react';
import { explain } from '../api/errors.ts';
import { t } from '../i18n/i18n.ts';

/** Says that something was done; `undo` adds a button that takes it back while the message stands. */
export function notifyDone(message: string, undo?: () => void): void {
  const id = notifications.show({
    color: 'teal',
    icon: <IconCheck size={18} />,
    autoClose: undo === undefined ? 4_000 : 9_000,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        {undo && (
          <Button
            size="compact-sm"
            variant="subtle"
            style={{ flexShrink: 0 }}
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            {t('common:action.undo')}
          </Button>
        )}
      </Group>
    ),
  });
}

/** Says that something waits for a person, and leads to it; stands until it is closed. */
export function notifyTodo(message: string, { label, act }: { label: string; act: () => void }): void {
  const id = notifications.show({
    color: 'iris',
    icon: <IconPencilPause size={18} />,
    autoClose: false,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ flexShrink: 0 }}
          onClick={() => {
            notifications.hide(id);
            act();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
}

/** Says in plain words what went wrong and what to do. */
export function notifyError(error: unknown): void {
  const { title, message } = explain(error);
  notifications.show({
    color: 'red',
    icon: <IconAlertTriangle size={18} />,
    autoClose: 9_000,
    withBorder: true,
    title,
    message,
  });
}
