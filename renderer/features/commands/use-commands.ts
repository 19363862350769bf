import { useDebouncedValue } from '@mantine/hooks';
import {
  type Icon,
  IconHandStop,
  IconKeyboard,
  IconMessage2,
  IconPencilPlus,
  IconPlayerPlay,
  IconSparkles,
  IconUser,
  IconUserPlus,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { orpc } from '../../api/client.ts';
import { places } from '../../app/places.ts';
import { formatDayTime } from '../../components/format.ts';
import { askToStop, openResume, preloadStopDialogs } from '../control/stop-store.ts';
import { useGlobalStop } from '../control/use-stops.ts';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { openWriteWeek } from '../posts/write-week-store.ts';
import { openShortcutHelp } from './commands-store.ts';
import { type Command, findCommands, nearest } from './find-commands.ts';

export interface Offer extends Command {
  icon: Icon;
  /** Said behind the label, dimmed. */
  hint?: string;
  keys?: readonly string[];
  run: () => void;
}

const everything = { scope: 'global', id: null } as const;
/** How far back posts are looked for, in days. */
const searchedDays = 90;
const [mostClients, mostPosts] = [6, 6];

/** What the palette offers for what was typed: pages, clients, posts by their words, and what one can do. */
export function useOffers(typed: string): { offers: Offer[]; isSearching: boolean } {
  const navigate = useNavigate();
  const stop = useGlobalStop();
  const [search] = useDebouncedValue(typed.trim(), 150);
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { search, from: startOf(dayFromToday(-searchedDays)), limit: 200 },
      enabled: search.length >= 2,
      placeholderData: keepPreviousData,
    }),
  );

  const actions: Offer[] = [
    {
      id: 'new-post',
      group: 'Actions',
      label: 'New post',
      words: 'write create compose',
      icon: IconPencilPlus,
      keys: ['N'],
      run: () => void navigate({ to: '/posts/new' }),
    },
    {
      id: 'write-week',
      group: 'Actions',
      label: 'Write the coming week',
      words: 'generate ai posts',
      icon: IconSparkles,
      run: () => openWriteWeek(),
    },
    stop === undefined
      ? {
          id: 'stop',
          group: 'Actions',
          label: 'Stop everything…',
          words: 'kill switch pause halt',
          icon: IconHandStop,
          run: () => {
            preloadStopDialogs(everything);
            askToStop(true);
          },
        }
      : {
          id: 'resume',
          group: 'Actions',
          label: 'Resume publishing…',
          words: 'kill switch go on start',
          icon: IconPlayerPlay,
          run: () => {
            preloadStopDialogs(everything);
            openResume(everything);
          },
        },
    {
      id: 'add-client',
      group: 'Actions',
      label: 'Add a client…',
      words: 'new create',
      icon: IconUserPlus,
      run: () => void navigate({ to: '/clients', search: { add: true } }),
    },
    {
      id: 'shortcuts',
      group: 'Actions',
      label: 'Keyboard shortcuts',
      words: 'help keys',
      icon: IconKeyboard,
      keys: ['?'],
      run: openShortcutHelp,
    },
  ];
  const pages = places.map<Offer>(({ to, label, icon, key }) => ({
    id: to,
    group: 'Go to',
    label,
    icon,
    keys: ['G', key.toUpperCase()],
    run: () => void navigate({ to }),
  }));
  const ofClients = (clients.data?.items ?? []).map<Offer>(({ id, name }) => ({
    id,
    group: 'Clients',
    label: name,
    icon: IconUser,
    run: () => void navigate({ to: '/clients/$id', params: { id } }),
  }));
  const found = search.length >= 2 ? nearest(posts.data?.items ?? [], Date.now(), mostPosts) : [];
  const ofPosts = found.map<Offer>(({ id, caption, clientName, scheduledFor, timezone }) => ({
    id,
    group: 'Posts',
    label: caption,
    hint: `${clientName}, ${formatDayTime(scheduledFor, timezone)}`,
    icon: IconMessage2,
    run: () => void navigate({ to: '/posts/$id', params: { id } }),
  }));
  return {
    offers: [
      ...findCommands(pages, typed),
      ...findCommands(actions, typed),
      ...(typed.trim() === '' ? [] : findCommands(ofClients, typed).slice(0, mostClients)),
      ...ofPosts,
    ],
    isSearching: typed.trim().length >= 2 && (search !== typed.trim() || posts.isFetching),
  };
}
