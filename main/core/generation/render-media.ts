import type { Settings } from '../../../shared/contract/admin.ts';
import { Conflict } from '../errors.ts';
import { enter, newMedia } from '../media/new-media.ts';
import {
  AiFailure,
  type MediaRecord,
  MediaRefused,
  type Ports,
  type PostRecord,
  type UsageRecord,
} from '../ports/index.ts';
import type { PaidCalls } from './paid-calls.ts';

export interface RenderingDeps extends Pick<Ports, 'mediaGenerator' | 'files' | 'store' | 'clock' | 'random'> {
  calls: PaidCalls;
}

export interface Picture {
  post: Pick<PostRecord, 'id' | 'clientId' | 'altText'>;
  kind: 'image' | 'video';
  prompt: string;
  settings: Pick<Settings, 'imageModel' | 'videoModel' | 'monthlyBudgetMicroUsd'>;
  /** A person asked for it: one more try, however many failed before. */
  askedFor: boolean;
}

/**
 * How making a picture or video ended.
 * - `later`: it goes on by itself in a later run
 * - `failed`: not without a person; the reason is for one
 */
export type Rendering = { kind: 'done'; media: MediaRecord } | { kind: 'later' } | { kind: 'failed'; reason: string };

/** Paid tries for one picture before a person is asked. */
const tries = 3;
/** Failures after which the very next try may do better. */
const worthAnother = 2;

/**
 * Makes one picture or video of a post, going on with what an earlier run began. Each paid try has an
 * intent of its own, `image/<post id>/<number>`; one that is open is looked up before anything is paid again.
 */
export async function renderMedia(deps: RenderingDeps, picture: Picture): Promise<Rendering> {
  let failures = 0;
  for (let number = 1; ; number += 1) {
    const intent = `${picture.kind}/${picture.post.id}/${number}`;
    const earlier = await deps.calls.byIntent(intent);
    if (earlier?.state === 'failed' || earlier?.state === 'settled') continue;
    if (earlier === undefined && number > tries && !(picture.askedFor && failures === 0)) return gaveUp(picture);
    const outcome = await attempt(deps, picture, intent, earlier);
    if (outcome.kind !== 'refused') return outcome;
    failures += 1;
    if (failures === worthAnother) return { kind: 'failed', reason: outcome.reason };
  }
}

type Attempt = Rendering | { kind: 'refused'; reason: string };

async function attempt(
  deps: RenderingDeps,
  picture: Picture,
  intent: string,
  earlier: UsageRecord | undefined,
): Promise<Attempt> {
  let call: UsageRecord | undefined = earlier;
  try {
    call ??= await open(deps, picture, intent);
    return { kind: 'done', media: await render(deps, picture, call, earlier !== undefined) };
  } catch (error) {
    if (error instanceof Conflict && error.reason === 'budget') return { kind: 'failed', reason: error.message };
    if (!(error instanceof AiFailure) && !(error instanceof MediaRefused)) throw error;
    if (call === undefined) throw error;
    return close(deps, call, error);
  }
}

/** Books a try that gave nothing. One that may still come to something stays open and is taken up again. */
async function close({ calls }: RenderingDeps, call: UsageRecord, error: AiFailure | MediaRefused): Promise<Attempt> {
  const kind = error instanceof MediaRefused ? 'refused' : error.kind;
  const remoteId = (await calls.byIntent(call.intent))?.remoteId ?? null;
  if (kind === 'rate' || (kind === 'transient' && remoteId === null)) return { kind: 'later' };
  await calls.fail(call, error);
  if (kind === 'unknown') return { kind: 'later' };
  const isFinal = kind === 'config' || kind === 'quota';
  return { kind: isFinal ? 'failed' : 'refused', reason: error.message };
}

function open(
  { calls, mediaGenerator }: RenderingDeps,
  { post, kind, settings }: Picture,
  intent: string,
): Promise<UsageRecord> {
  const model = kind === 'image' ? settings.imageModel : settings.videoModel;
  const estimateMicroUsd = mediaGenerator.estimateMicroUsd(kind, model);
  return calls.open(
    { clientId: post.clientId, postId: post.id, provider: 'replicate', model, purpose: kind, intent, estimateMicroUsd },
    settings.monthlyBudgetMicroUsd,
  );
}

async function render(deps: RenderingDeps, picture: Picture, call: UsageRecord, again: boolean): Promise<MediaRecord> {
  const { post, kind, prompt } = picture;
  const { bytes, usage } = await deps.mediaGenerator.render({
    kind,
    model: call.model,
    prompt,
    aspect: kind === 'image' ? '4:5' : '9:16',
    intendedAt: call.createdAt,
    predictionId: call.remoteId,
    mayExist: again && call.remoteId === null,
    onCreated: (predictionId) => deps.calls.taken(call, predictionId),
  });
  const kept = await deps.files.put(bytes);
  if (kept.facts.kind !== kind)
    throw new MediaRefused(
      'kind',
      kind === 'image'
        ? 'The AI service sent a file that is no picture.'
        : 'The AI service sent a file that is no video.',
    );
  const made = newMedia(deps, kept, {
    clientId: post.clientId,
    origin: 'ai',
    provenance: { model: usage.model, prompt },
    altText: post.altText,
    createdBy: null,
  });
  return deps.store.transaction(async (repositories) => {
    const { media } = await enter(repositories, made);
    const current = await repositories.posts.get(post.id);
    if (current !== undefined && !current.mediaIds.includes(media.id)) {
      await repositories.posts.update(post.id, {
        mediaIds: [...current.mediaIds, media.id],
        updatedAt: deps.clock.now(),
      });
    }
    await deps.calls.settle(call, usage, repositories);
    return media;
  });
}

function gaveUp({ kind }: Picture): Rendering {
  return {
    kind: 'failed',
    reason: kind === 'image' ? `The picture failed ${tries} times.` : `The video failed ${tries} times.`,
  };
}
