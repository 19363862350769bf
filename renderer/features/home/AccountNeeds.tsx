import { IconPlugConnectedX, IconPlugOff } from '@tabler/icons-react';
import type { Account } from '../../../shared/contract/accounts.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { formatList, formatRelative, withLocalTimes } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { t } from '../../i18n/i18n.ts';
import { Need } from './Need.tsx';

/** More of one kind than this are told together. */
const mostAlone = 2;

/** Accounts that a person must connect again, now or soon. */
export function AccountNeeds({ accounts, now }: { accounts: readonly Account[]; now: number }) {
  const lost = accounts.filter(({ status }) => status === 'reconnect');
  const expiring = accounts.filter(({ status }) => status === 'expiring');
  return (
    <>
      {lost.length > mostAlone ? (
        <ManyAccounts accounts={lost} title={t('home:account.lostMany', { count: lost.length })} color="red" />
      ) : (
        lost.map((account) => (
          <OneAccount key={account.id} account={account} title={t('home:account.lost', namesOf(account))} color="red">
            {account.statusReason === null ? t('home:account.postsWait') : withLocalTimes(account.statusReason)}
          </OneAccount>
        ))
      )}
      {expiring.length > mostAlone ? (
        <ManyAccounts
          accounts={expiring}
          title={t('home:account.expiringMany', { count: expiring.length })}
          color="orange"
        />
      ) : (
        expiring.map((account) => (
          <OneAccount
            key={account.id}
            account={account}
            title={t('home:account.expiring', namesOf(account))}
            color="orange"
          >
            {account.expiresAt === null
              ? t('home:account.renew')
              : t('home:account.renewBefore', { when: formatRelative(account.expiresAt, now) })}
          </OneAccount>
        ))
      )}
    </>
  );
}

function OneAccount({
  account,
  title,
  color,
  children,
}: {
  account: Account;
  title: string;
  color: string;
  children: string;
}) {
  return (
    <Need
      icon={iconOf(account)}
      color={color}
      title={title}
      action={
        <ButtonLink
          to="/clients/$id"
          params={{ id: account.clientId }}
          search={{ tab: 'accounts' }}
          variant="default"
          size="xs"
        >
          {t('home:account.reconnect')}
        </ButtonLink>
      }
    >
      {children}
    </Need>
  );
}

function ManyAccounts({ accounts, title, color }: { accounts: readonly Account[]; title: string; color: string }) {
  const [first] = accounts;
  return (
    <Need
      icon={first === undefined ? IconPlugOff : iconOf(first)}
      color={color}
      title={title}
      action={
        <ButtonLink to="/clients" variant="default" size="xs">
          {t('home:seeAll')}
        </ButtonLink>
      }
    >
      {formatList(accounts.map((account) => t('home:account.named', namesOf(account))))}
    </Need>
  );
}

function namesOf({ displayName, platform }: Account) {
  return { account: displayName, network: platformNames[platform] };
}

function iconOf({ status }: Account) {
  return status === 'reconnect' ? IconPlugConnectedX : IconPlugOff;
}
