import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A form that breaks RFC 7578. The message is for a person. */
export class BadForm extends Error {
  override name = 'BadForm';
}

const maxParts = 20;
const maxHeaderBytes = 8_192;
const maxFieldBytes = 64 * 1024;

/**
 * Reads a multipart form piece by piece. Its files go to the disk, not into memory: what stands for
 * them in the form is read from there.
 * @param folder where the files lie until `remove` is called
 * @throws {BadForm}
 */
export async function receiveForm(
  request: Request,
  folder: string,
): Promise<{ form: FormData; remove: () => Promise<void> }> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? '');
  const form = new FormData();
  const paths: string[] = [];
  const remove = async (): Promise<void> => {
    for (const path of paths) await rm(path, { force: true });
  };
  try {
    const reader = new PartReader(request.body ?? new Blob([]).stream(), boundary);
    for (let count = 0; await reader.next(); count += 1) {
      if (count === maxParts) throw new BadForm('The form has too many fields.');
      const { name, filename, type } = dispositionOf(await reader.headers());
      if (filename === null) {
        form.append(name, await textOf(reader.content()));
        continue;
      }
      const path = join(folder, randomUUID());
      paths.push(path);
      await save(reader.content(), folder, path);
      form.append(name, new File([await openAsBlob(path)], filename, { type }));
    }
    return { form, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new BadForm('The form has no boundary.');
  return boundary;
}

/** The parts of a multipart body, one after the other. */
class PartReader {
  readonly #source: ReadableStreamDefaultReader<Uint8Array>;
  readonly #delimiter: Buffer;
  /** What was read and not used; the line break lets the first boundary look like the others. */
  #rest: Buffer = Buffer.from('\r\n');
  #isInContent = true;

  constructor(body: ReadableStream<Uint8Array>, boundary: string) {
    this.#source = body.getReader();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  /** Goes to the next part; false after the last. */
  async next(): Promise<boolean> {
    if (this.#isInContent) await this.#skip();
    this.#isInContent = true;
    while (this.#rest.length < 2) await this.#read();
    const mark = this.#rest.toString('latin1', 0, 2);
    if (mark === '--') return false;
    if (mark !== '\r\n') throw new BadForm('The form has a broken boundary.');
    this.#rest = this.#rest.subarray(2);
    return true;
  }

  async headers(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end > maxHeaderBytes || (end === -1 && this.#rest.length > maxHeaderBytes)) {
        throw new BadForm('A field of the form has too many headers.');
      }
      if (end !== -1) {
        const text = this.#rest.toString('utf8', 0, end);
        this.#rest = this.#rest.subarray(end + 4);
        return text;
      }
      await this.#read();
    }
  }

  /** The content up to the next boundary. */
  async *content(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const end = this.#rest.indexOf(this.#delimiter);
      if (end !== -1) {
        if (end > 0) yield this.#rest.subarray(0, end);
        this.#rest = this.#rest.subarray(end + this.#delimiter.length);
        this.#isInContent = false;
        return;
      }
      const certain = this.#rest.length - this.#delimiter.length + 1;
      if (certain > 0) {
        yield this.#rest.subarray(0, certain);
        this.#rest = this.#rest.subarray(certain);
      }
      await this.#read();
    }
  }

  async #skip(): Promise<void> {
    const content = this.content();
    while ((await content.next()).done !== true);
  }

  async #read(): Promise<void> {
    const { value } = await this.#source.read();
    if (value === undefined) throw new BadForm('The form ends too early.');
    this.#rest = this.#rest.length === 0 ? Buffer.from(value) : Buffer.concat([this.#rest, value]);
  }
}

function dispositionOf(headers: string): { name: string; filename: string | null; type: string } {
  const lines = new Map(
    headers.split('\r\n').map((line) => {
      const [key = '', ...value] = line.split(':');
      return [key.trim().toLowerCase(), value.join(':').trim()] as const;
    }),
  );
  const disposition = lines.get('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (!disposition.toLowerCase().startsWith('form-data') || name === null) {
    throw new BadForm('A field of the form has no name.');
  }
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(lines.get('content-type') ?? '')?.[0] ?? 'application/octet-stream';
  return { name, filename: parameter(disposition, 'filename'), type };
}

/** Browsers write quotes in names as %22, curl as \". */
function parameter(disposition: string, key: string): string | null {
  const match = new RegExp(`;\\s*${key}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(disposition);
  const text = match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
  return text?.replaceAll('%22', '"') ?? null;
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > maxFieldBytes) throw new BadForm('A field of the form is too long.');
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function save(content: AsyncIterable<Uint8Array>, folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}
