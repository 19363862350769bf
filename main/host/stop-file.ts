import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Put a file of this name into the data folder, and nothing is sent until it is gone; no window is needed for that. */
export const stopFileName = 'STOP';
/** Some editors add an ending, and some systems hide it. */
const names = [stopFileName, `${stopFileName}.txt`];

/**
 * Looks for the file that stops everything, at each call anew and without giving up control.
 * @param folders where it may lie
 * @returns why everything is stopped, for a person; null when it lies nowhere
 */
export function stopFile(folders: readonly string[]): () => string | null {
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return () => {
    for (const place of places) {
      const reason = reasonAt(place);
      if (reason !== null) return reason;
    }
    return null;
  };
}

function reasonAt(place: string): string | null {
  try {
    if (statSync(place, { throwIfNoEntry: false }) === undefined) return null;
    return `The file ${place} stops all publishing. Remove it to go on; what became due meanwhile waits for your decision.`;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return `It cannot be told whether the file ${place} is there, so all publishing is stopped (${cause}).`;
  }
}
