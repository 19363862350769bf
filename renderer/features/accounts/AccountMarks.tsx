import { Group, Skeleton, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import statusClasses from '../../components/status.module.css';
import { accountStatusLooks } from './account-status.ts';

/** A client's connected accounts as marks with a dot for their health. */
export function AccountMarks({ clientId }: { clientId: string }) {
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: clientId } }));
  if (accounts.data === undefined) return <Skeleton height={22} width={80} />;
  if (accounts.data.items.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        No account yet
      </Text>
    );
  }
  return (
    <Group gap={6} wrap="nowrap">
      {accounts.data.items.map(({ id, platform, displayName, status }) => {
        const name = `${platformNames[platform]}, ${displayName}: ${accountStatusLooks[status].label}`;
        return (
          <Tooltip key={id} label={name}>
            <span className={statusClasses.mark} role="img" aria-label={name}>
              <PlatformIcon platform={platform} size={20} />
              <span
                className={statusClasses.dot}
                style={{ background: `var(--mantine-color-${accountStatusLooks[status].color}-6)` }}
              />
            </span>
          </Tooltip>
        );
      })}
    </Group>
  );
}
