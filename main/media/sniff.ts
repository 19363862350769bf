import type { MediaFacts } from '../core/ports/index.ts';

/** What bytes are by their signature, whatever they are called; null for everything we do not take. */
export function sniff(bytes: Uint8Array): MediaFacts['mime'] | null {
  if (startsWith(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg';
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return 'image/webp';
  if (startsWith(bytes, 4, 'ftyp')) return ofBrand(text(bytes, 8, 12));
  if (startsWith(bytes, 0, '\x1a\x45\xdf\xa3') && text(bytes, 0, 64).includes('webm')) return 'video/webm';
  return null;
}

/** Brands of ISO base media files; the same box heads AVIF and HEIC images, which are none of ours. */
function ofBrand(brand: string): MediaFacts['mime'] | null {
  if (brand === 'qt  ') return 'video/quicktime';
  return /^(?:isom|iso[2-9]|mp4[12]|avc1|dash|M4V |MSNV|mmp4|f4v )/.test(brand) ? 'video/mp4' : null;
}

function startsWith(bytes: Uint8Array, at: number, signature: string): boolean {
  return text(bytes, at, at + signature.length) === signature;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
