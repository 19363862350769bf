import { type Rules, defaultRules, type slotSchema, weekdays } from '../../../shared/contract/rules.ts';
import { platforms } from '../../../shared/domain/platform.ts';
import type { z } from 'zod';
import type { CoreDeps } from '../deps.ts';
import { isoOf } from '../instants.ts';
import { slotsBetween } from '../rules/slots.ts';
import { clientOf } from './clients.ts';

const dayMs = 24 * 3_600_000;

type SlotView = z.infer<typeof slotSchema>;

/** When and where a client posts. */
export interface ContentRules {
  /** The default rules when none were written yet. @throws {NotFound} */
  get(clientId: string): Promise<Rules>;
  /** @throws {NotFound} */
  put(clientId: string, rules: Rules, actor: string): Promise<Rules>;
  /** The slots of the coming days, and whether a post already fills them. @throws {NotFound} */
  slots(clientId: string, days: number): Promise<SlotView[]>;
  /** The same for other rules than those that are kept. @throws {NotFound} */
  preview(clientId: string, rules: SlotRules, days: number): Promise<SlotView[]>;
}

type SlotRules = Parameters<typeof slotsBetween>[0];

export function createContentRules(deps: Pick<CoreDeps, 'store' | 'clock' | 'activity' | 'changes'>): ContentRules {
  const { store, clock } = deps;

  async function get(clientId: string): Promise<Rules> {
    await clientOf(store, clientId);
    return (await store.clients.rules(clientId)) ?? defaultRules;
  }

  async function preview(clientId: string, rules: SlotRules, days: number): Promise<SlotView[]> {
    const { timezone } = await clientOf(store, clientId);
    const now = clock.now();
    const slots = slotsBetween(rules, timezone, now, now + days * dayMs);
    const taken = await store.posts.slotsTaken(
      clientId,
      slots.map(({ wallTime }) => slotName(clientId, wallTime)),
    );
    return slots.map(({ at, wallTime }) => ({
      at: isoOf(at),
      wallTime,
      taken: taken.includes(slotName(clientId, wallTime)),
    }));
  }

  return {
    get,

    async put(clientId, rules, actor) {
      const tidy = tidied(rules);
      await store.transaction(async (repositories) => {
        const { name } = await clientOf(repositories, clientId);
        await repositories.clients.putRules(clientId, tidy, clock.now());
        await deps.activity.record(
          { actor, kind: 'rules.changed', message: `Changed the posting rules of ${name}`, clientId },
          repositories,
        );
      });
      deps.changes.tell('client.changed', clientId, clientId);
      return tidy;
    },

    slots: async (clientId, days) => preview(clientId, await get(clientId), days),
    preview,
  };
}

/** Names one slot of one client's rules; a post that fills it carries this name. */
function slotName(clientId: string, wallTime: string): string {
  return `${clientId}/${wallTime}`;
}

/** Nothing twice, in the order of the week and of the day. */
function tidied(rules: Rules): Rules {
  return {
    ...rules,
    days: weekdays.filter((day) => rules.days.includes(day)),
    times: [...new Set(rules.times)].sort(),
    platforms: platforms.filter((platform) => rules.platforms.includes(platform)),
  };
}
