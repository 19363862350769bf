import { useState } from 'react';
import { explain } from '../../api/errors.ts';
import { uploadMedia } from '../../api/upload.ts';

/** A file on its way, or one that was refused. */
export interface UploadState {
  key: string;
  name: string;
  /** 0 to 1. */
  share: number;
  /** Why it was not taken, in words for a person. */
  problem: string | null;
}

let files = 0;

/** Uploads files of a client one after the other; what was refused stays until it is dismissed. */
export function useUploads(clientId: string, onAdded: () => void) {
  const [uploads, setUploads] = useState<readonly UploadState[]>([]);
  const change = (key: string, to: Partial<UploadState>): void =>
    setUploads((before) => before.map((upload) => (upload.key === key ? { ...upload, ...to } : upload)));
  const dismiss = (key: string): void => setUploads((before) => before.filter((upload) => upload.key !== key));

  async function send({ key, file }: { key: string; file: File }): Promise<void> {
    try {
      await uploadMedia({ file, clientId, onProgress: (share) => change(key, { share }) });
      dismiss(key);
      onAdded();
    } catch (error) {
      change(key, { problem: explain(error).message });
    }
  }

  async function add(chosen: readonly File[]): Promise<void> {
    const queue = chosen.map((file) => {
      files += 1;
      return { key: String(files), file };
    });
    const waiting = queue.map(({ key, file }) => ({ key, name: file.name, share: 0, problem: null }));
    setUploads((before) => [...before, ...waiting]);
    for (const item of queue) await send(item);
  }

  return { uploads, add, dismiss };
}
