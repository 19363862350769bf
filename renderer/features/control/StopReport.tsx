import { Button, Group, Modal, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHelp, IconSend } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Failure } from '../../components/Failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { t } from '../../i18n/i18n.ts';
import { AffectedList } from './AffectedList.tsx';
import { closeStopDialogs, type StopScope } from './stop-store.ts';
import { type Affected, useAffected } from './use-affected.ts';

/** After a stop: what had left already, what is not known yet, what is held. It keeps itself up to date. */
export function StopReport({ scope }: { scope: StopScope }) {
  useFocusBack();
  const { inFlight, unknown, held, isPending, error } = useAffected(scope);
  return (
    <Modal opened onClose={closeStopDialogs} title={t('control:report.title')} size="lg" data-testid="stop-report">
      <Stack gap="lg">
        <Text size="sm">{scope.scope === 'global' ? t('control:report.everything') : t('control:report.here')}</Text>
        {isPending && <Skeleton height={90} />}
        {error !== null && <Failure error={error} />}
        {!isPending && error === null && (
          <>
            <Part
              icon={IconSend}
              items={inFlight}
              title={t('control:report.inFlight', { count: inFlight.length })}
              none={t('control:report.noneInFlight')}
              listed
            >
              {t('control:report.inFlightHint')}
            </Part>
            <Part
              icon={IconHelp}
              items={unknown}
              title={t('control:report.unknown', { count: unknown.length })}
              none={t('control:report.noneUnknown')}
              listed
            >
              {t('control:report.unknownHint')}
            </Part>
            <Part
              icon={IconAlertTriangle}
              items={held}
              title={t('control:report.held', { count: held.length })}
              none={t('control:report.noneHeld')}
            >
              {t('control:report.heldHint')}
            </Part>
          </>
        )}
        <Group justify="flex-end">
          {held.length > 0 && (
            <ButtonLink to="/pipeline" search={{ show: 'attention' }} variant="default" onClick={closeStopDialogs}>
              {t('control:report.seeWaiting')}
            </ButtonLink>
          )}
          <Button onClick={closeStopDialogs}>{t('common:action.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Part({
  icon: Icon,
  items,
  title,
  none,
  listed = false,
  children,
}: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  items: readonly Affected[];
  title: string;
  none: string;
  listed?: boolean;
  children: string;
}) {
  const isNone = items.length === 0;
  return (
    <Group wrap="nowrap" align="flex-start" gap="md">
      <ThemeIcon variant="light" color={isNone ? 'teal' : 'orange'} size={34} radius="xl">
        {isNone ? <IconCheck size={18} stroke={1.7} /> : <Icon size={18} stroke={1.7} />}
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600} lh="34px">
          {isNone ? none : title}
        </Text>
        {!isNone && (
          <>
            <Text size="sm" c="dimmed" mb={listed ? 'xs' : 0}>
              {children}
            </Text>
            {listed && <AffectedList items={items} />}
          </>
        )}
      </div>
    </Group>
  );
}
