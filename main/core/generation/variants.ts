import { z } from 'zod';
import type { Settings } from '../../../shared/contract/admin.ts';
import { emptyBrand } from '../../../shared/contract/brand.ts';
import type { Variant } from '../../../shared/contract/review.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import { Conflict, Unprocessable } from '../errors.ts';
import { isoOf } from '../instants.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { Ports, Repositories, VariantRecord } from '../ports/index.ts';
import { wholePostOf } from '../pipeline/deps.ts';
import { assertEditable } from '../pipeline/progress.ts';
import type { WholePost } from '../pipeline/examine.ts';
import { cleanText } from './draft.ts';
import { feedbackOf, lessonsRead } from './feedback.ts';
import { createPaidCalls } from './paid-calls.ts';
import { variantProblems } from './variant-problems.ts';
import { type VariantBrief, variantsRequest, variantsWanted } from './variant-prompt.ts';
import { reckoned } from './write-drafts.ts';
import { randomMarker } from '../random-token.ts';

/** Other wordings of what a post says. The post stays as it is until a person chooses one. */
export interface Variants {
  /** Newest first. @throws {NotFound} */
  list(postId: string): Promise<Variant[]>;
  /**
   * Has the AI write three others, in one paid call.
   * @param accountId of the wording that this account has for itself; null: of the post's caption
   * @returns the new ones, and what they cost
   * @throws {NotFound} @throws {Conflict} @throws {Unprocessable} @throws {AiFailure}
   */
  write(postId: string, accountId: string | null, actor: string): Promise<{ items: Variant[]; costMicroUsd: number }>;
}

type Deps = Pick<Ports, 'store' | 'clock' | 'random' | 'text'> & {
  activity: Activity;
  changes: Changes;
  settings(): Promise<Pick<Settings, 'captionModels' | 'monthlyBudgetMicroUsd'>>;
};

export function createVariants(deps: Deps): Variants {
  const { store, clock, random } = deps;
  const calls = createPaidCalls(deps);
  const writing = new Set<string>();

  async function ask(
    postId: string,
    accountId: string | null,
    actor: string,
  ): Promise<{ items: Variant[]; costMicroUsd: number }> {
    const whole = await wholePostOf(store, postId);
    await assertEditable(store, whole);
    const brief = await briefOf(store, whole, accountId);
    const settings = await deps.settings();
    const content = variantsRequest(brief, randomMarker(random));
    const inputTokens = (content.instructions.length + content.task.length) / 3;
    const call = await calls.open(
      {
        clientId: whole.post.clientId,
        postId,
        provider: 'groq',
        model: settings.captionModels[0] ?? '',
        purpose: 'caption',
        intent: `variants/${postId}/${random.id()}`,
        estimateMicroUsd: Math.ceil(inputTokens * reckoned.input + content.maxOutputTokens * reckoned.output),
      },
      settings.monthlyBudgetMicroUsd,
    );
    const { json, usage } = await deps.text
      .generate({ models: settings.captionModels, ...content })
      .catch(async (error: unknown) => {
        await calls.fail(call, error);
        throw error;
      });
    await calls.settle(call, usage);
    const createdAt = clock.now();
    const records = readCaptions(json, brief).map(
      (caption): VariantRecord => ({ id: random.id(), postId, accountId, caption, createdAt }),
    );
    const { clientId } = whole.post;
    await store.transaction(async (repositories) => {
      for (const record of records) await repositories.variants.insert(record);
      const message = phrase`Asked for other wordings of a post of ${whole.clientName}`;
      await deps.activity.record({ actor, kind: 'post.variants', message, clientId, postId }, repositories);
    });
    deps.changes.tell('post.changed', postId, clientId);
    return { items: records.map((record) => variantView(record, brief)), costMicroUsd: usage.costMicroUsd };
  }

  return {
    async list(postId) {
      const whole = await wholePostOf(store, postId);
      const views: Variant[] = [];
      for (const record of await store.variants.listOfPost(postId)) {
        const isGone = record.accountId !== null && ownWordingOf(whole, record.accountId) === null;
        if (!isGone) views.push(variantView(record, await briefOf(store, whole, record.accountId)));
      }
      return views;
    },

    async write(postId, accountId, actor) {
      if (writing.has(postId)) {
        throw new Conflict('already_writing', 'Other wordings of this post are being written already.');
      }
      writing.add(postId);
      try {
        return await ask(postId, accountId, actor);
      } finally {
        writing.delete(postId);
      }
    },
  };
}

/** @throws {Unprocessable} when the account has no wording of its own, or there is nothing to word differently */
async function briefOf(repositories: Repositories, whole: WholePost, accountId: string | null): Promise<VariantBrief> {
  const { post, targets } = whole;
  const client = await clientOf(repositories, post.clientId);
  const own = accountId === null ? null : ownWordingOf(whole, accountId);
  if (accountId !== null && own === null) {
    throw problem('accountId', 'This account has no text of its own in this post.');
  }
  const current = own ?? post.caption;
  if (current.trim() === '') throw problem('caption', 'There is no text to word differently.');
  const concerned = targets.filter((target) =>
    accountId === null ? target.caption === null : target.accountId === accountId,
  );
  return {
    client,
    brand: (await repositories.clients.brand(client.id)) ?? emptyBrand,
    current,
    earlier: (await repositories.variants.listOfPost(post.id))
      .filter((variant) => variant.accountId === accountId)
      .map(({ caption }) => caption),
    hashtags: post.hashtags,
    platforms: [...new Set((concerned.length > 0 ? concerned : targets).map(({ platform }) => platform))],
    feedback: feedbackOf(await repositories.lessons.listOfClient(client.id, lessonsRead)),
  };
}

function ownWordingOf({ targets }: WholePost, accountId: string): string | null {
  return targets.find((target) => target.accountId === accountId)?.caption ?? null;
}

function problem(field: string, message: string): Unprocessable {
  return new Unprocessable([{ field, code: 'none', message }]);
}

const answerSchema = z.object({ variants: z.array(z.object({ caption: z.string() })) });

/** Texts that differ from each other and from what is there; at most as many as were asked for. */
function readCaptions(json: unknown, { current }: VariantBrief): string[] {
  const captions = (answerSchema.safeParse(json).data?.variants ?? []).map(({ caption }) => cleanText(caption));
  return [...new Set(captions)].filter((caption) => caption !== '' && caption !== current).slice(0, variantsWanted);
}

function variantView({ id, accountId, caption, createdAt }: VariantRecord, brief: VariantBrief): Variant {
  return { id, accountId, caption, createdAt: isoOf(createdAt), ...variantProblems(caption, brief) };
}
