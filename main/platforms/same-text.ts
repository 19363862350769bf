/** True when two texts say the same, after the trimming and line-break changes that networks make. */
export function isSameText(one: string | null | undefined, other: string | null | undefined): boolean {
  return normalize(one ?? '') === normalize(other ?? '');
}

function normalize(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** How far a network's clock may be behind ours, and its whole seconds may round down. */
export const clockSkewMs = 120_000;
