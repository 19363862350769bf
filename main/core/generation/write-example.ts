import type { Settings } from '../../../shared/contract/admin.ts';
import { type Brand, emptyBrand } from '../../../shared/contract/brand.ts';
import { defaultRules } from '../../../shared/contract/rules.ts';
import type { Activity } from '../activity/activity.ts';
import { NotFound } from '../errors.ts';
import { AiFailure, type Ports } from '../ports/index.ts';
import { wallTimeOf } from '../rules/slots.ts';
import { feedbackOf, lessonsRead } from './feedback.ts';
import { createPaidCalls } from './paid-calls.ts';
import { planSlots } from './plan.ts';
import { writeDrafts } from './write-drafts.ts';

/** A post to look at; call to action and hashtags are not in the caption. */
export interface Example {
  caption: string;
  cta: string | null;
  hashtags: string[];
}

/** What is tried instead of what is stored. */
export type TriedBrand = Partial<Brand> & { brandVoice?: string };

export type ExampleDeps = Pick<Ports, 'store' | 'clock' | 'random' | 'text'> & {
  activity: Activity;
  settings(): Promise<Settings>;
};

const recentPosts = 30;
const eightHoursMs = 8 * 3_600_000;

/**
 * Writes a post as it would be written for the client's rules. It is paid for like any other, and kept nowhere.
 * @throws {NotFound} @throws {AiFailure} @throws {Conflict} `budget`
 */
export async function writeExample(
  deps: ExampleDeps,
  clientId: string,
  { brandVoice, ...tried }: TriedBrand,
): Promise<Example> {
  const { store, clock, random } = deps;
  const stored = await store.clients.get(clientId);
  if (stored === undefined) throw new NotFound('client', clientId);
  const client = { ...stored, brandVoice: brandVoice ?? stored.brandVoice };
  const brand: Brand = { ...((await store.clients.brand(clientId)) ?? emptyBrand), ...tried };
  const { platforms } = (await store.clients.rules(clientId)) ?? defaultRules;
  const recent = (await store.posts.recentOfClient(clientId, recentPosts)).map(({ caption }) => caption);
  const feedback = feedbackOf(await store.lessons.listOfClient(clientId, lessonsRead));
  // What a post is about follows from its time: some other one each time somebody asks.
  const at = clock.now() + (random.bytes(1)[0] ?? 0) * eightHoursMs;
  const slot = { at, wallTime: wallTimeOf(at, client.timezone) };
  const [written] = await writeDrafts(
    { ...deps, calls: createPaidCalls(deps) },
    {
      client,
      brief: { client, brand, recent, feedback },
      slots: planSlots([slot], platforms.slice(0, 1).concat(platforms.length === 0 ? ['facebook'] : []), brand.ctas),
      settings: await deps.settings(),
    },
  );
  const variant = written?.draft.variants[0];
  if (written === undefined || variant === undefined) {
    throw new AiFailure('groq', 'refused', 'The AI wrote nothing this time. Try again.');
  }
  return { caption: variant.caption, cta: written.slot.cta, hashtags: variant.hashtags };
}
