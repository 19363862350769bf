import sharp, { type Metadata, type OutputInfo, type Sharp } from 'sharp';
import { type Crop, clipSize, cropFor, fillsClip, type Point, type Size } from '../../shared/domain/crop.ts';
import { MediaRefused } from '../core/ports/files.ts';

/* Runs in a worker, see `decoder.ts`. Whatever a file is called or claims to be, only these are read. */

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile', 'VipsForeignLoadWebpFile'] });

const maxPixels = 50_000_000;
const maxSide = 10_000;
/** Facebook's limit for photos, the lowest of the networks. */
const maxJpegBytes = 4_000_000;
const qualities = [92, 85, 78, 70, 60, 45];
const thumbnailSide = 480;
/** Four times what a page of a report has room for. */
const logoSize = { width: 600, height: 240 };
/** A progressive JPEG of 50 megapixels without subsampling just fits. */
const maxBytesAtOnce = 305_000_000;
const tooHeavy =
  'The image takes too much memory to open. Save it without interlacing (as a baseline JPEG or plain PNG), or smaller.';

/**
 * Size of an image as it is seen, after decoding all of it, and whether it says that AI made it.
 * @throws {MediaRefused}
 */
export async function inspectImage(path: string): Promise<Size & { aiMarked: boolean }> {
  try {
    const header = await headerOf(path);
    const { width, height } = header.autoOrient;
    if (width > maxSide || height > maxSide || width * height > maxPixels) {
      throw new MediaRefused('too_many_pixels', 'The image has more than 50 megapixels or a side of more than 10,000.');
    }
    if (bytesAtOnce(header) > maxBytesAtOnce) throw new MediaRefused('too_heavy', tooHeavy);
    await open(path).resize(16, 16, { fit: 'fill' }).raw().toBuffer();
    return { width, height, aiMarked: sourceTypeIn(header.xmpAsString) !== undefined };
  } catch (error) {
    if (error instanceof MediaRefused) throw error;
    throw new MediaRefused('damaged', 'The image is damaged or cut off.');
  }
}

/**
 * The part of an image that a network gets, upright, in sRGB, as a JPEG of at most 4 MB. Its metadata,
 * such as where it was taken, is dropped; the mark that AI made it is written anew.
 */
export async function toJpeg(path: string, crop: Crop, aiMade: boolean): Promise<Uint8Array> {
  const { autoOrient, orientation, xmpAsString } = await headerOf(path);
  const { data, info } = await pixels(path, autoOrient, orientation, crop);
  return small(sharp(data, { raw: info }), aiMade ? markOf(xmpAsString) : null);
}

/** A full screen as a network gets it: {@link clipStill} with the size and the mark of {@link toJpeg}. */
export async function toStory(path: string, focal: Point | null, aiMade: boolean): Promise<Uint8Array> {
  const { xmpAsString } = await headerOf(path);
  return small(await screen(path, focal), aiMade ? markOf(xmpAsString) : null);
}

/** A JPEG of at most 4 MB. @param mark source type that is written into it; null for none */
async function small(image: Sharp, mark: string | null): Promise<Uint8Array> {
  for (const quality of qualities) {
    const jpeg = image.clone().jpeg({ quality });
    const encoded = await (mark === null ? jpeg : jpeg.withXmp(xmpOf(mark))).toBuffer();
    if (encoded.length <= maxJpegBytes) return new Uint8Array(encoded);
  }
  throw new MediaRefused('too_large', 'The image cannot be made small enough for the network.');
}

/** A picture of at most 480 pixels a side, a JPEG. */
export async function thumbnail(path: string): Promise<Uint8Array> {
  const { autoOrient, orientation } = await headerOf(path);
  const scale = Math.min(1, thumbnailSide / Math.max(autoOrient.width, autoOrient.height));
  const out = {
    width: Math.max(1, Math.round(autoOrient.width * scale)),
    height: Math.max(1, Math.round(autoOrient.height * scale)),
  };
  const { data, info } = await pixels(path, autoOrient, orientation, { left: 0, top: 0, ...autoOrient, out });
  return new Uint8Array(await sharp(data, { raw: info }).jpeg({ quality: 78 }).toBuffer());
}

