import { Box, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { IconCalendarPlus, IconFilterOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { instantAt, ownZone, wallTimeAt, zoneCity, zoneOffsetLabel } from '../../components/zoned-time.ts';
import { firstWeekday } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import { Agenda } from './Agenda.tsx';
import { CalendarGrid, type GridActions } from './CalendarGrid.tsx';
import { CalendarToolbar } from './CalendarToolbar.tsx';
import classes from './calendar.module.css';
import { type CalendarSearch, daysShown } from './calendar-view.ts';
import { clientColors, statusColor } from './colors.ts';
import { entriesOf } from './entries.ts';
import { Legend } from './Legend.tsx';
import { useCalendarPosts, useMovePost } from './use-calendar-posts.ts';
import { useGaps } from './use-gaps.ts';

/** The posts of one client or of all, by time. What is shown is kept in the address. */
export function Calendar({
  clients,
  client,
  search,
  onSearch,
  clientFilter = null,
}: {
  /** All there are, for their colours. */
  clients: readonly Client[];
  /** The only one shown; undefined for all. */
  client: Client | undefined;
  search: CalendarSearch;
  onSearch: (change: CalendarSearch) => void;
  clientFilter?: ReactNode;
}) {
  const navigate = useNavigate();
  const shown = client === undefined ? clients : [client];
  const zone = commonZone(shown);
  const today = wallTimeAt(Date.now(), zone).slice(0, 10);
  const { view = 'month', day = today, network } = search;
  const color = client === undefined ? (search.color ?? 'status') : 'status';
  const withSlots = search.slots === undefined ? client !== undefined : search.slots === 'show';
  const days = daysShown(view, day, firstWeekday());
  const range = { from: instantAt(`${days.from}T00:00`, zone), to: instantAt(`${days.to}T00:00`, zone) };
  const asked = { ...(client && { clientId: client.id }), ...range };
  const posts = useCalendarPosts(asked);
  const movePost = useMovePost(asked);
  const gaps = useGaps(shown, { ...range, wanted: withSlots });
  const ofNetwork = useMemo(() => filterByNetwork(posts.data ?? [], network), [posts.data, network]);
  const entries = entriesOf(ofNetwork, gaps, zone);
  const colors = clientColors(clients);
  const colorOf = color === 'client' ? (post: CalendarPost) => colors.get(post.clientId) ?? 'gray' : statusColor;

  const actions: GridActions = {
    openPost: ({ id }) => void navigate({ to: '/posts/$id', params: { id } }),
    writeAt: (at, clientId = client?.id) => void navigate({ to: '/posts/new', search: { client: clientId, at } }),
    openDay: (next, nextView) => onSearch({ day: next, view: nextView }),
    movePost,
  };
  const nothing = posts.isSuccess && !posts.isPlaceholderData && entries.length === 0;
  return (
    <Stack gap="md" className={classes.calendar}>
      <CalendarToolbar
        {...{ view, day, today, color, withSlots, network, clientFilter }}
        isLoading={posts.isFetching && posts.isPlaceholderData}
        onChange={onSearch}
      />
      {posts.isError && <Failure error={posts.error} retry={() => void posts.refetch()} />}
      {posts.isPending && <Skeleton height={560} radius="lg" aria-label={t('common:loading')} />}
      {posts.isSuccess && (
        <Box className={classes.grid} data-stale={posts.isPlaceholderData || undefined} data-testid="calendar">
          {view !== 'agenda' ? (
            <CalendarGrid
              key={`${view} ${zone}`}
              {...{ view, day, zone, entries, colorOf, actions }}
              withClient={client === undefined}
            />
          ) : (
            entries.length > 0 && (
              <Agenda
                {...{ entries, zone }}
                asked={{ ...asked, ...(network && { network }) }}
                withClient={client === undefined}
                onWrite={(gap) => actions.writeAt(gap.at, gap.clientId)}
              />
            )
          )}
          {nothing && (
            <div className={view === 'agenda' ? undefined : classes.nothing}>
              <Paper withBorder shadow="md">
                <Nothing client={client} network={network} onClear={() => onSearch({ network: undefined })} />
              </Paper>
            </div>
          )}
        </Box>
      )}
      <Group justify="space-between" gap="md">
        {view === 'agenda' ? <span /> : <Legend posts={ofNetwork} colorOf={colorOf} by={color} withSlots={withSlots} />}
        <Text size="xs" c="dimmed" className={classes.zone} data-testid="calendar-zone">
          {zoneWords(zone, shown, day)}
        </Text>
        <Text size="xs" c="dimmed" className={classes.keys}>
          {t(view === 'month' ? 'calendar:keys.month' : 'calendar:keys.hours')}
        </Text>
      </Group>
    </Stack>
  );
}

function Nothing({
  client,
  network,
  onClear,
}: {
  client: Client | undefined;
  network: CalendarSearch['network'];
  onClear: () => void;
}) {
  if (network !== undefined) {
    return (
      <Empty
        icon={IconFilterOff}
        title={t('calendar:noMatch.title')}
        compact
        action={
          <Button variant="light" onClick={onClear}>
            {t('common:allNetworks')}
          </Button>
        }
      >
        {t('calendar:noMatch.text')}
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconCalendarPlus}
      title={t('calendar:nothing.title')}
      compact
      action={
        <Group justify="center">
          <WriteWeekButton clientId={client?.id} />
          <ButtonLink to="/posts/new" search={{ client: client?.id }} variant="default">
            {t('calendar:nothing.action')}
          </ButtonLink>
        </Group>
      }
    >
      {t('calendar:nothing.text')}
    </Empty>
  );
}

/** The zone all these clients share, else this computer's. */
function commonZone(clients: readonly Client[]): string {
  const zones = new Set(clients.map(({ timezone }) => timezone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : ownZone;
}

function zoneWords(zone: string, clients: readonly Client[], day: string): string {
  const offset = zoneOffsetLabel(zone, Date.parse(`${day}T12:00Z`));
  const place = t('calendar:zone.place', { city: zoneCity(zone), offset });
  const isShared = clients.every(({ timezone }) => timezone === zone);
  return isShared ? t('calendar:zone.shared', { place }) : t('calendar:zone.own', { place });
}

function filterByNetwork(posts: readonly CalendarPost[], network: CalendarSearch['network']): readonly CalendarPost[] {
  if (network === undefined) return posts;
  return posts.filter(({ targets }) => targets.some(({ platform }) => platform === network));
}
