import type { World, Upload } from './state.ts';

export function newUpload(size: number | null = null): Upload {
  return { size, received: 0, parts: [] };
}

/** Appends bytes that arrived; what came before a cut connection is kept and can be resumed. */
export function appendToUpload(world: World, upload: Upload, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  upload.parts.push(world.blobs.put(bytes));
  upload.received += bytes.length;
}

export function isComplete(upload: Upload): boolean {
  return upload.size !== null && upload.received === upload.size;
}

/** The bytes of a complete upload. */
export function uploadedBytes(world: World, upload: Upload): Uint8Array {
  return Buffer.concat(upload.parts.map((part) => world.blobs.get(part) ?? new Uint8Array()));
}
