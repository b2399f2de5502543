import type { Box, Detection, Pixels } from '@facexformer/core';
import type { TeachModel } from './open-model.ts';

/** A photo with a face, ready to teach. */
export interface Shot {
  /** Unique on this page; what the model computed of it is kept under it. */
  readonly id: number;
  readonly name: string;
  readonly pixels: Pixels;
  readonly box: Box;
  /** The face's surroundings as a data URL. */
  readonly thumbnail: string;
}

/** Longest side that is kept of a photo; the network sees far less of a face. */
const LARGEST = 1024;
/** Side of a thumbnail, in pixels. */
const THUMBNAIL = 144;

let last = 0;

/** Finds the most certain face of a picture; undefined where there is none. */
export async function takeShot(
  { runtime, detector }: TeachModel,
  picture: ImageBitmap,
  name: string,
): Promise<Shot | undefined> {
  const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const bitmap = await createImageBitmap(picture, {
    resizeWidth: Math.max(1, Math.round(picture.width * scale)),
    resizeHeight: Math.max(1, Math.round(picture.height * scale)),
    resizeQuality: 'high',
  });
  try {
    const pixels = await runtime.decode(bitmap);
    const [best] = await detector.detect(pixels);
    if (!best) return undefined;
    last += 1;
    return { id: last, name, pixels, box: best.box, thumbnail: thumbnailOf(bitmap, best) };
  } finally {
    bitmap.close();
  }
}

/** A square around the face, with a frame where it was found. */
function thumbnailOf(bitmap: ImageBitmap, { box }: Detection): string {
  const canvas = document.createElement('canvas');
  canvas.width = THUMBNAIL;
  canvas.height = THUMBNAIL;
  const context = canvas.getContext('2d')!;
  const side = Math.max(box.width, box.height) * 1.7;
  const left = box.x + box.width / 2 - side / 2;
  const top = box.y + box.height / 2 - side / 2;
  const scale = THUMBNAIL / side;
  context.fillStyle = '#222';
  context.fillRect(0, 0, THUMBNAIL, THUMBNAIL);
  context.drawImage(bitmap, -left * scale, -top * scale, bitmap.width * scale, bitmap.height * scale);
  const frame = [
    (box.x - left) * scale,
    (box.y - top) * scale,
    box.width * scale,
    box.height * scale,
  ] as const;
  for (const [color, width] of [
    ['#000', 6],
    ['#7cc0ff', 3],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.strokeRect(...frame);
  }
  return canvas.toDataURL('image/jpeg', 0.8);
}
