import { type Box, type DetectorFactory, FaceXFormerError } from '@facexformer/core';
import { checkPixels } from '@facexformer/core/image';
import type { Candidate } from './decode.js';
import { faceBox } from './face-box.js';
import { openNetworkPool } from './network-pool.js';
import { FOCUS, searchFaces } from './search.js';

/** How faces are searched. */
export interface BlazeFaceOptions {
  /** Least score of a face, above 0 and below 1. Default 0.6. */
  readonly minScore?: number;
  /**
   * Smallest face to search for: photo `pixels`, or a `share` of the photo's longer side, 1/8 for the fastest search.
   * Default a fortieth of the longer side, but no less than 28 pixels. Halving it up to quadruples the cost.
   */
  readonly smallestFace?: { readonly pixels: number } | { readonly share: number };
  /**
   * Which part of the head a box holds: `face`, a square about the face, which the mini model's crop (a margin of 0.28,
   * raised by 0.11) turns into the frame that it is trained on; `square`, as the network draws it; or `tall`, as MTCNN
   * and YuNet draw theirs, for models whose crops were made from such boxes. Default `face`.
   */
  readonly boxes?: 'face' | 'square' | 'tall';
}

/**
 * From the network's square box to YuNet's, in parts of the square's side: medians over 400 CelebA photos (width
 * 1 / 1.177, height 1 / 0.852, centre 0.040 of YuNet's height above).
 */
const TALL = { width: 0.85, height: 1.174, up: 0.047 };

/** What the default searches for: faces of this share of the longer side, and of so many pixels. */
const DEFAULT = { share: 1 / 40, pixels: 28 };

/**
 * The default detector: BlazeFace full-range (Apache-2.0, (c) Google), for any number of faces. `keypoints` are the
 * subject's right eye, left eye, nose tip, mouth, right ear and left ear.
 * @throws {FaceXFormerError} `BAD_OPTION`; the factory also `NOT_FOUND` when the weights have not been generated.
 * @example
 * const analyzer = await createAnalyzer({ detector: blazeFace({ smallestFace: { share: 1 / 8 } }), ...rest });
 */
export function blazeFace(options: BlazeFaceOptions = {}): DetectorFactory {
  const { minScore = 0.6, smallestFace, boxes = 'face' } = options;
  if (!(minScore > 0 && minScore < 1)) {
    throw new FaceXFormerError('BAD_OPTION', `minScore must lie between 0 and 1, not ${minScore}`);
  }
  if (!Object.hasOwn(BOXES, boxes)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `boxes must be one of ${Object.keys(BOXES).join(', ')}, not "${boxes}"`,
    );
  }
  const smallest = smallestFaceOf(smallestFace);
  const toBox: ToBox = BOXES[boxes];
  const open: DetectorFactory = async (runtime) => {
    const networks = await openNetworkPool(runtime, { width: FOCUS.side, height: FOCUS.side });
    return {
      async detect(pixels, run = {}) {
        checkPixels(pixels);
        const search = { minScore, smallestFace: smallest(Math.max(pixels.width, pixels.height)) };
        return (await searchFaces(networks, pixels, search, run)).map((face) => ({
          box: toBox(face),
          score: face.score,
          // Points count from the centre of the first pixel, boxes from its edge.
          keypoints: face.keypoints.map(({ x, y }) => ({ x: x - 0.5, y: y - 0.5 })),
        }));
      },
      dispose: networks.dispose,
    };
  };
  return Object.assign(open, { recipe: { maker: 'blazeFace', options } });
}

/** From the photo's longer side to the size of the smallest face, both in pixels. */
function smallestFaceOf(wish: BlazeFaceOptions['smallestFace']): (longer: number) => number {
  if (!wish) return (longer) => Math.max(longer * DEFAULT.share, DEFAULT.pixels);
  if ('pixels' in wish) {
    if (wish.pixels >= 1) return () => wish.pixels;
    throw new FaceXFormerError('BAD_OPTION', `smallestFace.pixels must be at least 1, not ${wish.pixels}`);
  }
  if (wish.share > 0 && wish.share <= 1) return (longer) => longer * wish.share;
  throw new FaceXFormerError('BAD_OPTION', `smallestFace.share must lie between 0 and 1, not ${wish.share}`);
}

/** Makes the box of a face. */
type ToBox = (face: Candidate) => Box;

function tallBox({ box }: Candidate): Box {
  const side = (box.width + box.height) / 2;
  const [width, height] = [side * TALL.width, side * TALL.height];
  return {
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2 - side * TALL.up,
    width,
    height,
  };
}

const BOXES = { face: faceBox, square: ({ box }) => box, tall: tallBox } as const satisfies Readonly<
  Record<string, ToBox>
>;
