import type { Box, DetectorFactory } from '@facexformer/core';
import { checkOptions, demand, kind, oneOf, RUNTIME } from '@facexformer/core/arguments';
import { isRecord } from '@facexformer/core/formats';
import { checkPixels } from '@facexformer/core/image';
import type { Candidate } from './decode.js';
import { faceAxis, faceBox } from './face-box.js';
import { openNetworkPool } from './network-pool.js';
import { FOCUS, searchFaces } from './search.js';
import { LARGEST } from './windows.js';

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

/** The network is shown this much of the photo at most, and each of its pixels is the mean of two by two places. */
const ENOUGH = 2 * LARGEST;

/**
 * The default detector: BlazeFace full-range (Apache-2.0, (c) Google), for any number of faces. `keypoints` are the
 * subject's right eye, left eye, nose tip, mouth, right ear and left ear.
 * @throws {FaceXFormerError} `BAD_OPTION`; the factory also `NOT_FOUND` when the weights have not been generated.
 * @example
 * const analyzer = await createAnalyzer({ detector: blazeFace({ smallestFace: { share: 1 / 8 } }), ...rest });
 */
export function blazeFace(options: BlazeFaceOptions = {}): DetectorFactory {
  checkOptions('blazeFace', options, {
    minScore: kind(
      'a number between 0 and 1',
      (value) => typeof value === 'number' && value > 0 && value < 1,
    ),
    smallestFace: SMALLEST,
    boxes: oneOf(...Object.keys(BOXES)),
  });
  const { minScore = 0.6, smallestFace, boxes = 'face' } = options;
  const smallest = smallestFaceOf(smallestFace);
  const isFine = smallestFace && !('share' in smallestFace && smallestFace.share >= DEFAULT.share);
  const toBox: ToBox = BOXES[boxes];
  const open: DetectorFactory = async (runtime) => {
    demand(runtime, RUNTIME, 'the detector: runtime');
    const networks = await openNetworkPool(runtime, { width: FOCUS.side, height: FOCUS.side });
    return {
      enough: isFine ? undefined : ENOUGH,
      async detect(pixels, run = {}) {
        checkPixels(pixels);
        const search = { minScore, smallestFace: smallest(Math.max(pixels.width, pixels.height)) };
        return (await searchFaces(networks, pixels, search, run)).map((face) => ({
          box: toBox(face),
          roll: rollOf(face),
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

const SMALLEST = kind(
  '{ pixels } from 1 or { share } up to 1',
  (value) =>
    isRecord(value) &&
    (typeof value.pixels === 'number'
      ? Number.isFinite(value.pixels) && value.pixels >= 1
      : typeof value.share === 'number' && value.share > 0 && value.share <= 1),
);

/** From the photo's longer side to the size of the smallest face, both in pixels. */
function smallestFaceOf(wish: BlazeFaceOptions['smallestFace']): (longer: number) => number {
  if (!wish) return (longer) => Math.max(longer * DEFAULT.share, DEFAULT.pixels);
  return 'pixels' in wish ? () => wish.pixels : (longer) => longer * wish.share;
}

/** Degrees by which a face is tilted clockwise. */
function rollOf({ keypoints }: Candidate): number {
  const { x, y } = faceAxis(keypoints);
  return (Math.atan2(y, x) * 180) / Math.PI;
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
