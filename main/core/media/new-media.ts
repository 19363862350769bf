import type { MediaFacts, MediaRecord, Ports, Repositories } from '../ports/index.ts';

/** What is told of a file beside what it is. */
export type Telling = Pick<MediaRecord, 'clientId' | 'origin' | 'provenance' | 'altText' | 'createdBy'> &
  Partial<Pick<MediaRecord, 'name' | 'madeFrom' | 'aiMade' | 'focal'>>;

/** A kept file as it enters the library. One that says that AI made it counts as such until a person says otherwise. */
export function newMedia(
  { random, clock }: Pick<Ports, 'random' | 'clock'>,
  { sha256, facts: { aiMarked, ...facts } }: { sha256: string; facts: MediaFacts },
  telling: Telling,
): MediaRecord {
  return {
    id: random.id(),
    sha256,
    ...facts,
    name: null,
    aiMade: telling.origin === 'ai' || aiMarked,
    focal: null,
    focalOn: {},
    madeFrom: null,
    ...telling,
    createdAt: clock.now(),
    deletedAt: null,
  };
}

/**
 * Enters a file, or finds the one with the same content that is there already, taking it back out of
 * the bin when it lies there.
 */
export async function enter(
  { media }: Pick<Repositories, 'media'>,
  record: MediaRecord,
): Promise<{ media: MediaRecord; isNew: boolean }> {
  const known = await media.findBySha256(record.clientId, record.sha256);
  if (known === undefined) {
    await media.insert(record);
    return { media: record, isNew: true };
  }
  if (known.deletedAt !== null) await media.update(known.id, { deletedAt: null });
  return { media: { ...known, deletedAt: null }, isNew: known.deletedAt !== null };
}
