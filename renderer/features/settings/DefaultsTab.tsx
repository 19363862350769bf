import { Checkbox, Chip, Group, Input, NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { type Rules, type Weekday, weekdays } from '../../../shared/contract/rules.ts';
import { type Platform, platformNames, platforms } from '../../../shared/domain/platform.ts';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { currentLocale, t } from '../../i18n/i18n.ts';
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
      <Input.Wrapper label={t('settings:defaults.days')} labelElement="div">
        <Chip.Group
          multiple
          value={rules.days}
          onChange={(days) => change({ days: weekdays.filter((day) => days.includes(day)) })}
        >
          <Group gap={6} mt={4}>
            {weekdays.map((day) => (
              <Chip key={day} value={day} size="sm" icon={null} variant="light">
                {dayName(day)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      <TimesField times={rules.times} onChange={(times) => change({ times })} />
      <Checkbox.Group
        label={t('settings:defaults.networks')}
        value={rules.platforms}
        onChange={(chosen) => change({ platforms: chosen as Platform[] })}
      >
        <Group gap="xl" mt={6}>
          {platforms.map((platform) => (
            <Checkbox
              key={platform}
              value={platform}
              label={
                <Group gap={6} wrap="nowrap">
                  <PlatformIcon platform={platform} />
                  {platformNames[platform]}
                </Group>
              }
            />
          ))}
        </Group>
      </Checkbox.Group>
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

/** `Mon`; the fifth of January 1970 was a Monday. */
function dayName(day: Weekday): string {
  const date = new Date(Date.UTC(1970, 0, 5 + weekdays.indexOf(day)));
  return date.toLocaleDateString(currentLocale(), { weekday: 'short', timeZone: 'UTC' });
}
