import { z } from 'zod';
import type { Settings } from '../../../shared/contract/admin.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import { keepApproval } from '../pipeline/approvals.ts';
import { contentHash, contentOf, publishableFields, textFor } from '../pipeline/content.ts';
import type { Ports, PostRecord, TargetRecord } from '../ports/index.ts';
import { isSuspicious } from './check.ts';
import { type RenderingDeps, type Rendering, renderMedia } from './render-media.ts';
import { movingPrompt } from './picture-prompt.ts';

/** What is still to be made for a post, kept beside it until it is done. */
const unfinishedSchema = z.object({
  imagePrompt: z.string(),
  /** Why its text must be looked at before it may go out; empty when it need not. */
  faults: z.array(z.string()),
  /** Softer doubts: they only forbid that it is approved without a person. */
  doubts: z.array(z.string()),
});
export type Unfinished = z.infer<typeof unfinishedSchema>;

/** Key under which {@link Unfinished} is kept in the settings. */
export function unfinishedKey(postId: string): string {
  return `generation.unfinished/${postId}`;
}

export interface FinishingDeps extends RenderingDeps, Pick<Ports, 'digest'> {
  activity: Activity;
  changes: Changes;
  isStopped(clientId: string, accountId: string): boolean;
}

export interface Finishing {
  post: PostRecord;
  rules: Pick<Rules, 'autoApprove'>;
  bannedTerms: readonly string[];
  settings: Settings;
  askedFor: boolean;
  /** A person wants nothing more made. */
  isStopped(): boolean;
}

/**
 * Makes the pictures a post still lacks and moves it on: to review, to approved when the rules allow it
 * without a person and nothing is stopped, or to held with the reason. It stays as it is while a picture is still to come.
 */
export async function finishPost(deps: FinishingDeps, finishing: Finishing): Promise<void> {
  const { post } = finishing;
  const kept = unfinishedSchema.safeParse(await deps.store.settings.get(unfinishedKey(post.id))).data;
  const unfinished = kept ?? { imagePrompt: '', faults: ['The text was not finished.'], doubts: [] };
  const targets = await deps.store.targets.listOfPost(post.id);
  const reasons = [...unfinished.faults];
  for (const kind of kindsFor(targets)) {
    const rendering = await pictureOf(deps, finishing, kind, unfinished.imagePrompt);
    if (rendering.kind === 'later') return;
    if (rendering.kind === 'failed' && isNeeded(kind, targets)) reasons.push(withoutMedia(kind, rendering.reason));
  }
  const doubts = finishing.isStopped() ? [...unfinished.doubts, stoppedWords] : unfinished.doubts;
  await moveOn(deps, finishing, reasons, doubts);
}

const stoppedWords = phrase`the writing was stopped.`;

function withoutMedia(kind: 'image' | 'video', reason: string): string {
  return kind === 'image' ? phrase`No picture: ${reason}` : phrase`No video: ${reason}`;
}

/** Facebook and Instagram get a picture, TikTok a video. */
function kindsFor(targets: readonly TargetRecord[]): ('image' | 'video')[] {
  return [
    ...(targets.some(({ platform }) => platform !== 'tiktok') ? ['image' as const] : []),
    ...(targets.some(({ platform }) => platform === 'tiktok') ? ['video' as const] : []),
  ];
}

/** Facebook takes a text alone. */
function isNeeded(kind: 'image' | 'video', targets: readonly TargetRecord[]): boolean {
  return targets.some(({ platform }) => platform === (kind === 'video' ? 'tiktok' : 'instagram'));
}

async function pictureOf(
  deps: FinishingDeps,
  { post, settings, bannedTerms, askedFor, isStopped }: Finishing,
  kind: 'image' | 'video',
  prompt: string,
): Promise<Rendering> {
  const current = await deps.store.posts.get(post.id);
  if (current === undefined) return { kind: 'later' };
  const media = await deps.store.media.getMany(current.mediaIds);
  const present = media.find((item) => item.kind === kind);
  if (present !== undefined) return { kind: 'done', media: present };
  if (isStopped()) return { kind: 'failed', reason: stoppedWords };
  const [hit] = findBannedTerms(prompt, bannedTerms);
  if (hit !== undefined) return { kind: 'failed', reason: `its prompt has the banned term “${hit.term}”.` };
  if (prompt === '') return { kind: 'failed', reason: 'there is no prompt for it.' };
  const moving = kind === 'video' ? movingPrompt(prompt) : prompt;
  return renderMedia(deps, { post, kind, prompt: moving, settings, askedFor });
}

async function moveOn(
  deps: FinishingDeps,
  { post, rules, bannedTerms }: Finishing,
  reasons: string[],
  doubts: readonly string[],
): Promise<void> {
  const { store, clock, activity, changes } = deps;
  await store.transaction(async (repositories) => {
    const current = await repositories.posts.get(post.id);
    if (current === undefined || (current.status !== 'generating' && current.status !== 'held')) return;
    const targets = await repositories.targets.listOfPost(post.id);
    const banned = Object.values(publishableFields(current, targets)).flatMap((text) =>
      findBannedTerms(text, bannedTerms),
    );
    const words = [...new Set(banned.map(({ term }) => `“${term}”`))];
    const held = [...(words.length > 0 ? [`Banned terms: ${words.join(', ')}.`] : []), ...reasons];
    const now = clock.now();
    if (held.length > 0) {
      await repositories.posts.update(post.id, { status: 'held', heldReason: held.join(' '), updatedAt: now });
      return;
    }
    const texts = [
      ...targets.map((target) => textFor(current, target)),
      current.firstComment ?? '',
      current.altText ?? '',
    ];
    const isStopped = targets.some(({ accountId }) => deps.isStopped(post.clientId, accountId));
    const isDoubtful = doubts.length > 0 || texts.some(isSuspicious) || targets.some(isDirect);
    const needsPerson = !rules.autoApprove || isStopped || isDoubtful;
    const media = await repositories.media.getMany(current.mediaIds);
    const hash = contentHash(contentOf(current, targets, media), deps.digest);
    const approval = needsPerson
      ? { status: 'in_review' as const }
      : {
          status: 'approved' as const,
          approvedHash: hash,
          approvedBy: 'rules',
          approvedAt: now,
        };
    await repositories.posts.update(post.id, { ...approval, heldReason: null, updatedAt: now });
    if (needsPerson) return;
    await keepApproval(repositories, deps.random, { post: current, targets }, { by: 'rules', at: now, hash });
    await activity.record(
      {
        actor: 'rules',
        kind: 'post.approved',
        message: 'Approved by the posting rules',
        clientId: post.clientId,
        postId: post.id,
      },
      repositories,
    );
  });
  changes.tell('post.changed', post.id, post.clientId);
}

function isDirect({ options }: TargetRecord): boolean {
  return options.mode === 'direct';
}
