import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import { postStatusLooks } from '../../components/status.tsx';

/** Far enough apart to tell neighbours from each other; names of the theme's colours. */
const palette = ['iris', 'teal', 'orange', 'grape', 'cyan', 'pink', 'lime', 'red', 'yellow', 'indigo'] as const;

/** A colour of the theme for each client, the same as long as no client comes before it by id. */
export function clientColors(clients: readonly { id: string }[]): ReadonlyMap<string, string> {
  const ids = clients.map(({ id }) => id).sort();
  return new Map(ids.map((id, index) => [id, palette[index % palette.length] ?? 'gray']));
}

export function statusColor({ status }: CalendarPost): string {
  return postStatusLooks[status].color;
}
