// Draws the tray's pictures into build/tray; they are kept in the repository. Run it with
// `node --experimental-strip-types scripts/make-tray-icons.ts` when a picture is to change.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(import.meta.dirname, '..', 'build', 'tray');

/** Told apart by shape as well as by colour. Drawn on 32 × 32. */
const signs = {
  idle: { colour: '#3b5bdb', sign: '<path d="M9.5 16.5l4.5 4.5 8.5-9.5" />' },
  publishing: { colour: '#0b7285', sign: '<path d="M16 23V10M10 15.5l6-6 6 6" />' },
  needs_you: { colour: '#e67700', sign: '<path d="M16 8.5v9.5" /><path d="M16 23v.2" />' },
  stopped: { colour: '#c92a2a', sign: '<rect x="11" y="11" width="10" height="10" fill="SIGN" />' },
  offline: { colour: '#5c677d', sign: '<path d="M10 10l12 12M22 10L10 22" />' },
  starting: { colour: '#5c677d', sign: '<path d="M9.5 16h.2M16 16h.2M22.3 16h.2" />' },
};

/** A disc with a sign on it; as a template for macOS the sign is cut out of it. */
function drawn(colour: string, sign: string, isTemplate: boolean): string {
  const stroke = isTemplate ? 'black' : 'white';
  const lines = `<g fill="none" stroke="${stroke}" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round">${sign.replace('SIGN', stroke)}</g>`;
  const disc = isTemplate
    ? `<mask id="m"><rect width="32" height="32" fill="white" />${lines}</mask><circle cx="16" cy="16" r="15" mask="url(#m)" />`
    : `<circle cx="16" cy="16" r="15" fill="${colour}" />${lines}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${disc}</svg>`;
}

async function save(svg: string, name: string, size: number): Promise<void> {
  await sharp(Buffer.from(svg), { density: 72 * (size / 16) })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toFile(join(folder, name));
}

mkdirSync(folder, { recursive: true });
for (const [mood, { colour, sign }] of Object.entries(signs)) {
  const plain = drawn(colour, sign, false);
  await save(plain, `${mood}.png`, 16);
  await save(plain, `${mood}@2x.png`, 32);
  const template = drawn(colour, sign, true);
  await save(template, `${mood}Template.png`, 16);
  await save(template, `${mood}Template@2x.png`, 32);
}
await save(drawn(signs.idle.colour, signs.idle.sign, false), 'app.png', 256);
