import { mediaFor } from '../../../shared/domain/media.ts';
import { textFor } from '../pipeline/content.ts';
import type { MediaFiles, MediaRecord, OutgoingMedia, Publication } from '../ports/index.ts';
import type { Situation } from './situation.ts';

/** A publication with its files' facts but not their bytes, for checks that need no upload. */
export function sketchPublication(situation: Pick<Situation, 'post' | 'target' | 'media'>): Publication {
  const { post, target, media } = situation;
  return {
    text: textFor(post, target),
    options: target.options,
    media: mediaFor(target.platform, media).map((record) =>
      outgoing(asPrepared(record), post.altText, new Uint8Array()),
    ),
  };
}

/** How much memory the media take, about: images go out converted. */
export function bytesOf({ target, media }: Pick<Situation, 'target' | 'media'>): number {
  return mediaFor(target.platform, media).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The publication with the bytes as this network takes them. @throws {MediaRefused} */
export async function loadPublication(situation: Situation, files: MediaFiles): Promise<Publication> {
  const { post, target } = situation;
  const media: OutgoingMedia[] = [];
  for (const record of mediaFor(target.platform, situation.media)) {
    const prepared = await files.prepare(record.sha256, target.platform);
    media.push({ ...outgoing(record, post.altText, prepared.bytes), ...prepared });
  }
  return { text: textFor(post, target), options: target.options, media };
}

/** Images are cropped and converted on their way out, so the file's own format and ratio say nothing. */
function asPrepared(record: MediaRecord): MediaRecord {
  return record.kind === 'video' ? record : { ...record, mime: 'image/jpeg', width: 1080, height: 1350 };
}

function outgoing(record: MediaRecord, altText: string | null, bytes: Uint8Array): OutgoingMedia {
  return {
    kind: record.kind,
    mime: record.mime,
    bytes,
    width: record.width,
    height: record.height,
    durationMs: record.durationMs,
    altText: altText ?? record.altText,
    aiMade: record.origin === 'ai',
  };
}
