import { create } from 'zustand';

/** Which posts are selected on the posts page, by id, and from where a range of them goes. */
export const useSelection = create<{ ids: ReadonlySet<string>; anchor: string | null }>(() => ({
  ids: new Set(),
  anchor: null,
}));

export function clearSelection(): void {
  if (useSelection.getState().ids.size > 0) useSelection.setState({ ids: new Set(), anchor: null });
}

export function select(ids: readonly string[]): void {
  useSelection.setState({ ids: new Set(ids), anchor: ids.at(-1) ?? null });
}

/** Selects one more, or one less; ranges go from it. */
export function toggle(id: string): void {
  useSelection.setState(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return { ids: next, anchor: id };
  });
}

/** Adds everything between the last one that was toggled and this one, in the order of `shown`. */
export function extendTo(id: string, shown: readonly string[]): void {
  useSelection.setState(({ ids, anchor }) => {
    const [from, to] = [shown.indexOf(anchor ?? id), shown.indexOf(id)];
    if (from < 0 || to < 0) return { ids: new Set([...ids, id]), anchor: id };
    const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { ids: new Set([...ids, ...range]), anchor: anchor ?? id };
  });
}
