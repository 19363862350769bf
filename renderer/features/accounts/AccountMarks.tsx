import { Group, Text, Tooltip } from '@mantine/core';
import type { Account } from '../../../shared/contract/accounts.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import statusClasses from '../../components/status.module.css';
import { t } from '../../i18n/i18n.ts';
import { accountStatusLooks } from './account-status.ts';

/** A client's connected accounts as marks with a dot for their health. */
export function AccountMarks({
  accounts,
}: {
  accounts: readonly Pick<Account, 'id' | 'platform' | 'displayName' | 'status'>[];
}) {
  if (accounts.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('accounts:none')}
      </Text>
    );
  }
  return (
    <Group gap={3} wrap="nowrap" ms={-3}>
      {accounts.map(({ id, platform, displayName, status }) => {
        const { label, color } = accountStatusLooks[status];
        const name = t('accounts:mark', { network: platformNames[platform], name: displayName, status: t(label) });
        return (
          <Tooltip key={id} label={name}>
            <span className={statusClasses.mark} role="img" aria-label={name}>
              <PlatformIcon platform={platform} size={20} />
              <span className={statusClasses.dot} style={{ background: `var(--mantine-color-${color}-6)` }} />
            </span>
          </Tooltip>
        );
      })}
    </Group>
  );
}
