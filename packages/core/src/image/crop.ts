import { demand, having, NUMBER } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import type { CropPolicy } from './crop-policy.js';
import { BOX, type Box, middleOf, SIZE, type TurnedBox, turnPoint } from './geometry.js';

const POLICY = having('{ margin, square }', { margin: NUMBER });

/** A crop may be at most so many times as large as the photo's longer side; a larger box is not a face's. */
const LARGEST = 8;

const text = ({ x, y, width, height }: Box): string => `box (x ${x}, y ${y}, ${width} x ${height})`;

/**
 * The whole-pixel crop that the network sees for a detected box.
 *
 * Rectangular policy: grown by `margin` of its size on each side, clamped to the photo, coordinates truncated to
 * integers, as the reference implementation does. Square policy: made square about its centre by its longer side,
 * grown, raised and rounded; it may reach over the photo's edge, where {@link resizeBicubic} repeats the edge pixels. Where
 * the policy says so, it is turned by the roll of the box, and raised along the face.
 * @throws {FaceXFormerError} `BAD_OPTION` for a box that is empty, not finite, outside the photo or absurdly large.
 */
export function cropBox(
  box: TurnedBox,
  photo: { readonly width: number; readonly height: number },
  policy: CropPolicy,
): TurnedBox {
  demand(box, BOX, 'cropBox: box');
  demand(photo, SIZE, 'cropBox: photo');
  demand(policy, POLICY, 'cropBox: policy');
  checkBox(box, photo);
  if (!policy.square) return clampedCrop(box, photo, policy.margin);
  const { roll = 0 } = box;
  const isTurned = Math.abs(roll) >= (policy.upright ?? Number.POSITIVE_INFINITY);
  return isTurned ? turnedCrop(box, policy, Math.round(roll * 100) / 100) : squareCrop(box, policy);
}

/** The square about the same centre, raised along the face; its roll counts hundredths of a degree. */
function turnedCrop(box: Box, policy: CropPolicy, roll: number): TurnedBox {
  const { x, y, width: size } = squareCrop(box, policy);
  const middle = turnPoint(middleOf({ x, y, width: size, height: size }), middleOf(box), roll);
  const corner = { x: Math.round(middle.x - (size - 1) / 2), y: Math.round(middle.y - (size - 1) / 2) };
  return { ...corner, width: size, height: size, roll };
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
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${text(box)} covers less than a pixel of the photo: boxes are in its pixels, not in shares of it`,
    );
  }
  return { x, y, width: right - x, height: bottom - y };
}

function checkBox(box: TurnedBox, photo: { readonly width: number; readonly height: number }): void {
  const { x, y, width, height, roll = 0 } = box;
  if (![x, y, width, height, roll].every(Number.isFinite) || width <= 0 || height <= 0) {
    throw new FaceXFormerError('BAD_OPTION', `${text(box)} must be finite and have an area`);
  }
  if (x >= photo.width || y >= photo.height || x + width <= 0 || y + height <= 0) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${text(box)} lies outside the ${photo.width} x ${photo.height} photo: boxes are in its pixels`,
    );
  }
  if (Math.max(width, height) > LARGEST * Math.max(photo.width, photo.height)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${text(box)} is far larger than the ${photo.width} x ${photo.height} photo: boxes are in its pixels`,
    );
  }
}
