import { Checkbox, Group, Input, Skeleton, Text } from '@mantine/core';
import type { Account } from '../../../shared/contract/accounts.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { TextLink } from '../../components/links.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import { type DraftTarget, targetOf } from '../post/edit/draft.ts';
import classes from './composer.module.css';

/** The accounts a post goes to. */
export function TargetsField({
  clientId,
  accounts,
  isLoading,
  targets,
  onChange,
  error,
}: {
  clientId: string;
  accounts: readonly Account[];
  isLoading: boolean;
  targets: readonly DraftTarget[];
  onChange: (targets: DraftTarget[]) => void;
  error?: string;
}) {
  const chosen = new Map(targets.map((target) => [target.accountId, target]));
  const choose = (ids: string[]) =>
    onChange(
      accounts.filter(({ id }) => ids.includes(id)).map((account) => chosen.get(account.id) ?? targetOf(account)),
    );
  if (isLoading) return <Skeleton height={70} />;
  if (accounts.length === 0) {
    return clientId === '' ? null : (
      <Text size="sm" c="dimmed">
        {t('composer:targets.none')}{' '}
        <TextLink to="/clients/$id" params={{ id: clientId }} search={{ tab: 'accounts' }} inherit>
          {t('composer:targets.connect')}
        </TextLink>
      </Text>
    );
  }
  return (
    <Checkbox.Group label={t('composer:targets.label')} value={[...chosen.keys()]} onChange={choose} error={error}>
      <Group gap="xs" mt={4}>
        {accounts.map((account) => (
          <Checkbox.Card key={account.id} value={account.id} className={classes.account} w="auto" radius="md">
            <Checkbox.Indicator size="xs" />
            <PlatformIcon platform={account.platform} />
            <div>
              <Text size="sm" fw={500} lh={1.25}>
                {account.displayName}
              </Text>
              <Text size="xs" c={account.status === 'reconnect' ? 'red' : 'dimmed'} lh={1.3}>
                {account.status === 'reconnect'
                  ? t('composer:targets.reconnect', { network: platformNames[account.platform] })
                  : platformNames[account.platform]}
              </Text>
            </div>
          </Checkbox.Card>
        ))}
      </Group>
      {error === undefined && targets.length === 0 && (
        <Input.Description mt={6}>{t('composer:missing.account')}</Input.Description>
      )}
    </Checkbox.Group>
  );
}
