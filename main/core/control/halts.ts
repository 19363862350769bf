/** Why the whole app sends nothing to any network now. Work that sends nothing goes on. */
export interface Halt {
  code: /** The computer's clock cannot be trusted. */
    | 'clock'
    /** The computer has slept, or its clock was set: what is known is read anew. Lasts seconds. */
    | 'waking'
    /** Another run of the app has taken over, or this one's lease is about to end. */
    | 'lease'
    /** What is sent could not be written down: the disk is full or the store cannot be written. */
    | 'disk'
    /** A part of the store turned out to be damaged. */
    | 'damaged'
    /** The file that stops everything lies in the data folder. */
    | 'stop_file'
    /** The store is an older state of itself: a restored backup, or files from another run. */
    | 'restored'
    /** The data folder is a copy. */
    | 'copied';
  /** For a person: what is the matter, and what to do. */
  message: string;
}

/** The halts in force. Synchronous, so that the gate can ask in the same step in which it sends. */
export interface Halts {
  /** The first one in force, or null. */
  first(): Halt | null;
  list(): Halt[];
}

/** @param sources asked each time, in order; each says its halt or null */
export function createHalts(sources: readonly (() => Halt | null)[]): Halts {
  const list = (): Halt[] => sources.map((source) => source()).filter((halt) => halt !== null);
  return { list, first: () => list()[0] ?? null };
}
