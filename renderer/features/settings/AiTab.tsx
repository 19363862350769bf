import { NumberInput, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { SettingsForm } from './SettingsForm.tsx';

/** What the AI writes and draws with, how far ahead, and where its budget is. */
export function AiTab() {
  return (
    <SettingsForm>
      {({ values, set, problem }) => (
        <>
          <Panel title={t('settings:ai.title')} description={t('settings:ai.description')}>
            <Stack>
              <TagsInput
                label={t('settings:ai.captionModels')}
                description={t('settings:ai.captionModelsHint')}
                maxTags={4}
                value={values.captionModels}
                onChange={(captionModels) => set({ captionModels })}
                error={problem('captionModels')}
              />
              <SimpleGrid type="container" cols={{ base: 1, '480px': 2 }}>
                <TextInput
                  label={t('settings:ai.imageModel')}
                  description={t('settings:ai.modelHint')}
                  value={values.imageModel}
                  onChange={(event) => set({ imageModel: event.currentTarget.value })}
                  error={problem('imageModel')}
                />
                <TextInput
                  label={t('settings:ai.videoModel')}
                  description={t('settings:ai.modelHint')}
                  value={values.videoModel}
                  onChange={(event) => set({ videoModel: event.currentTarget.value })}
                  error={problem('videoModel')}
                />
              </SimpleGrid>
              <NumberInput
                label={t('settings:ai.planAhead')}
                description={t('settings:ai.planAheadHint')}
                suffix={t('settings:ai.days')}
                min={1}
                max={31}
                maw={260}
                value={values.planAheadDays}
                onChange={(days) => set({ planAheadDays: Number(days) || 1 })}
                error={problem('planAheadDays')}
              />
            </Stack>
          </Panel>
          <Panel
            title={t('settings:ai.budget')}
            description={t('settings:ai.budgetHint')}
            actions={
              <ButtonLink
                to="/activity"
                search={{ tab: 'usage' }}
                variant="default"
                size="xs"
                leftSection={<IconChartBar size={15} />}
                style={{ flexShrink: 0 }}
              >
                {t('settings:ai.toBudget')}
              </ButtonLink>
            }
          >
            {null}
          </Panel>
        </>
      )}
    </SettingsForm>
  );
}
