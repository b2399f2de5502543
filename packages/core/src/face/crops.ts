import { cropBox } from '../image/crop.js';
import { cropPixels } from '../image/crop-pixels.js';
import type { CropPolicy } from '../image/crop-policy.js';
import type { TurnedBox } from '../image/geometry.js';
import { normalizeInto } from '../image/normalize.js';
import type { Pixels } from '../image/pixels.js';
import type { ModelConfig } from '../model/config.js';
import type { RunOptions } from '../runtime/runtime.js';
import type { Detector } from './detector.js';
import type { Face } from './face.js';
import { findFaces } from './find-faces.js';

/** Where the faces of a photo come from: faces found before, crops, boxes, the whole photo, or the detector. */
export interface LocateOptions extends RunOptions {
  readonly faces?: readonly Face[] | undefined;
  readonly crops?: readonly TurnedBox[] | undefined;
  readonly boxes?: readonly TurnedBox[] | undefined;
  readonly detect?: false | undefined;
  readonly rotations?: boolean | undefined;
}

/**
 * Finds the faces of a photo that are to be analysed, and the crop of each.
 * @throws {FaceXFormerError} `BAD_OPTION` for a box outside the photo; what the detector throws.
 */
export async function locateFaces(
  pixels: Pixels,
  policy: CropPolicy,
  detector: Detector | undefined,
  { faces, crops, boxes, detect, rotations, signal }: LocateOptions,
): Promise<readonly Face[]> {
  if (faces) return faces;
  const known = (place: TurnedBox, crop: TurnedBox): Face => {
    const { roll: _, ...box } = place;
    return { box, score: 1, crop };
  };
  if (crops) return crops.map((crop) => known(crop, crop));
  if (boxes) return boxes.map((box) => known(box, cropBox(box, pixels, policy)));
  if (detect === false || !detector) {
    const box = { x: 0, y: 0, width: pixels.width, height: pixels.height };
    return [{ box, score: 1, crop: box }];
  }
  const detections = await findFaces(detector, pixels, { upright: policy.upright, rotations, signal });
  return detections.map(({ roll, ...found }) => ({
    ...found,
    crop: cropBox({ ...found.box, ...(roll !== undefined && { roll }) }, pixels, policy),
  }));
}

/** Crops, resizes and normalises a face: [3, height, width] as the network wants it. */
export function cropFace(
  pixels: Pixels,
  crop: TurnedBox,
  { input, normalization }: ModelConfig,
): Float32Array {
  const data = new Float32Array(3 * input.height * input.width);
  normalizeInto(cropPixels(pixels, input, crop), normalization, data, 0);
  return data;
}
