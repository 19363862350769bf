import { phrase } from '../../shared/domain/phrase.ts';
import { z } from 'zod';
import type { Finding, KeyChecks, Secret } from '../core/ports/index.ts';

const timeoutMs = 15_000;

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
const accountSchema = z.object({ username: z.string().max(200) });

/** Whether Groq and Replicate accept a key: each is asked by a read that costs nothing. */
export function createAiKeyChecks(origins: { groq: string; replicate: string }): Pick<KeyChecks, 'groq' | 'replicate'> {
  return {
    async groq({ apiKey }, models) {
      const answer = await read('Groq', `${origins.groq}/openai/v1/models`, apiKey);
      if ('finding' in answer) return [answer.finding];
      const list = modelsSchema.safeParse(answer.json).data;
      if (list === undefined) return [unreadable('Groq')];
      const served = new Set(list.data.map(({ id }) => id));
      return [
        { ok: true, message: 'Groq accepts the key.' },
        ...models.map((model) => ({
          ok: served.has(model),
          message: served.has(model)
            ? `Groq serves the caption model ${model}.`
            : `Groq does not serve the caption model ${model} to this key. Choose another under AI.`,
        })),
      ];
    },

    async replicate({ apiToken }) {
      const answer = await read('Replicate', `${origins.replicate}/v1/account`, apiToken);
      if ('finding' in answer) return [answer.finding];
      const account = accountSchema.safeParse(answer.json).data;
      if (account === undefined) return [unreadable('Replicate')];
      return [
        { ok: true, message: `Replicate accepts the token. It belongs to ${account.username}.` },
        { ok: null, message: 'Whether there is credit left could not be checked: Replicate has no call for it.' },
      ];
    },
  };
}

async function read(service: string, url: string, key: Secret): Promise<{ json: unknown } | { finding: Finding }> {
  try {
    const headers = { authorization: `Bearer ${key.reveal()}` };
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return { json: await response.json() };
    await response.body?.cancel();
    if (response.status === 401 || response.status === 403) {
      return {
        finding: { ok: false, message: `${service} refuses this key. Make a new one there and enter it here.` },
      };
    }
    return { finding: untold(service, phrase`it answered with HTTP ${response.status}`) };
  } catch (error) {
    // A reset, a time-out or a page instead of JSON: what the key is worth stays open.
    const name = error instanceof Error ? error.name : 'unknown';
    return {
      finding: untold(service, name === 'TimeoutError' ? phrase`it took too long` : phrase`it could not be reached`),
    };
  }
}

function unreadable(service: string): Finding {
  return untold(service, phrase`its answer could not be read`);
}

function untold(service: string, why: string): Finding {
  return { ok: null, message: `The key could not be checked at ${service}: ${why}. Try again in a moment.` };
}
