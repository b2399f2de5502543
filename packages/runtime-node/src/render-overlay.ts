import type { Pixels, Shape, Size } from '@facexformer/core';
import { between, checkOptions, demand, LIST } from '@facexformer/core/arguments';
import { cardsHideFaces, type FaceDrawing, maskPixels, toSvg } from '@facexformer/core/draw';
import { checkPixels } from '@facexformer/core/image';
import { outlineText } from './outline-text.js';
import { loadSharp } from './sharp.js';

/** Choices of {@link renderOverlay}. */
export interface OverlayOptions {
  /**
   * A photo whose longer side has fewer pixels is enlarged by the least whole factor that reaches them, so that its
   * labels can be read. 0 keeps every photo's size. Default 720.
   */
  readonly minSide?: number;
}

const LARGEST_SIDE = 8192;

/** Width of the strip for cards, relative to the photo's long side, and its colour. */
const STRIP = 0.55;
const GROUND = '#1a2238';

/** What a turned mask leaves in its corners. */
const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 };

/** Dots per inch at which a pixel of an SVG is a pixel of the picture. */
const PIXEL_DENSITY = 72;

type Sharp = Awaited<ReturnType<typeof loadSharp>>;
type Mask = Shape & { readonly kind: 'mask' };

/**
 * Draws results over a photo.
 * @param drawings what `analyzer.draw` gives
 * @returns a PNG of the photo's size, or of a multiple of it (`minSide`); where a card of labels would otherwise hide a
 * face, a strip is added at the right.
 * @throws {FaceXFormerError} `BAD_IMAGE` for malformed pixels, `BAD_OPTION`, `RUNTIME` when sharp does not load.
 */
export async function renderOverlay(
  pixels: Pixels,
  drawings: readonly FaceDrawing[],
  options: OverlayOptions = {},
): Promise<Uint8Array> {
  checkPixels(pixels);
  demand(drawings, LIST, 'renderOverlay: drawings');
  checkOptions('renderOverlay', options, { minSide: between(0, LARGEST_SIDE) });
  const { minSide = 720 } = options;
  const { width, height, data } = pixels;
  const sharp = await loadSharp();
  const factor = Math.max(1, Math.ceil(minSide / Math.max(width, height)));
  const size = { width: width * factor, height: height * factor };
  const photo = sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    raw: { width, height, channels: 3 },
  }).resize({ ...size, fit: 'fill' });

  const masks = drawings.flatMap(({ shapes }) => shapes.filter((shape) => shape.kind === 'mask'));
  const layers = await Promise.all(masks.map((mask) => layMask(sharp, mask, size, factor)));
  const strip = cardsHideFaces(drawings, pixels, outlineText)
    ? Math.round(STRIP * Math.max(width, height))
    : 0;
  const svg = toSvg(drawings, { width: width + strip, height }, outlineText);
  const overlay = { input: Buffer.from(svg), density: PIXEL_DENSITY * factor, left: 0, top: 0 };
  const ground = await photo
    .extend({ right: strip * factor, background: GROUND })
    .png()
    .toBuffer();
  return sharp(ground)
    .composite([...layers.filter((layer) => layer !== undefined), overlay])
    .png()
    .toBuffer();
}

/** The part of a mask that lies over the photo, as a layer of the enlarged photo. */
async function layMask(sharp: Sharp, mask: Mask, size: Size, factor: number) {
  const { columns, rows, roll = 0 } = mask;
  const raw = { width: columns, height: rows, channels: 4 } as const;
  const whole = { width: Math.round(mask.width * factor), height: Math.round(mask.height * factor) };
  const upright = sharp(Buffer.from(maskPixels(mask).buffer), { raw })
    .resize({ ...whole, fit: 'fill', kernel: 'cubic' })
    .raw();
  const { data, info } = await (roll ? upright.rotate(roll, { background: TRANSPARENT }) : upright).toBuffer({
    resolveWithObject: true,
  });
  const { width, height } = info;
  const left = Math.round(mask.x * factor + (whole.width - width) / 2);
  const top = Math.round(mask.y * factor + (whole.height - height) / 2);
  const [x, y] = [Math.max(left, 0), Math.max(top, 0)];
  const part = {
    width: Math.min(left + width, size.width) - x,
    height: Math.min(top + height, size.height) - y,
  };
  if (!(part.width > 0 && part.height > 0)) return undefined;
  const input = await sharp(data, { raw: { width, height, channels: 4 } })
    .extract({ left: x - left, top: y - top, ...part })
    .png()
    .toBuffer();
  return { input, left: x, top: y };
}
