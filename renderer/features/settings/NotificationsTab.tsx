import '@mantine/dates/styles.css';
import { Alert, Checkbox, Group, Stack, Switch } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconInfoCircle } from '@tabler/icons-react';
import { type NoticeKind, noticeKinds } from '../../../shared/contract/admin.ts';
import { isDesktop } from '../../api/line.ts';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { type SettingsDraft, SettingsForm } from './SettingsForm.tsx';

const night = { from: '22:00', to: '07:00' };

/** What the desktop app tells outside its window, and when it keeps quiet. */
export function NotificationsTab() {
  return (
    <SettingsForm>
      {(draft) => (
        <>
          {!isDesktop && (
            <Alert icon={<IconInfoCircle />} color="gray" variant="light">
              {t('settings:notifications.inBrowser')}
            </Alert>
          )}
          <Panel title={t('settings:notifications.title')} description={t('settings:notifications.description')}>
            <Kinds {...draft} />
          </Panel>
          <Panel title={t('settings:notifications.quiet')} description={t('settings:notifications.quietHint')}>
            <QuietHours {...draft} />
          </Panel>
        </>
      )}
    </SettingsForm>
  );
}

function Kinds({ values, set }: SettingsDraft) {
  return (
    <Checkbox.Group
      aria-label={t('settings:notifications.title')}
      value={values.notices}
      onChange={(chosen) => set({ notices: noticeKinds.filter((kind) => (chosen as NoticeKind[]).includes(kind)) })}
    >
      <Stack gap="md">
        {noticeKinds.map((kind) => (
          <Checkbox
            key={kind}
            value={kind}
            label={t(`settings:notice.${kind}.name`)}
            description={t(`settings:notice.${kind}.does`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function QuietHours({ values: { quietHours }, set }: SettingsDraft) {
  const fields = [
    ['from', 'settings:notifications.from'],
    ['to', 'settings:notifications.to'],
  ] as const;
  return (
    <Stack gap="md">
      <Switch
        label={t('settings:notifications.quietSwitch')}
        checked={quietHours !== null}
        onChange={(event) => set({ quietHours: event.currentTarget.checked ? night : null })}
      />
      {quietHours !== null && (
        <Group>
          {fields.map(([field, label]) => (
            <TimePicker
              key={field}
              label={t(label)}
              hoursInputLabel={t('settings:notifications.hour')}
              minutesInputLabel={t('settings:notifications.minute')}
              format="24h"
              w={120}
              value={quietHours[field]}
              onChange={(time) => time !== '' && set({ quietHours: { ...quietHours, [field]: time.slice(0, 5) } })}
            />
          ))}
        </Group>
      )}
    </Stack>
  );
}
