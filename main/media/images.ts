import sharp, { type Sharp } from 'sharp';
import { MediaRefused, type PreparedMedia } from '../core/ports/index.ts';
import { cropFor, type Size } from './crop.ts';
import type { Platform } from '../../shared/domain/platform.ts';

/* Runs in a worker, see `pictures.ts`. */

const maxBytes = 25 * 1024 * 1024;
const maxPixels = 50_000_000;
const maxSide = 10_000;
/** Facebook's limit for photos, the lowest of the networks. */
const maxJpegBytes = 4 * 1024 * 1024;
const qualities = [92, 85, 78, 70, 60, 45];

/** Size of an image as it is seen, after decoding all of it. @throws {MediaRefused} */
export async function inspectImage(bytes: Uint8Array): Promise<Size> {
  if (bytes.length > maxBytes) throw new MediaRefused('too_large', 'The image is larger than 25 MB.');
  try {
    const { width, height } = await sizeOf(bytes);
    if (width > maxSide || height > maxSide || width * height > maxPixels) {
      throw new MediaRefused('too_many_pixels', 'The image has more than 50 megapixels or a side of more than 10,000.');
    }
    await open(bytes).resize(16, 16, { fit: 'fill' }).raw().toBuffer();
    return { width, height };
  } catch (error) {
    if (error instanceof MediaRefused) throw error;
    throw new MediaRefused('damaged', 'The image is damaged or cut off.');
  }
}

/**
 * The image as a network takes it: upright, cropped, sRGB, a JPEG of at most 4 MB. Its metadata is
 * dropped, but not the mark that it was made with AI.
 */
export async function toJpeg(bytes: Uint8Array, platform: Platform): Promise<PreparedMedia> {
  const { autoOrient, xmpAsString } = await open(bytes).metadata();
  const { out, ...area } = cropFor(platform, autoOrient);
  const upright = open(bytes).autoOrient().extract(area).resize(out.width, out.height, { fit: 'fill' });
  const { data, info } = await upright
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  for (const quality of qualities) {
    const jpeg = withOrigin(sharp(data, { raw: info }).jpeg({ quality }), xmpAsString);
    const encoded = new Uint8Array(await jpeg.toBuffer());
    if (encoded.length <= maxJpegBytes) return { mime: 'image/jpeg', bytes: encoded, ...out };
  }
  throw new MediaRefused('too_large', 'The image cannot be made small enough for the network.');
}

/** From the header alone, whatever the size: the limit is for decoding. */
async function sizeOf(bytes: Uint8Array): Promise<Size> {
  return (await sharp(bytes, { limitInputPixels: false }).metadata()).autoOrient;
}

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels, pages: 1 });
}

/** IPTC's digital source type for media that was made, or partly made, by a trained model. */
const sourceTypes =
  /http:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/(?:compositeWith)?[tT]rainedAlgorithmicMedia/;

function withOrigin(image: Sharp, xmp: string | undefined): Sharp {
  const sourceType = sourceTypes.exec(xmp ?? '')?.[0];
  if (sourceType === undefined) return image;
  return image.withXmp(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
      `<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ` +
      `Iptc4xmpExt:DigitalSourceType="${sourceType}"/></rdf:RDF></x:xmpmeta>`,
  );
}
