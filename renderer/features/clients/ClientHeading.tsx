import { Box, Group, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { zoneCity, zoneOffsetLabel } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { ClientFace } from './ClientFace.tsx';
import { ClientStatusBadge } from './ClientStatusBadge.tsx';
import { reasonInWords } from './client-health.ts';
import { HealthDot } from './HealthMark.tsx';
import { useStandingClients } from './use-standing-clients.ts';

/** Who it is, and how it stands, in one line each. */
export function ClientHeading({ client }: { client: Client | undefined }) {
  const brand = useQuery(
    orpc.brand.get.queryOptions({ input: { id: client?.id ?? '' }, enabled: client !== undefined }),
  );
  const health = useStandingClients().clients?.find((standing) => standing.client.id === client?.id)?.health;
  if (client === undefined) return <Skeleton height={50} width={260} />;
  const reason = health?.reasons[0];
  return (
    <Group gap="md" wrap="nowrap">
      <ClientFace name={client.name} color={brand.data?.colors[0] ?? null} size={50} />
      <Box style={{ minWidth: 0 }}>
        <Group gap="sm">
          <Title order={1}>{client.name}</Title>
          <ClientStatusBadge status={client.status} />
        </Group>
        <Group gap={7} mih={22}>
          {health && (
            <>
              <HealthDot level={health.level} />
              <Text size="sm" fw={health.level === 'act' ? 600 : 400} data-testid="client-health">
                {reason === undefined ? t('clients:health.good') : reasonInWords(reason)}
              </Text>
            </>
          )}
          <Text size="sm" c="dimmed">
            {t('clients:place', { city: zoneCity(client.timezone), offset: zoneOffsetLabel(client.timezone) })}
          </Text>
        </Group>
      </Box>
    </Group>
  );
}
