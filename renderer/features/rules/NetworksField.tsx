import { Checkbox, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Platform, platformNames, platforms } from '../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';

/** The networks that a client's posts are written for. Without a label it is named for those who do not see the heading above. */
export function NetworksField({
  label,
  networks,
  onChange,
  error,
}: {
  label?: string;
  networks: readonly Platform[];
  onChange: (networks: Platform[]) => void;
  error?: ReactNode;
}) {
  return (
    <Checkbox.Group
      label={label}
      aria-label={label === undefined ? t('rules:where.label') : undefined}
      value={[...networks]}
      onChange={(chosen) => onChange(platforms.filter((platform) => chosen.includes(platform)))}
      error={error}
    >
      <Group gap="xl" mt={label === undefined ? 0 : 6}>
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
  );
}
