import { mediaFor } from '../../../shared/domain/media.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import type { MediaRecord, PostRecord, Repositories, TargetRecord } from '../ports/index.ts';
import { shownAs, sortKeys, textFor } from './content.ts';
import type { TargetInput } from './input.ts';

/*
 * TikTok wants a person to agree to every direct post as it is: text, video, audience, what viewers may do, disclosure.
 * Who agreed, when and to what is kept with the target. Once anything of it changes the consent no longer stands.
 */

interface Agreeable {
  post: Pick<PostRecord, 'caption' | 'hashtags'>;
  target: Pick<TargetRecord, 'platform' | 'caption' | 'options' | 'consent'>;
  media: readonly MediaRecord[];
}

/** Whether somebody has agreed to exactly what the target is now. */
export function hasConsent(agreeable: Agreeable): boolean {
  const { options, consent } = agreeable.target;
  return options.consent === true && consent?.to === agreedTo(agreeable);
}

/** The options as they go out: a consent that no longer stands is none. */
export function standingOptions(agreeable: Agreeable): TargetOptions {
  const { options } = agreeable.target;
  if (options.consent === undefined || hasConsent(agreeable)) return options;
  const { consent: _, ...rest } = options;
  return rest;
}

/**
 * Notes who agrees, for the targets that the input says so of; one who agreed to the same before stays the one.
 * @param targets as they are stored by now
 * @returns whether there was something to note
 */
export async function recordConsents(
  repositories: Pick<Repositories, 'targets'>,
  { post, targets, media }: { post: PostRecord; targets: readonly TargetRecord[]; media: readonly MediaRecord[] },
  inputs: readonly TargetInput[],
  given: { by: string; at: number },
): Promise<boolean> {
  let isNew = false;
  for (const target of targets) {
    const input = inputs.find(({ accountId }) => accountId === target.accountId);
    if (input?.options?.consent !== true || hasConsent({ post, target, media })) continue;
    const consent = { ...given, to: agreedTo({ post, target, media }) };
    await repositories.targets.update(target.id, { consent, updatedAt: given.at });
    isNew = true;
  }
  return isNew;
}

/** All that a person agrees to, in one text. */
function agreedTo({ post, target, media }: Agreeable): string {
  const { consent: _, ...options } = target.options;
  const shown = mediaFor(target.platform, media, target.options).map((item) => shownAs(item, [target.platform]));
  return JSON.stringify(sortKeys({ text: textFor(post, target), media: shown, options }));
}
