import { mediaToSend } from '../media/renditions.ts';
import type { PublishingDeps } from './context.ts';

/** Media are converted this long before they are due, so that a post goes out on the second. */
const readyBeforeMs = 3 * 60_000;
const atOnce = 500;

/**
 * Converts the media of posts that are due soon, one file after the other; the files keep what was
 * made. What cannot be converted is refused with its reason when the post is due.
 */
export interface MakeReady {
  /** Looks at what is due soon; does nothing while it is still busy with the last look. */
  look(): void;
  /** Resolves when nothing is being converted. */
  done(): Promise<void>;
}

/** @param stopping ends the work after the file under way */
export function createMakeReady(
  deps: Pick<PublishingDeps, 'store' | 'files' | 'clock' | 'log'>,
  stopping: AbortSignal,
): MakeReady {
  let underWay: Promise<void> | null = null;
  /** Targets as they were approved, of the last look. */
  let ready = new Set<string>();

  async function convertComing(): Promise<void> {
    const coming = await deps.store.targets.due(deps.clock.now() + readyBeforeMs, atOnce);
    const before = ready;
    ready = new Set();
    for (const { target, post } of coming) {
      const approved = `${target.id}/${post.approvedHash}`;
      ready.add(approved);
      if (before.has(approved)) continue;
      const media = await deps.store.media.getMany(post.mediaIds);
      for (const { record, rendition } of mediaToSend(target.platform, media, target.options)) {
        if (stopping.aborted) return;
        await deps.files.prepare(record.sha256, rendition).catch(notReady);
      }
    }
  }

  function notReady(error: unknown): void {
    deps.log.warn('media could not be made ready ahead of time', { error: String(error) });
  }

  return {
    look() {
      underWay ??= convertComing()
        .catch(notReady)
        .finally(() => {
          underWay = null;
        });
    },
    async done() {
      await underWay;
    },
  };
}
