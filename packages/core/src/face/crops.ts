import type { Tensor } from '../base/tensor.js';
import { cropBox } from '../image/crop.js';
import type { Box } from '../image/geometry.js';
import { normalizeInto } from '../image/normalize.js';
import type { Pixels } from '../image/pixels.js';
import { resizeBicubic } from '../image/resize.js';
import type { ModelConfig } from '../model/config.js';
import type { Detector } from './detector.js';
import type { AnalyzeOptions, Face } from './face.js';

/** Decides which faces of a photo are analysed, and the crop of each. */
export async function locateFaces(
  pixels: Pixels,
  policy: ModelConfig['crop'],
  detector: Detector | undefined,
  { boxes, detect, signal }: AnalyzeOptions,
): Promise<readonly Face[]> {
  if (boxes) return boxes.map((box) => ({ box, score: 1, crop: cropBox(box, pixels, policy) }));
  if (detect === false || !detector) {
    const box = { x: 0, y: 0, width: pixels.width, height: pixels.height };
    return [{ box, score: 1, crop: box }];
  }
  const detections = await detector.detect(pixels, { signal });
  return detections.map((found) => ({ ...found, crop: cropBox(found.box, pixels, policy) }));
}

/** Crops, resizes and normalises: [faces, 3, height, width] as the network wants it. */
export function cropBatch(
  pixels: Pixels,
  crops: readonly Box[],
  { input, normalization }: ModelConfig,
): Tensor {
  const size = 3 * input.height * input.width;
  const data = new Float32Array(crops.length * size);
  crops.forEach((crop, index) => {
    normalizeInto(resizeBicubic(pixels, input, crop), normalization, data, index * size);
  });
  return { dims: [crops.length, 3, input.height, input.width], data };
}
