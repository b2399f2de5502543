import {
  type Box,
  type Detector,
  type DetectorFactory,
  FaceXFormerError,
  type Session,
} from '@facexformer/core';
import { exportOnnx } from '@facexformer/core/graph';
import { checkPixels } from '@facexformer/core/image';
import type { Candidate } from './decode.js';
import { faceBox } from './face-box.js';
import { blazeFaceNetwork } from './network.js';
import { type Search, SIZE, searchFaces } from './search.js';
import { loadWeights } from './weights.js';

/** How faces are searched. */
export interface BlazeFaceOptions {
  /** Least score of a face, above 0 and below 1. Default 0.6. */
  readonly minScore?: number;
  /**
   * Search overlapping tiles for small faces: `auto` down to 28 photo pixels, or down to a size of your own. `false`
   * looks at the whole photo only, which is fast and finds faces above about a tenth of its longer side. Default `auto`.
   */
  readonly tiling?: 'auto' | false | { readonly smallestFace: number };
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

const AUTO_SMALLEST_FACE = 28;

/**
 * The default detector: BlazeFace full-range (Apache-2.0, (c) Google), for any number of faces. `keypoints` are the
 * subject's right eye, left eye, nose tip, mouth, right ear and left ear.
 * @throws {FaceXFormerError} `BAD_OPTION`; the factory also `NOT_FOUND` when the weights have not been generated.
 * @example
 * const analyzer = await createAnalyzer({ detector: blazeFace({ tiling: false }), ...rest });
 */
export function blazeFace({
  minScore = 0.6,
  tiling = 'auto',
  boxes = 'face',
}: BlazeFaceOptions = {}): DetectorFactory {
  const search: Search = { minScore, smallestFace: smallestFaceOf(tiling) };
  if (!(minScore > 0 && minScore < 1)) {
    throw new FaceXFormerError('BAD_OPTION', `minScore must lie between 0 and 1, not ${minScore}`);
  }
  if (!Object.hasOwn(BOXES, boxes)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `boxes must be one of ${Object.keys(BOXES).join(', ')}, not "${boxes}"`,
    );
  }
  return async (runtime) => {
    const session = await runtime.open(async (target) =>
      exportOnnx({ outputs: { ...blazeFaceNetwork(SIZE) }, parameters: await loadWeights(), target }),
    );
    return createDetector(session, search, BOXES[boxes]);
  };
}

function smallestFaceOf(tiling: NonNullable<BlazeFaceOptions['tiling']>): number {
  if (tiling === false) return Number.POSITIVE_INFINITY;
  const smallest = tiling === 'auto' ? AUTO_SMALLEST_FACE : tiling.smallestFace;
  if (!(smallest >= 1)) {
    throw new FaceXFormerError('BAD_OPTION', `tiling.smallestFace must be at least 1 pixel, not ${smallest}`);
  }
  return smallest;
}

function createDetector(session: Session, search: Search, toBox: ToBox): Detector {
  let disposed: Promise<void> | undefined;
  return {
    async detect(pixels, options = {}) {
      if (disposed)
        throw new FaceXFormerError('DISPOSED', 'the detector has been disposed of: create another');
      checkPixels(pixels);
      return (await searchFaces(session, pixels, search, options)).map((face) => ({
        box: toBox(face),
        score: face.score,
        // Points count from the centre of the first pixel, boxes from its edge.
        keypoints: face.keypoints.map(({ x, y }) => ({ x: x - 0.5, y: y - 0.5 })),
      }));
    },
    dispose() {
      disposed ??= session.dispose();
      return disposed;
    },
  };
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
