import { useDebouncedValue } from '@mantine/hooks';
import { IconMessage2, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { orpc } from '../../api/client.ts';
import { places } from '../../app/places.ts';
import { formatDayTime } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useGlobalStop } from '../control/use-stops.ts';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { actionsOf, languageOffers, type Offer } from './actions.ts';
import { capsFor } from './bindings.ts';
import { useBindings } from './bindings-store.ts';
import { findCommands, nearest } from './find-commands.ts';

/** How far back posts are looked for, in days. */
const searchedDays = 90;
const [mostClients, mostPosts] = [6, 6];

/** What the palette offers for what was typed: pages, clients, posts by their words, and what one can do. */
export function useOffers(typed: string): { offers: Offer[]; isSearching: boolean } {
  const navigate = useNavigate();
  const stop = useGlobalStop();
  const bindings = useBindings((state) => state.bindings);
  const [search] = useDebouncedValue(typed.trim(), 150);
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { search, from: startOf(dayFromToday(-searchedDays)), limit: 200 },
      enabled: search.length >= 2,
      placeholderData: keepPreviousData,
    }),
  );

  const pages = places.map<Offer>(({ to, label, icon }) => ({
    id: to,
    group: 'pages',
    label: t(label),
    icon,
    keys: capsFor(bindings, to),
    run: () => void navigate({ to }),
  }));
  const ofClients = (clients.data?.items ?? []).map<Offer>(({ id, name }) => ({
    id,
    group: 'clients',
    label: name,
    icon: IconUser,
    run: () => void navigate({ to: '/clients/$id', params: { id } }),
  }));
  const found = search.length >= 2 ? nearest(posts.data?.items ?? [], Date.now(), mostPosts) : [];
  const ofPosts = found.map<Offer>(({ id, caption, clientName, scheduledFor, timezone }) => ({
    id,
    group: 'posts',
    label: caption,
    hint: t('commands:ofClient', { client: clientName, when: formatDayTime(scheduledFor, timezone) }),
    icon: IconMessage2,
    run: () => void navigate({ to: '/posts/$id', params: { id } }),
  }));
  const isTyped = typed.trim() !== '';
  return {
    offers: [
      ...findCommands(pages, typed),
      ...findCommands(actionsOf(navigate, stop !== undefined, bindings), typed),
      ...(isTyped ? findCommands(languageOffers(), typed) : []),
      ...(isTyped ? findCommands(ofClients, typed).slice(0, mostClients) : []),
      ...ofPosts,
    ],
    isSearching: typed.trim().length >= 2 && (search !== typed.trim() || posts.isFetching),
  };
}
