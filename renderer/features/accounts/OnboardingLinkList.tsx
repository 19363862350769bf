import { Badge, Box, Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { OnboardingLink } from '../../../shared/contract/accounts.ts';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDay, formatRelative } from '../../components/format.ts';
import { notifyDone } from '../../components/notify.tsx';

const looks: Record<OnboardingLink['state'], { label: string; color: string }> = {
  open: { label: 'Open', color: 'teal' },
  done: { label: 'Done', color: 'iris' },
  expired: { label: 'Expired', color: 'gray' },
  revoked: { label: 'Revoked', color: 'red' },
};
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
        Links so far
      </Text>
      {shown.map((link) => (
        <LinkRow key={link.id} link={link} client={client} />
      ))}
      {items.length > shown.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {items.length - shown.length} older ones have ended.
        </Text>
      )}
    </Box>
  );
}

function LinkRow({ link, client }: { link: OnboardingLink; client: Client }) {
  const revoke = useMutation(
    orpc.accounts.revokeOnboardingLink.mutationOptions({ onSuccess: () => notifyDone('The link is revoked.') }),
  );
  const confirm = () =>
    modals.openConfirmModal({
      title: 'Revoke this link?',
      children: (
        <Text size="sm">
          It shows nothing from now on, and a login that began with it connects nothing. What is connected stays
          connected.
        </Text>
      ),
      labels: { confirm: 'Revoke', cancel: 'Cancel' },
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
      <Badge color={color} w={92} style={{ flex: 'none' }}>
        {label}
      </Badge>
      <Text size="sm" c="dimmed" flex={1}>
        {describe(link)}
      </Text>
      {link.state === 'open' && (
        <Button size="xs" variant="subtle" color="red" onClick={confirm} loading={revoke.isPending}>
          Revoke
        </Button>
      )}
    </Group>
  );
}

function describe({ state, createdAt, expiresAt, doneAt, revokedAt, uses, lastUsedAt }: OnboardingLink): string {
  const made = `Made ${formatRelative(createdAt)}`;
  const opened =
    lastUsedAt === null
      ? 'not opened yet'
      : `opened ${uses === 1 ? 'once' : `${uses} times`}, last ${formatRelative(lastUsedAt)}`;
  switch (state) {
    case 'open':
      return `${made}, ${opened}. Works until ${formatDay(expiresAt)}.`;
    case 'done':
      return `${made}, ${opened}. The client finished ${formatRelative(doneAt ?? createdAt)}.`;
    case 'expired':
      return `${made}, ${opened}. Ended ${formatRelative(expiresAt)}.`;
    case 'revoked':
      return `${made}, ${opened}. Revoked ${formatRelative(revokedAt ?? createdAt)}.`;
  }
}
