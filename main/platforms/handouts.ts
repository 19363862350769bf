import { isPublicOrigin } from '../../shared/domain/redirects.ts';
import type { Clock, Random } from '../core/ports/index.ts';

/** A file that a network may fetch. */
interface HandoutFile {
  bytes: Uint8Array;
  mime: string;
}

/** A file at an address that nobody can guess, until it is taken back. */
export interface Handout {
  address: string;
  takeBack(): void;
}

/**
 * Files that a network fetches from this app, while a post is being prepared and no longer. Each has an address of its
 * own with 256 random bits in it; there is no list of them.
 */
export interface Handouts {
  /** Whether a network can reach this app at all. */
  isReachable(): boolean;
  /** Null where no network can reach this app. */
  offer(file: HandoutFile): Handout | null;
  /** What stands at an address of ours; undefined for all that is not handed out now. @param name last part of the path */
  find(name: string): HandoutFile | undefined;
}

export const handoutPath = '/handout/';

/** Longer than any preparation takes: even one that never ends must not leave a file in the open. */
const longestMs = 60 * 60_000;

const extensions: Record<string, string> = { 'image/jpeg': '.jpg', 'video/mp4': '.mp4', 'video/quicktime': '.mov' };

/**
 * @param options.origin that people reach this app at, without a trailing slash; empty while nobody does
 * @param options.isNetworkNear the network runs on this computer, as the sandbox's do
 */
export function createHandouts({
  clock,
  random,
  origin,
  isNetworkNear,
}: {
  clock: Pick<Clock, 'monotonic'>;
  random: Pick<Random, 'bytes'>;
  origin(): string;
  isNetworkNear: boolean;
}): Handouts {
  const handed = new Map<string, HandoutFile & { until: number }>();

  function clear(): void {
    const now = clock.monotonic();
    for (const [name, { until }] of handed) if (until <= now) handed.delete(name);
  }

  function isReachable(): boolean {
    return isPublicOrigin(origin()) || (isNetworkNear && /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin()));
  }

  return {
    isReachable,

    offer({ bytes, mime }) {
      if (!isReachable()) return null;
      clear();
      const name = Buffer.from(random.bytes(32)).toString('base64url') + (extensions[mime] ?? '');
      handed.set(name, { bytes, mime, until: clock.monotonic() + longestMs });
      return { address: origin() + handoutPath + name, takeBack: () => void handed.delete(name) };
    },

    find(name) {
      clear();
      return handed.get(name);
    },
  };
}
