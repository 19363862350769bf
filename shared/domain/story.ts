/** How an Instagram target appears; left out, in the feed: a picture, a carousel or a reel. */
export const formats = ['story'] as const;

/** What a target's options say of it. */
interface Formatted {
  format?: (typeof formats)[number] | undefined;
}

/**
 * Whether a target is a story. It has one picture or video and is seen for a day; it takes no caption, no alternative text,
 * no comments, no collaborators and no place. People could be tagged, but how is not documented.
 */
export function isStory({ format }: Formatted): boolean {
  return format === 'story';
}

/** How long a story is seen, and how long Instagram has figures of it, ms. */
export const storyLivesMs = 24 * 3_600_000;

/** From Meta's IG User media reference: seconds, and bytes of a video. */
export const storyLimits = { shortest: 3, longest: 60, maxBytes: 100_000_000 } as const;

/** What is looked at of a file; `bytes` of a video that goes out as it is, else null. */
interface StoryFile {
  kind: 'image' | 'video';
  width: number;
  height: number;
  durationMs: number | null;
  bytes: number | null;
}

/** What Instagram would refuse of a story's files. */
export type StoryFault =
  | { kind: 'missing' }
  | { kind: 'several'; is: number }
  /** In seconds. */
  | { kind: 'duration'; is: number }
  /** In bytes. */
  | { kind: 'too_large'; is: number };

/** @param files all that would go there; a story has exactly one */
export function storyFaults(files: readonly StoryFile[]): StoryFault[] {
  const [file, ...more] = files;
  if (file === undefined) return [{ kind: 'missing' }];
  if (more.length > 0) return [{ kind: 'several', is: files.length }];
  if (file.kind === 'image') return [];
  const faults: StoryFault[] = [];
  const { shortest, longest, maxBytes } = storyLimits;
  const seconds = (file.durationMs ?? shortest * 1_000) / 1_000;
  if (seconds < shortest || seconds > longest) faults.push({ kind: 'duration', is: seconds });
  if (file.bytes !== null && file.bytes > maxBytes) faults.push({ kind: 'too_large', is: file.bytes });
  return faults;
}

/** Whether a file fills the upright screen of a story, give or take what nobody sees. */
export function fillsStory({ width, height }: Pick<StoryFile, 'width' | 'height'>): boolean {
  return Math.abs(width / height - 9 / 16) < 0.01;
}
