import { cropPixels } from '../image/crop-pixels.js';
import { photoToUnit, type Size, type TurnedBox, unitToPhoto, wrapDegrees } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import type { RunOptions } from '../runtime/runtime.js';
import type { Detection, Detector } from './detector.js';

/**
 * Finds the faces in a turned part of a photo, as they stand in the photo.
 * @param size of the picture that the detector is shown of it
 * @throws what the detector throws.
 */
export async function detectIn(
  detector: Pick<Detector, 'detect'>,
  pixels: Pixels,
  view: TurnedBox,
  size: Size,
  run: RunOptions,
): Promise<readonly Detection[]> {
  const whole = { x: 0, y: 0, ...size };
  const found = await detector.detect(cropPixels(pixels, size, view), run);
  return found.map(({ box, roll = 0, keypoints, ...detection }) => {
    const toPhoto = (x: number, y: number) => unitToPhoto(photoToUnit({ x, y }, whole), view);
    const scale = view.width / size.width;
    const middle = toPhoto(box.x + (box.width - 1) / 2, box.y + (box.height - 1) / 2);
    const [width, height] = [box.width * scale, box.height * scale];
    return {
      ...detection,
      box: { x: middle.x + 0.5 - width / 2, y: middle.y + 0.5 - height / 2, width, height },
      roll: wrapDegrees((view.roll ?? 0) + roll),
      ...(keypoints && { keypoints: keypoints.map(({ x, y }) => toPhoto(x, y)) }),
    };
  });
}
