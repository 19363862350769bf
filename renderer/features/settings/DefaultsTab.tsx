import { NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import type { Rules } from '../../../shared/contract/rules.ts';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { DaysField } from '../rules/DaysField.tsx';
import { NetworksField } from '../rules/NetworksField.tsx';
import { TimesField } from '../rules/TimesField.tsx';
import { type SettingsDraft, SettingsForm } from './SettingsForm.tsx';

/** The posting rules that new clients begin with. */
export function DefaultsTab() {
  return (
    <SettingsForm>
      {(draft) => (
        <Panel title={t('settings:defaults.title')} description={t('settings:defaults.description')}>
          <RuleFields {...draft} />
          <Text size="sm" c="dimmed" mt="lg">
            {t('settings:defaults.zone')}{' '}
            <TextLink to="/settings" search={{ tab: 'agency' }} size="sm" underline="always">
              {t('settings:defaults.toAgency')}
            </TextLink>
          </Text>
        </Panel>
      )}
    </SettingsForm>
  );
}

function RuleFields({ values, set, problem }: SettingsDraft) {
  const rules = values.newClientRules;
  const change = (part: Partial<Rules>) => set({ newClientRules: { ...rules, ...part } });
  return (
    <Stack gap="lg">
      <SimpleGrid type="container" cols={{ base: 1, '480px': 2 }}>
        <NumberInput
          label={t('settings:defaults.postsPerWeek')}
          min={0}
          max={70}
          value={rules.postsPerWeek}
          onChange={(count) => change({ postsPerWeek: Number(count) || 0 })}
        />
        <NumberInput
          label={t('settings:defaults.grace')}
          description={t('settings:defaults.graceHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          suffix={t('settings:defaults.minutes')}
          min={0}
          max={1_440}
          value={rules.graceMinutes}
          onChange={(minutes) => change({ graceMinutes: Number(minutes) || 0 })}
        />
      </SimpleGrid>
      <DaysField days={rules.days} onChange={(days) => change({ days })} />
      <TimesField times={rules.times} onChange={(times) => change({ times })} />
      <NetworksField
        label={t('settings:defaults.networks')}
        networks={rules.platforms}
        onChange={(networks) => change({ platforms: networks })}
      />
      <Switch
        label={t('settings:defaults.autoApprove')}
        description={t('settings:defaults.autoApproveHint')}
        checked={rules.autoApprove}
        onChange={(event) => change({ autoApprove: event.currentTarget.checked })}
      />
      {problem('newClientRules') !== undefined && (
        <Text size="sm" c="red" role="alert">
          {problem('newClientRules')}
        </Text>
      )}
    </Stack>
  );
}
