/** Pixels, places in a photo, and the way from a photo to the network's input. */
export { cropBox } from '../image/crop.js';
export {
  type Grid,
  intersectionOverUnion,
  photoToGrid,
  photoToUnit,
  type TurnedBox,
  unitToPhoto,
} from '../image/geometry.js';
export { type Normalization, normalizeInto } from '../image/normalize.js';
export { checkPixels, isPixels } from '../image/pixels.js';
export { resizeBicubic } from '../image/resize.js';
export { inverseMatrix, mirrorImage, toView, type ViewTransform } from '../image/view-transform.js';
