import type { Settings } from '../../../shared/contract/admin.ts';
import { emptyBrand } from '../../../shared/contract/brand.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { Unprocessable } from '../errors.ts';
import { createPaidCalls, type PaidCalls } from '../generation/paid-calls.ts';
import { AiFailure } from '../ports/index.ts';
import { faultsOf } from './faults.ts';
import { type Passage, readAnswer, rewriteRequest, type Writing } from './request.ts';
import { randomMarker } from '../random-token.ts';

/** Help with a text while a person writes it. */
export interface Assist {
  /**
   * Words a passage anew. The answer keeps the client's banned terms out, keeps links and mentions, and adds none.
   * @throws {NotFound} @throws {Unprocessable} @throws {Conflict} `budget` @throws {AiFailure}
   */
  rewrite(clientId: string, passage: Passage): Promise<{ text: string }>;
}

export type AssistDeps = Pick<CoreDeps, 'store' | 'clock' | 'random' | 'text' | 'activity'> & {
  settings(): Promise<Settings>;
};

const tries = 2;
/** Dollars a million tokens are reckoned at beforehand: the price of openai/gpt-oss-120b. */
const reckoned = { input: 0.15, output: 0.6 };

export function createAssist(deps: AssistDeps): Assist {
  const calls = createPaidCalls(deps);
  return {
    async rewrite(clientId, passage) {
      if (passage.wish === 'translate' && passage.language === undefined) {
        throw new Unprocessable([{ field: 'language', code: 'none', message: 'Say into which language.' }]);
      }
      const client = await clientOf(deps.store, clientId);
      const brand = (await deps.store.clients.brand(clientId)) ?? emptyBrand;
      const writing: Writing = { client, brand, passage };
      let faults: string[] = [];
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const text = await ask({ ...deps, calls }, writing, faults);
        faults = faultsOf(text, writing);
        if (faults.length === 0) return { text };
      }
      throw new AiFailure(
        'groq',
        'refused',
        'The AI found no wording that keeps to the rules. Try it again, or another wish.',
      );
    },
  };
}

/** One paid request. @param faults what was wrong with the answer before */
async function ask(
  deps: AssistDeps & { calls: PaidCalls },
  writing: Writing,
  faults: readonly string[],
): Promise<string> {
  const { calls, random, text } = deps;
  const settings = await deps.settings();
  const request = rewriteRequest(writing, randomMarker(random), faults);
  const inputTokens = (request.instructions.length + request.task.length) / 3;
  const call = await calls.open(
    {
      clientId: writing.client.id,
      postId: null,
      provider: 'groq',
      model: settings.captionModels[0] ?? '',
      purpose: 'caption',
      intent: `rewrite/${writing.client.id}/${random.id()}`,
      estimateMicroUsd: Math.ceil(inputTokens * reckoned.input + request.maxOutputTokens * reckoned.output),
    },
    settings.monthlyBudgetMicroUsd,
  );
  const { json, usage } = await text
    .generate({ models: settings.captionModels, ...request })
    .catch(async (error: unknown) => {
      await calls.fail(call, error);
      throw error;
    });
  // What was answered is paid for: should this go wrong, the estimate stays counted.
  await calls.settle(call, usage);
  return readAnswer(json);
}
