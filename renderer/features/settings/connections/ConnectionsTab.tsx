import { Stack, Switch, TextInput } from '@mantine/core';
import { Panel } from '../../../components/Panel.tsx';
import { t } from '../../../i18n/i18n.ts';
import { SettingsForm } from '../SettingsForm.tsx';
import { ConnectionsPanel } from './ConnectionsPanel.tsx';

/** The services the app works with, and how it speaks to the networks. */
export function ConnectionsTab() {
  return (
    <Stack gap="lg">
      <ConnectionsPanel />
      <SettingsForm>
        {({ values, set, problem }) => (
          <Panel title={t('settings:publishing.title')}>
            <Stack>
              <Switch
                label={t('settings:publishing.twoPhase')}
                description={t('settings:publishing.twoPhaseHint')}
                checked={values.facebookTwoPhase}
                onChange={(event) => set({ facebookTwoPhase: event.currentTarget.checked })}
              />
              <TextInput
                label={t('settings:publishing.relay')}
                description={t('settings:publishing.relayHint')}
                placeholder="https://example.com/relay/"
                value={values.relayUrl ?? ''}
                onChange={(event) => set({ relayUrl: event.currentTarget.value.trim() || null })}
                error={problem('relayUrl')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
              />
            </Stack>
          </Panel>
        )}
      </SettingsForm>
    </Stack>
  );
}
