import type { Settings } from '../../../shared/contract/admin.ts';
import { AiFailure, type ClientRecord, type Ports, type StructuredRequest } from '../ports/index.ts';
import { checkDraft, type Violation } from './check.ts';
import { type Draft, readDrafts } from './draft.ts';
import type { PaidCalls } from './paid-calls.ts';
import type { PlannedSlot } from './plan.ts';
import { type Brief, type Correction, contentPlanRequest } from './prompt.ts';
import { randomMarker } from '../random-token.ts';

/** What was written for a slot and what is still wrong with it after the last try. */
export interface Written {
  slot: PlannedSlot;
  draft: Draft;
  violations: Violation[];
}

export interface WritingDeps extends Pick<Ports, 'text' | 'random'> {
  calls: PaidCalls;
}

export interface Assignment {
  client: ClientRecord;
  brief: Brief;
  slots: readonly PlannedSlot[];
  settings: Pick<Settings, 'captionModels' | 'monthlyBudgetMicroUsd'>;
}

/** More would make answers too long to come whole. */
export const postsPerRequest = 14;
const corrections = 2;
/** Dollars a million tokens are reckoned at beforehand: the price of openai/gpt-oss-120b. */
export const reckoned = { input: 0.15, output: 0.6 };

/** What a request for texts costs at most, in millionths of a US dollar, reckoned beforehand. */
export function reckonedMicroUsd(
  request: Pick<StructuredRequest, 'instructions' | 'task' | 'maxOutputTokens'>,
): number {
  const inputTokens = (request.instructions.length + request.task.length) / 3;
  return Math.ceil(inputTokens * reckoned.input + request.maxOutputTokens * reckoned.output);
}

/**
 * Writes the posts of all slots: one request for all, then up to two that ask for those anew that break
 * a rule. A slot the model does not answer for is missing from the result.
 * @throws {AiFailure} @throws {Conflict} `budget`
 */
export async function writeDrafts(deps: WritingDeps, assignment: Assignment): Promise<Written[]> {
  const drafts = new Map<string, Draft>();
  let open: Correction[] = assignment.slots.map(({ id }) => ({ slotId: id, violations: [] }));
  for (let round = 0; round <= corrections && open.length > 0; round += 1) {
    for (const batch of batchesOf(open)) {
      for (const draft of await request(deps, assignment, batch)) {
        const violations = batch.find(({ slotId }) => slotId === draft.slotId)?.violations ?? [];
        drafts.set(draft.slotId, mend(drafts.get(draft.slotId), draft, violations));
      }
    }
    open = examine(assignment, drafts).filter(({ violations }) => violations.length > 0);
  }
  const violationsOf = new Map(open.map(({ slotId, violations }) => [slotId, violations]));
  return assignment.slots.flatMap((slot) => {
    const draft = drafts.get(slot.id);
    return draft === undefined ? [] : [{ slot, draft, violations: [...(violationsOf.get(slot.id) ?? [])] }];
  });
}

/** What is wrong with each slot's draft; a slot without one counts as wrong. */
function examine({ slots, brief }: Assignment, drafts: ReadonlyMap<string, Draft>): Correction[] {
  return slots.map((slot) => {
    const draft = drafts.get(slot.id);
    if (draft === undefined) return { slotId: slot.id, violations: [absent] };
    const siblings = [...drafts.values()].filter(({ slotId }) => slotId < slot.id);
    const others = [
      ...brief.recent,
      ...brief.brand.examplePosts,
      ...siblings.flatMap(({ variants }) => variants.map(({ caption }) => caption)),
    ];
    return { slotId: slot.id, violations: checkDraft(draft, slot, { ...brief, others }) };
  });
}

const absent: Violation = {
  field: 'post',
  rule: 'missing',
  feedback: 'there was no post for this slot',
  message: 'The AI wrote nothing for this slot.',
};

/** The earlier draft with the fields that were wrong taken from the new one. */
function mend(before: Draft | undefined, after: Draft, violations: readonly Violation[]): Draft {
  if (before === undefined) return after;
  const wrong = new Set(violations.map(({ field }) => field));
  const kept = before.variants.filter(({ platform }) => !wrong.has(`caption.${platform}`));
  return {
    slotId: before.slotId,
    altText: wrong.has('alt_text') ? after.altText : before.altText,
    imagePrompt: wrong.has('image_prompt') ? after.imagePrompt : before.imagePrompt,
    variants: after.variants.map((fresh) => {
      const variant = kept.find(({ platform }) => platform === fresh.platform);
      if (variant === undefined) return fresh;
      return {
        ...variant,
        hashtags: wrong.has(`hashtags.${fresh.platform}`) ? fresh.hashtags : variant.hashtags,
        firstComment: wrong.has(`first_comment.${fresh.platform}`) ? fresh.firstComment : variant.firstComment,
      };
    }),
  };
}

/** One paid request; when its answer cannot be finished or is refused, two for half the slots each. */
async function request(deps: WritingDeps, assignment: Assignment, batch: readonly Correction[]): Promise<Draft[]> {
  try {
    return await ask(deps, assignment, batch);
  } catch (error) {
    if (!(error instanceof AiFailure && error.kind === 'refused') || batch.length === 1) throw error;
    const middle = Math.ceil(batch.length / 2);
    return [
      ...(await request(deps, assignment, batch.slice(0, middle))),
      ...(await request(deps, assignment, batch.slice(middle))),
    ];
  }
}

async function ask(
  { text, random, calls }: WritingDeps,
  assignment: Assignment,
  batch: readonly Correction[],
): Promise<Draft[]> {
  const { client, brief, settings } = assignment;
  const slots = assignment.slots.filter(({ id }) => batch.some(({ slotId }) => slotId === id));
  const broken = batch.filter(({ violations }) => violations.length > 0);
  const marker = randomMarker(random);
  const content = contentPlanRequest(brief, slots, marker, broken);
  const call = await calls.open(
    {
      clientId: client.id,
      postId: null,
      provider: 'groq',
      model: settings.captionModels[0] ?? '',
      purpose: 'caption',
      intent: `caption/${client.id}/${random.id()}`,
      estimateMicroUsd: reckonedMicroUsd(content),
    },
    settings.monthlyBudgetMicroUsd,
  );
  try {
    const { json, usage } = await text.generate({ models: settings.captionModels, ...content });
    await calls.settle(call, usage);
    return readDrafts(json, slots);
  } catch (error) {
    await calls.fail(call, error);
    throw error;
  }
}

function batchesOf(open: readonly Correction[]): Correction[][] {
  const count = Math.ceil(open.length / postsPerRequest);
  return Array.from({ length: count }, (_, index) =>
    open.slice(index * postsPerRequest, (index + 1) * postsPerRequest),
  );
}
