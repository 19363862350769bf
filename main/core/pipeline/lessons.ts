import { phrase } from '../../../shared/domain/phrase.ts';
import type { Lesson } from '../../../shared/contract/review.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import { clientOf } from '../clients/clients.ts';
import { NotFound } from '../errors.ts';
import { isoOf } from '../instants.ts';
import type { Clock, LessonRecord, Random, Repositories, Store } from '../ports/index.ts';
import type { WholePost } from './examine.ts';

/** What people thought of a client's texts; the next ones are written with it in mind. */
export interface Lessons {
  /** Newest first. @throws {NotFound} */
  list(clientId: string): Promise<Lesson[]>;
  /** The AI is not told of it any more. @throws {NotFound} */
  forget(clientId: string, id: string, actor: string): Promise<void>;
  /** Takes {@link forget} back. @throws {NotFound} */
  restore(clientId: string, id: string, actor: string): Promise<Lesson>;
}

/** As many as a person looks through. */
const shown = 100;

export function createLessons(deps: { store: Store; clock: Clock; activity: Activity; changes: Changes }): Lessons {
  const { store, clock } = deps;

  async function change(
    clientId: string,
    id: string,
    withdrawnAt: number | null,
    { actor, kind, message }: { actor: string; kind: string; message: (client: string) => string },
  ) {
    await store.transaction(async (repositories) => {
      const { name } = await clientOf(repositories, clientId);
      const lesson = await repositories.lessons.get(id);
      if (lesson?.clientId !== clientId || lesson.taughtAt === null) throw new NotFound('lesson', id);
      if ((lesson.withdrawnAt === null) === (withdrawnAt === null)) return;
      await repositories.lessons.update(id, { withdrawnAt });
      await deps.activity.record(
        { actor, kind, message: message(name), clientId, postId: lesson.postId },
        repositories,
      );
    });
    deps.changes.tell('client.changed', clientId, clientId);
  }

  return {
    async list(clientId) {
      await clientOf(store, clientId);
      return (await store.lessons.listOfClient(clientId, shown)).map(lessonView);
    },

    forget: (clientId, id, actor) =>
      change(clientId, id, clock.now(), {
        actor,
        kind: 'lesson.forgotten',
        message: (client) => phrase`Had the AI forget something about ${client}`,
      }),

    async restore(clientId, id, actor) {
      await change(clientId, id, null, {
        actor,
        kind: 'lesson.restored',
        message: (client) => phrase`Told the AI something again about ${client}`,
      });
      const lesson = await store.lessons.get(id);
      if (lesson === undefined) throw new NotFound('lesson', id);
      return lessonView(lesson);
    },
  };
}

function lessonView(lesson: LessonRecord): Lesson {
  const { id, postId, kind, reason, written, changedTo, taughtBy, taughtAt } = lesson;
  return { id, postId, kind, reason, written, changedTo, by: taughtBy, at: isoOf(taughtAt ?? 0) };
}

interface Teaching {
  random: Random;
  now: number;
  actor: string;
}

/** A rejection with a reason teaches at once; it takes the place of an earlier one of the post. */
export async function teachRejection(
  repositories: Repositories,
  { post }: WholePost,
  reason: string | undefined,
  { random, now, actor }: Teaching,
): Promise<void> {
  await withdrawRejections(repositories, post.id, now);
  if (reason === undefined || reason.trim() === '') return;
  await repositories.lessons.insert({
    id: random.id(),
    clientId: post.clientId,
    postId: post.id,
    kind: 'rejected',
    reason: reason.trim(),
    written: post.caption,
    changedTo: null,
    taughtBy: actor,
    taughtAt: now,
    withdrawnAt: null,
  });
}

/** A rejection that was taken back teaches nothing. */
export async function withdrawRejections(repositories: Repositories, postId: string, now: number): Promise<void> {
  for (const { id, kind, withdrawnAt } of await repositories.lessons.listOfPost(postId)) {
    if (kind === 'rejected' && withdrawnAt === null) await repositories.lessons.update(id, { withdrawnAt: now });
  }
}

/**
 * Notes what a person changed about texts that the AI wrote. Choosing another of the AI's wordings is no such change.
 * It teaches when the post is approved, see {@link teachEdits}.
 */
export async function noteEdits(
  repositories: Repositories,
  before: WholePost,
  after: WholePost,
  { random, now, actor }: Teaching,
): Promise<void> {
  const { post } = before;
  if (post.source !== 'ai') return;
  const chosen = new Set((await repositories.variants.listOfPost(post.id)).map(({ caption }) => caption));
  const known = (await repositories.lessons.listOfPost(post.id)).filter(({ kind }) => kind === 'edited');
  for (const [was, is] of changedTexts(before, after)) {
    if (chosen.has(is)) continue;
    const earlier = known.find(({ changedTo }) => changedTo === was);
    if (earlier !== undefined) {
      const withdrawnAt = isSame(earlier.written, is) ? now : null;
      await repositories.lessons.update(earlier.id, { changedTo: is, taughtAt: null, taughtBy: actor, withdrawnAt });
    } else if (!isSame(was, is)) {
      await repositories.lessons.insert({
        id: random.id(),
        clientId: post.clientId,
        postId: post.id,
        kind: 'edited',
        reason: null,
        written: was,
        changedTo: is,
        taughtBy: actor,
        taughtAt: null,
        withdrawnAt: null,
      });
    }
  }
}

/** What was changed and is now approved teaches, as far as it is still what the post says. */
export async function teachEdits(repositories: Repositories, { post, targets }: WholePost, now: number): Promise<void> {
  const texts = new Set([post.caption, ...targets.map(({ caption }) => caption)]);
  for (const { id, kind, changedTo, taughtAt, withdrawnAt } of await repositories.lessons.listOfPost(post.id)) {
    if (kind !== 'edited' || taughtAt !== null || withdrawnAt !== null) continue;
    await repositories.lessons.update(id, texts.has(changedTo) ? { taughtAt: now } : { withdrawnAt: now });
  }
}

/** The caption and the accounts' own wordings that were changed, each before and after. */
function changedTexts(before: WholePost, after: WholePost): [string, string][] {
  const pairs: [string | null, string | null][] = [
    [before.post.caption, after.post.caption],
    ...before.targets.map(({ id, caption }): [string | null, string | null] => [
      caption,
      after.targets.find((target) => target.id === id)?.caption ?? null,
    ]),
  ];
  return pairs.flatMap(([was, is]) => (was === null || is === null || was === is ? [] : [[was, is]]));
}

/** Another line break is no lesson. */
function isSame(a: string, b: string): boolean {
  return a.replaceAll(/\s+/g, ' ').trim() === b.replaceAll(/\s+/g, ' ').trim();
}
