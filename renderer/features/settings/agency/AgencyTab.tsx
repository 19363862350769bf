import { Badge, ColorInput, Group, Input, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { inkOn } from '../../../../shared/domain/contrast.ts';
import { LanguageSelect } from '../../../components/LanguageSelect.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { TimezoneSelect } from '../../../components/TimezoneSelect.tsx';
import { ownZone } from '../../../components/zoned-time.ts';
import { t } from '../../../i18n/i18n.ts';
import { type SettingsDraft, SettingsForm } from '../SettingsForm.tsx';
import { LogoField } from './LogoField.tsx';

const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

/** Who the agency is: what clients see of it, and where it works. */
export function AgencyTab() {
  return (
    <SettingsForm>
      {(draft) => (
        <>
          <Panel title={t('settings:agency.title')} description={t('settings:agency.description')}>
            <Stack>
              <Profile {...draft} />
            </Stack>
          </Panel>
          <Panel title={t('settings:agency.place')} description={t('settings:agency.placeHint')}>
            <SimpleGrid type="container" cols={{ base: 1, '480px': 2 }}>
              <TimezoneSelect
                label={t('settings:agency.timezone')}
                value={draft.values.agencyTimezone ?? ownZone}
                onChange={(agencyTimezone) => agencyTimezone !== null && draft.set({ agencyTimezone })}
                error={draft.problem('agencyTimezone')}
              />
              <LanguageSelect
                label={t('settings:agency.language')}
                value={draft.values.agencyLanguage}
                onChange={(agencyLanguage) => agencyLanguage !== null && draft.set({ agencyLanguage })}
                error={draft.problem('agencyLanguage')}
              />
            </SimpleGrid>
          </Panel>
        </>
      )}
    </SettingsForm>
  );
}

function Profile({ values, set, problem }: SettingsDraft) {
  const color = values.brandColor;
  return (
    <>
      <LogoField />
      <SimpleGrid type="container" cols={{ base: 1, '480px': 2 }}>
        <TextInput
          label={t('settings:agency.name')}
          maxLength={120}
          value={values.agencyName}
          onChange={(event) => set({ agencyName: event.currentTarget.value })}
          error={problem('agencyName')}
        />
        <TextInput
          label={t('settings:agency.contact')}
          description={t('settings:agency.contactHint')}
          placeholder={t('settings:agency.contactExample')}
          maxLength={200}
          value={values.agencyContact}
          onChange={(event) => set({ agencyContact: event.currentTarget.value })}
          error={problem('agencyContact')}
          inputWrapperOrder={below}
        />
        <ColorInput
          label={t('settings:agency.color')}
          description={t('settings:agency.colorHint')}
          eyeDropperButtonProps={{ 'aria-label': t('settings:agency.pickColor') }}
          placeholder={t('settings:agency.ownColor')}
          format="hex"
          value={color ?? ''}
          onChange={(next) => set({ brandColor: next === '' ? null : next })}
          error={problem('brandColor')}
          inputWrapperOrder={below}
        />
        {color !== null && isColor(color) && (
          <Input.Wrapper label={t('settings:agency.preview')} labelElement="div">
            <Group mt={4}>
              <Badge size="xl" radius="md" tt="none" style={{ background: color, color: inkOn(color) }}>
                {t('settings:agency.sampleButton')}
              </Badge>
            </Group>
          </Input.Wrapper>
        )}
      </SimpleGrid>
    </>
  );
}

function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}
