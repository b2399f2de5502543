/** A rectangle of the photo, and the size at which the network sees it. */
export interface Window {
  /** Photo pixels of its left and upper edges; it may reach over the photo's. */
  readonly x: number;
  readonly y: number;
  /** Photo pixels for one input pixel. */
  readonly scale: number;
  /** Input pixels, multiples of 32. */
  readonly width: number;
  readonly height: number;
}

/** The photo is searched at sides of whole steps, so that photos of many sizes share few plans of the engine. */
const STEP = 64;

/** Longer side of the photo where it is searched for the largest faces. */
export const COARSEST = 2 * STEP;

/** Longest side of an input; what is larger is cut into several. */
export const LARGEST = 10 * STEP;

/** A face is proposed well from this many input pixels on, ... */
const SMALLEST_FACE = 16;

/** ... and up to so many times as many. */
const RANGE = 6;

/** However small the faces, the photo's longer side is never searched at more input pixels than this. */
const FINEST = 9216;

/**
 * The windows to search, coarse to fine: the whole photo at its coarsest, then finer until faces of `smallestFace`
 * photo pixels are large enough for the network. A level that fits the largest input is one window; of a larger one,
 * neighbours overlap by the largest face that the level before may have missed.
 */
export function planWindows(
  photo: { readonly width: number; readonly height: number },
  smallestFace: number,
): Window[] {
  const longer = Math.max(photo.width, photo.height);
  const finest = Math.min(Math.max((longer * SMALLEST_FACE) / smallestFace, COARSEST), FINEST);
  const levels = Math.ceil(Math.log(toSteps(finest) / COARSEST) / Math.log(RANGE));
  const ratio = (finest / COARSEST) ** (1 / Math.max(levels, 1));
  return Array.from({ length: levels + 1 }, (_, level) => {
    const side = COARSEST * ratio ** level;
    const scale = longer / (side > LARGEST ? side : toSteps(side));
    const overlap = SMALLEST_FACE * ratio * scale;
    const [columns, rows] = [photo.width, photo.height].map((length) => cover(length, scale, overlap)) as [
      Cover,
      Cover,
    ];
    return rows.starts.flatMap((y) =>
      columns.starts.map((x) => ({ x, y, scale, width: columns.size, height: rows.size })),
    );
  }).flat();
}

/** Windows of `size` input pixels along one axis, and where they start in the photo. */
interface Cover {
  readonly size: number;
  readonly starts: readonly number[];
}

/** Evenly spread windows that cover an axis of the photo; a single one is centred. */
function cover(length: number, scale: number, overlap: number): Cover {
  const size = Math.min(toSteps(length / scale), LARGEST);
  const side = size * scale;
  if (side >= length) return { size, starts: [(length - side) / 2] };
  const count = Math.max(2, Math.ceil((length - overlap) / (side - overlap)));
  return { size, starts: Array.from({ length: count }, (_, i) => (i * (length - side)) / (count - 1)) };
}

/** The next multiple of {@link STEP}, a rounding error aside. */
const toSteps = (side: number): number => STEP * Math.max(1, Math.ceil(side / STEP - 1e-6));
