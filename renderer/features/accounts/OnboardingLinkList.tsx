import { Badge, Box, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { OnboardingLink } from '../../../shared/contract/accounts.ts';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { ask } from '../../components/ask.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatRelative, formatWhen } from '../../components/format.ts';
import { notifyDone } from '../../components/notify.tsx';
import { ownZone } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';

const looks = {
  open: { label: 'accounts:link.state.open', color: 'teal' },
  done: { label: 'accounts:link.state.done', color: 'iris' },
  expired: { label: 'accounts:link.state.expired', color: 'gray' },
  revoked: { label: 'accounts:link.state.revoked', color: 'red' },
} as const satisfies Record<OnboardingLink['state'], { label: string; color: string }>;
const mostShown = 6;

/** The links that were made for a client: how each stands, and an end for those that are open. */
export function OnboardingLinkList({ client }: { client: Client }) {
  const links = useQuery(orpc.accounts.onboardingLinks.queryOptions({ input: { id: client.id } }));
  if (links.isError) return <Failure error={links.error} retry={() => void links.refetch()} />;
  const items = links.data?.items ?? [];
  if (items.length === 0) return null;
  const shown = items.filter(({ state }, index) => state === 'open' || index < mostShown);
  return (
    <Box mt="sm">
      <Text size="sm" fw={600} mb={4}>
        {t('accounts:link.soFar')}
      </Text>
      {shown.map((link) => (
        <LinkRow key={link.id} link={link} client={client} />
      ))}
      {items.length > shown.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('accounts:link.older', { count: items.length - shown.length })}
        </Text>
      )}
    </Box>
  );
}

function LinkRow({ link, client }: { link: OnboardingLink; client: Client }) {
  const revoke = useMutation(
    orpc.accounts.revokeOnboardingLink.mutationOptions({ onSuccess: () => notifyDone(t('accounts:link.revoked')) }),
  );
  const confirm = () =>
    ask({
      title: t('accounts:link.revoke.title'),
      children: <Text size="sm">{t('accounts:link.revoke.text')}</Text>,
      labels: { confirm: t('accounts:link.revoke.action'), cancel: t('common:action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => revoke.mutate({ id: client.id, linkId: link.id }),
    });
  const { label, color } = looks[link.state];
  return (
    <Group
      wrap="nowrap"
      gap="sm"
      py={8}
      style={{ borderTop: '1px solid var(--line)' }}
      data-testid={`link-${link.state}`}
    >
      <Badge color={color} miw={92} style={{ flex: 'none' }}>
        {t(label)}
      </Badge>
      <Text size="sm" c="dimmed" flex={1}>
        {describe(link)}
      </Text>
      {link.state === 'open' && (
        <Button size="xs" variant="subtle" color="red" onClick={confirm} loading={revoke.isPending}>
          {t('accounts:link.revoke.action')}
        </Button>
      )}
    </Group>
  );
}

/** When it was made, whether the client opened it, and how it stands, in three short sentences. */
function describe(link: OnboardingLink): string {
  const { state, createdAt, lastUsedAt, uses } = link;
  const opened =
    lastUsedAt === null
      ? t('accounts:link.notOpened')
      : t('accounts:link.opened', { count: uses, when: formatRelative(lastUsedAt) });
  const ended = { open: link.expiresAt, done: link.doneAt, expired: link.expiresAt, revoked: link.revokedAt }[state];
  const when = state === 'open' ? formatWhen(link.expiresAt, ownZone) : formatRelative(ended ?? createdAt);
  return t('accounts:link.story', {
    made: t('accounts:link.made', { when: formatRelative(createdAt) }),
    opened,
    stands: t(`accounts:link.stands.${state}`, { when }),
  });
}
