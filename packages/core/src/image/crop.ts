import { demand, having, NUMBER } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import type { CropPolicy } from './crop-policy.js';
import { BOX, type Box, SIZE } from './geometry.js';

const POLICY = having('{ margin, square }', { margin: NUMBER });

/** A crop may be at most so many times as large as the photo's longer side; a larger box is not a face's. */
const LARGEST = 8;

const text = ({ x, y, width, height }: Box): string => `box (x ${x}, y ${y}, ${width} x ${height})`;

/**
 * The whole-pixel crop that the network sees for a detected box.
 *
 * Rectangular policy: grown by `margin` of its size on each side, clamped to the photo, coordinates truncated to
 * integers, as the reference implementation does. Square policy: made square about its centre by its longer side,
 * grown, raised and rounded; it may reach over the photo's edge, where {@link resizeBicubic} repeats the edge pixels.
 * @throws {FaceXFormerError} `BAD_OPTION` for a box that is empty, not finite, outside the photo or absurdly large.
 */
export function cropBox(
  box: Box,
  photo: { readonly width: number; readonly height: number },
  policy: CropPolicy,
): Box {
  demand(box, BOX, 'cropBox: box');
  demand(photo, SIZE, 'cropBox: photo');
  demand(policy, POLICY, 'cropBox: policy');
  checkBox(box, photo);
  return policy.square ? squareCrop(box, policy) : clampedCrop(box, photo, policy.margin);
}

function squareCrop({ x, y, width, height }: Box, { margin, raise = 0 }: CropPolicy): Box {
  const longer = Math.max(width, height);
  const size = Math.max(1, Math.round(longer * (1 + 2 * margin)));
  return {
    x: Math.round(x + width / 2 - size / 2),
    y: Math.round(y + height / 2 - raise * longer - size / 2),
    width: size,
    height: size,
  };
}

function clampedCrop(
  box: Box,
  photo: { readonly width: number; readonly height: number },
  margin: number,
): Box {
  const x = Math.trunc(Math.max(0, box.x - box.width * margin));
  const y = Math.trunc(Math.max(0, box.y - box.height * margin));
  const right = Math.trunc(Math.min(photo.width, box.x + box.width + box.width * margin));
  const bottom = Math.trunc(Math.min(photo.height, box.y + box.height + box.height * margin));
  if (right <= x || bottom <= y) {
    throw new FaceXFormerError('BAD_OPTION', `${text(box)} covers less than a pixel of the photo`);
  }
  return { x, y, width: right - x, height: bottom - y };
}

function checkBox(box: Box, photo: { readonly width: number; readonly height: number }): void {
  const { x, y, width, height } = box;
  if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0) {
    throw new FaceXFormerError('BAD_OPTION', `${text(box)} must be finite and have an area`);
  }
  if (x >= photo.width || y >= photo.height || x + width <= 0 || y + height <= 0) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${text(box)} lies outside the ${photo.width} x ${photo.height} photo`,
    );
  }
  if (Math.max(width, height) > LARGEST * Math.max(photo.width, photo.height)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${text(box)} is far larger than the ${photo.width} x ${photo.height} photo`,
    );
  }
}
