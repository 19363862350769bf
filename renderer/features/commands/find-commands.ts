/** Something the palette offers. */
export interface Command {
  id: string;
  group: 'actions' | 'pages' | 'clients' | 'posts';
  label: string;
  /** Other words it is found by. */
  words?: string;
}

/** Those whose label or other words hold every word that was typed, anywhere; all when nothing was. */
export function findCommands<C extends Command>(commands: readonly C[], typed: string): C[] {
  const wanted = folded(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  return commands.filter(({ label, words = '' }) => {
    const text = folded(`${label} ${words}`);
    return wanted.every((word) => text.includes(word));
  });
}

/** The posts nearest to now, at most `most`, nearest first. */
export function nearest<P extends { scheduledFor: string }>(posts: readonly P[], now: number, most: number): P[] {
  const distance = ({ scheduledFor }: P) => Math.abs(Date.parse(scheduledFor) - now);
  return [...posts].sort((a, b) => distance(a) - distance(b)).slice(0, most);
}

/** `Émile` is found under `emile`. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
