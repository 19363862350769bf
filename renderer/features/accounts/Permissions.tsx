import { Group, SimpleGrid, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Account } from '../../../shared/contract/accounts.ts';
import { type Permission, permissions } from '../../../shared/domain/permissions.ts';
import { t } from '../../i18n/i18n.ts';

/** What was allowed at the login, and what was asked for and not given. */
export function Permissions({ account: { platform, scopes } }: { account: Account }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {t('accounts:permission.title')}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" verticalSpacing={6} component="ul" m={0} p={0}>
        {permissions[platform].map((permission) => (
          <PermissionLine
            key={permission.scope}
            permission={permission}
            isGranted={scopes.includes(permission.scope)}
          />
        ))}
      </SimpleGrid>
    </div>
  );
}

function PermissionLine({
  permission: { scope, ability, needed },
  isGranted,
}: {
  permission: Permission;
  isGranted: boolean;
}) {
  const color = isGranted ? 'teal' : needed ? 'red' : 'orange';
  const Mark = isGranted ? IconCheck : IconX;
  return (
    <Group component="li" gap={8} wrap="nowrap" align="flex-start" title={scope} style={{ listStyle: 'none' }}>
      <Mark
        size={16}
        style={{ flexShrink: 0, marginBlockStart: 2 }}
        color={`var(--mantine-color-${color}-6)`}
        aria-label={isGranted ? t('accounts:permission.granted') : t('accounts:permission.notGranted')}
      />
      <div>
        <Text size="sm">{t(`accounts:ability.${ability}`)}</Text>
        {!isGranted && (
          <Text size="xs" c={needed ? 'red' : 'dimmed'}>
            {needed ? t('accounts:permission.neededMeans') : t('accounts:permission.usefulMeans')}
          </Text>
        )}
      </div>
    </Group>
  );
}
