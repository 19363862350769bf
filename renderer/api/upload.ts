import type { Media } from '../../shared/contract/media.ts';
import { t } from '../i18n/i18n.ts';

export interface Upload {
  file: File;
  clientId: string;
  altText?: string;
  /** Called with 0 to 1 while the file travels. */
  onProgress?: (share: number) => void;
}

/**
 * Sends a file as multipart to the server host and gives the stored media.
 * XMLHttpRequest, because fetch does not tell how much of a body has been sent.
 */
export function uploadMedia({ file, clientId, altText, onProgress }: Upload): Promise<Media> {
  const form = new FormData();
  form.set('clientId', clientId);
  if (altText) form.set('altText', altText);
  form.set('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/media');
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Media);
      else reject(new Error(refusal(request.status, request.response)));
    });
    request.addEventListener('error', () => reject(new Error(t('common:error.fileLost'))));
    request.send(form);
  });
}

function refusal(status: number, body: unknown): string {
  if (status === 413) return t('common:error.fileTooLarge');
  const message = (body as { message?: unknown } | null)?.message;
  return typeof message === 'string' && message !== '' ? message : t('common:error.fileRefused');
}
