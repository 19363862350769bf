import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Secrets by a name that may be shown. */
export type Secrets = Record<string, string | Uint8Array>;

/** Where a secret could show: bytes by the name of the place. */
export type Places = Map<string, Buffer>;

/**
 * Finds secrets in the open: as they are, in base64 (wherever in a longer text they begin), hex,
 * percent-encoded, escaped for JSON or in UTF-16.
 * @returns one line for each find, which names secret, form and place, and never the secret
 */
export function leaksIn(places: Places, secrets: Secrets): string[] {
  const needles = Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(formsOf(Buffer.from(secret as Uint8Array))).map(([form, needle]) => ({ name, form, needle })),
  );
  return [...places].flatMap(([place, content]) =>
    needles.filter(({ needle }) => content.includes(needle)).map(({ name, form }) => `${name}, ${form}, in ${place}`),
  );
}

/** All files below a folder, and their names, which could give something away as well. */
export function filesBelow(folder: string, except: readonly string[] = []): Places {
  const places: Places = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    places.set(`the name ${name}`, Buffer.from(name));
    if (entry.isFile() && !except.includes(name)) places.set(name, readFileSync(path));
  }
  return places;
}

function formsOf(secret: Buffer): Record<string, Buffer> {
  const text = secret.toString('latin1');
  const forms: Record<string, Buffer> = {
    plain: secret,
    reversed: Buffer.from(secret).reverse(),
    hex: Buffer.from(secret.toString('hex')),
    HEX: Buffer.from(secret.toString('hex').toUpperCase()),
    'percent-encoded': Buffer.from(encodeURIComponent(text)),
    'JSON-escaped': Buffer.from(JSON.stringify(text).slice(1, -1)),
    'UTF-16': Buffer.from(text, 'utf16le'),
  };
  for (const encoding of ['base64', 'base64url'] as const) {
    for (const offset of [0, 1, 2])
      forms[`${encoding} from ${offset}`] = Buffer.from(inBase64(secret, offset, encoding));
  }
  return forms;
}

/** The characters that stand for the secret alone when `offset` bytes (of 3) come before it. */
function inBase64(secret: Buffer, offset: number, encoding: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(offset), secret])
    .toString(encoding)
    .replace(/=+$/, '');
  const isShared = (offset + secret.length) % 3 !== 0;
  return text.slice([0, 2, 3][offset], isShared ? -1 : undefined);
}
