/** Sizes in bytes. Where TikTok writes "MB" without saying which, the stricter reading holds. */
const smallestChunk = 5 * 1024 * 1024;
const largestChunk = 64_000_000;
export const largestLastChunk = 128_000_000;
const largestVideo = 4_000_000_000;
const mostChunks = 1000;

interface ChunkPlan {
  video_size: number;
  chunk_size: number;
  total_chunk_count: number;
}

/**
 * Judges an announced upload by TikTok's media transfer guide: the count is the size divided by
 * the chunk size, rounded down; chunks have 5 to 64 MB; a small file goes in one chunk of its own
 * size; one chunk holds at most 64 MB; 1 to 1000 chunks.
 *
 * @returns what is wrong, or null.
 */
export function chunkPlanProblem(plan: ChunkPlan): string | null {
  const { video_size: size, chunk_size: chunk, total_chunk_count: count } = plan;
  if (size > largestVideo) return 'The video is larger than 4 GB.';
  if (chunk > size) return 'chunk_size is larger than video_size.';
  if (count !== Math.floor(size / chunk)) return 'total_chunk_count must be video_size / chunk_size, rounded down.';
  if (count > mostChunks) return 'There are more than 1000 chunks.';
  if (chunk > largestChunk) return 'chunk_size is larger than 64 MB.';
  if (chunk === size) return null;
  if (chunk < smallestChunk) return 'chunk_size is smaller than 5 MB.';
  if (count === 1 && size > largestChunk) return 'A video larger than 64 MB needs several chunks.';
  return null;
}

/** First and last byte of chunk `index`; the last chunk takes the remainder. */
export function chunkRange(
  upload: { size: number; chunkSize: number; chunkCount: number },
  index: number,
): { first: number; last: number } {
  const first = index * upload.chunkSize;
  const isLast = index === upload.chunkCount - 1;
  return { first, last: isLast ? upload.size - 1 : first + upload.chunkSize - 1 };
}
