import { Checkbox, Group } from '@mantine/core';
import type { Problem } from '../../../shared/contract/common.ts';
import { type Platform, platformNames, platforms } from '../../../shared/domain/platform.ts';
import { problemOf } from '../../api/errors.ts';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';

/** The networks that posts are written for. */
export function WherePanel({
  chosen,
  onChange,
  problems,
}: {
  chosen: readonly Platform[];
  onChange: (platforms: Platform[]) => void;
  problems: readonly Problem[];
}) {
  return (
    <Panel title={t('rules:where.title')} description={t('rules:where.description')}>
      <Checkbox.Group
        aria-label={t('rules:where.label')}
        value={[...chosen]}
        onChange={(networks) => onChange(networks as Platform[])}
        error={problemOf(problems, 'platforms')}
      >
        <Group gap="xl">
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
    </Panel>
  );
}
