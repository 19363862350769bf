import type { Platform } from '../../../shared/domain/platform.ts';
import type { Slot } from '../rules/slots.ts';

/** What a post is about; each slot gets one, so that a week is not seven times the same. */
export const pillars = ['product', 'behind_the_scenes', 'tips', 'customers', 'community'] as const;

/** How a post begins. */
export const hookTypes = [
  'question',
  'observation',
  'short_story',
  'how_to',
  'invitation',
  'myth',
  'thank_you',
  'sensory_detail',
] as const;

/** A slot with what its post is to be. */
export interface PlannedSlot extends Slot {
  /** Its wall time; names the slot to the model. */
  id: string;
  platforms: readonly Platform[];
  pillar: (typeof pillars)[number];
  hookType: (typeof hookTypes)[number];
  /** One of the brand's calls to action, null when it has none. */
  cta: string | null;
}

const day = 86_400_000;
const partsOfDay = 3;

/**
 * Gives every slot its pillar, hook and call to action. They depend on the slot's time alone, so that
 * neighbours differ whether a week is planned at once or day by day.
 */
export function planSlots(
  slots: readonly Slot[],
  platforms: readonly Platform[],
  ctas: readonly string[],
): PlannedSlot[] {
  return slots.map((slot) => {
    const part = Math.floor((slot.at / day) * partsOfDay);
    const turn = Math.floor(part / partsOfDay) + (part % partsOfDay);
    return {
      ...slot,
      id: slot.wallTime,
      platforms,
      pillar: turnOf(pillars, part),
      hookType: turnOf(hookTypes, part),
      cta: ctas.length === 0 ? null : turnOf(ctas, turn),
    };
  });
}

function turnOf<T>(items: readonly T[], turn: number): T {
  return items[((turn % items.length) + items.length) % items.length] as T;
}
