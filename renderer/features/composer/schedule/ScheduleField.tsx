import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { FreeSlots } from '../../../components/FreeSlots.tsx';
import { useNow } from '../../../components/use-now.ts';
import { WallTimeField } from '../../../components/WallTimeField.tsx';
import { t } from '../../../i18n/i18n.ts';
import { scheduleWarnings } from './schedule-warnings.ts';
import { ScheduleWarnings } from './ScheduleWarnings.tsx';

const weekMs = 7 * 86_400_000;

/** When a post goes out, with the client's free slots and, gently, what speaks against the time chosen. */
export function ScheduleField({
  label = t('composer:when.label'),
  clientId,
  zone: known,
  targets,
  isReel,
  value,
  onChange,
  error,
  except,
}: {
  label?: string;
  clientId: string;
  /** The client's time zone where it is known; it is asked for otherwise. */
  zone?: string;
  targets: readonly { accountId: string; platform: Platform }[];
  isReel: (platform: Platform) => boolean;
  /** ISO instant. */
  value: string | null;
  onChange: (instant: string | null) => void;
  error?: string;
  /** The post whose time it is, where there is one already. */
  except?: string;
}) {
  const now = useNow(30_000);
  const enabled = clientId !== '';
  const client = useQuery(
    orpc.clients.get.queryOptions({ input: { id: clientId }, enabled: enabled && known === undefined }),
  );
  const rules = useQuery(orpc.rules.get.queryOptions({ input: { id: clientId }, enabled }));
  const slots = useQuery(orpc.rules.slots.queryOptions({ input: { id: clientId, days: 14 }, enabled }));
  const around = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { clientId, limit: 200, ...weekAround(value) },
      enabled: enabled && value !== null,
    }),
  );
  const zone = known ?? client.data?.timezone ?? 'UTC';
  const plan =
    value === null
      ? null
      : {
          at: value,
          zone,
          now,
          targets,
          isReel,
          posts: around.data?.items.filter(({ id }) => id !== except) ?? [],
          rules: rules.data,
        };
  const free = slots.data?.items.filter(({ taken, at }) => !taken && Date.parse(at) > now).map(({ at }) => at) ?? [];
  return (
    <Stack>
      <WallTimeField label={label} zone={zone} value={value} onChange={onChange} error={error} />
      {plan !== null && (
        <ScheduleWarnings plan={plan} warnings={scheduleWarnings(plan)} free={free} onChoose={onChange} />
      )}
      <FreeSlots clientId={clientId} zone={zone} value={value} onChange={onChange} />
    </Stack>
  );
}

/** Whole days, so that a few minutes later are no other question. */
function weekAround(value: string | null): { from?: string; to?: string } {
  if (value === null) return {};
  const day = Date.parse(`${value.slice(0, 10)}T00:00:00Z`);
  return { from: new Date(day - weekMs).toISOString(), to: new Date(day + weekMs).toISOString() };
}
