/** True when two texts say the same, after the trimming and line-break changes that networks make. */
export function isSameText(one: string | null | undefined, other: string | null | undefined): boolean {
  return normalizeText(one ?? '') === normalizeText(other ?? '');
}

/** A text as {@link isSameText} compares it: composed characters, single spaces, none at the ends. */
export function normalizeText(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