/** A picture of at most 600 by 240 pixels, upright, a PNG that keeps what can be seen through; without metadata. */
export async function logo(path: string): Promise<Uint8Array> {
  const png = open(path)
    .autoOrient()
    .resize({ ...logoSize, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  return new Uint8Array(await png.png({ compressionLevel: 9 }).toBuffer());
}

/**
 * One still of a clip, 1080 by 1920, a JPEG. An image that is nearly as upright as that fills it, cut
 * around the point; of any other nothing is cut: it stands before a blurred copy of itself.
 */
export async function clipStill(path: string, focal: Point | null): Promise<Uint8Array> {
  return new Uint8Array(await (await screen(path, focal)).jpeg({ quality: 92 }).toBuffer());
}

async function screen(path: string, focal: Point | null): Promise<Sharp> {
  const { autoOrient, orientation } = await headerOf(path);
  const backdrop = await pixels(path, autoOrient, orientation, cropFor('tiktok', autoOrient, { focal }));
  const base = sharp(backdrop.data, { raw: backdrop.info });
  if (fillsClip(autoOrient)) return base;
  const scale = Math.min(clipSize.width / autoOrient.width, clipSize.height / autoOrient.height);
  const out = {
    width: Math.max(1, Math.round(autoOrient.width * scale)),
    height: Math.max(1, Math.round(autoOrient.height * scale)),
  };
  const whole = await pixels(path, autoOrient, orientation, { left: 0, top: 0, ...autoOrient, out });
  return base
    .blur(32)
    .modulate({ brightness: 0.7 })
    .composite([{ input: whole.data, raw: { ...whole.info, channels: 3 }, gravity: 'centre' }]);
}

/**
 * The pixels of a crop in sRGB, on white, without transparency. The whole image is made small while it
 * is read where that is possible, which takes a fraction of the memory; so the crop follows after.
 * @param size as it is seen; the crop is in its pixels
 */
async function pixels(
  path: string,
  size: Size,
  orientation: number | undefined,
  { out, ...area }: Crop,
): Promise<{ data: Buffer; info: OutputInfo & { channels: 3 } }> {
  const scale = { x: out.width / area.width, y: out.height / area.height };
  if (scale.x > 1 || scale.y > 1) {
    return onWhite(open(path).autoOrient().extract(area).resize(out.width, out.height, { fit: 'fill' }));
  }
  const whole = {
    width: Math.max(out.width, Math.round(size.width * scale.x)),
    height: Math.max(out.height, Math.round(size.height * scale.y)),
  };
  const lies = orientation !== undefined && orientation >= 5;
  const small = await onWhite(
    open(path).resize(lies ? whole.height : whole.width, lies ? whole.width : whole.height, { fit: 'fill' }),
  );
  const left = Math.min(Math.round(area.left * scale.x), whole.width - out.width);
  const top = Math.min(Math.round(area.top * scale.y), whole.height - out.height);
  const upright = await onWhite(turned(sharp(small.data, { raw: small.info }), orientation));
  return onWhite(sharp(upright.data, { raw: upright.info }).extract({ left, top, ...out }));
}

async function onWhite(image: Sharp): Promise<{ data: Buffer; info: OutputInfo & { channels: 3 } }> {
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, info: { ...info, channels: 3 } };
}

/** Upright, by EXIF's orientation: 1 upright … 3 upside down, 5 to 8 on its side, 2, 4, 5, 7 mirrored. */
function turned(image: Sharp, orientation: number | undefined): Sharp {
  switch (orientation) {
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    case 5:
      return image.rotate(90).flop();
    case 6:
      return image.rotate(90);
    case 7:
      return image.rotate(270).flop();
    case 8:
      return image.rotate(270);
    default:
      return image;
  }
}

/** What must be in memory at once to decode an image that is not stored line by line, by its header. */
function bytesAtOnce({ format, isProgressive, width, height, channels, depth, chromaSubsampling }: Metadata): number {
  if (isProgressive !== true) return 0;
  if (format === 'png') return width * height * channels * (depth === 'ushort' ? 2 : 1);
  // A JPEG's coefficients take 16 bits, and the two of colour are often stored in half or a quarter of the size.
  const planes = channels === 3 && chromaSubsampling?.startsWith('4:2:0') === true ? 1.5 : channels;
  return width * height * planes * 2;
}

/** Read without decoding, so whatever size it claims: the limit is for decoding. */
function headerOf(path: string): Promise<Metadata> {
  return sharp(path, { limitInputPixels: false }).metadata();
}

function open(path: string): Sharp {
  return sharp(path, { failOn: 'error', limitInputPixels: maxPixels, pages: 1 });
}

/** IPTC's digital source types for media that was made, or partly made, by a trained model. */
const sourceTypes =
  /http:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/(?:compositeWith)?[tT]rainedAlgorithmicMedia/;
const madeByModel = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

function markOf(xmp: string | undefined): string {
  return sourceTypeIn(xmp) ?? madeByModel;
}

function sourceTypeIn(xmp: string | undefined): string | undefined {
  return sourceTypes.exec(xmp ?? '')?.[0];
}

function xmpOf(sourceType: string): string {
  return (
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
    `<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ` +
    `Iptc4xmpExt:DigitalSourceType="${sourceType}"/></rdf:RDF></x:xmpmeta>`
  );
}
