/** Text as people look for it: `Émile` is found under `emile`. */
export function searchable(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a search, as {@link searchable} text. */
export function searchedWords(search: string): string[] {
  return searchable(search)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** What a post is found by. @param hashtags as the store keeps them: a JSON list */
export function postSearchText(caption: string, hashtags: string): string {
  return searchable(`${caption}\n${hashtags}`);
}
