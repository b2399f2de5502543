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
   * looks at the whole photo only: fast, and finds faces above about a tenth of its longer side. Default `auto`.
   */
  readonly tiling?: 'auto' | false | { readonly smallestFace: number };
  /**
   * Which part of the head a box holds: `face`, a square about the face that a crop margin of 0.22 turns into the frame
   * that our models are trained on; `square`, as the network draws it; or `tall`, as MTCNN and YuNet draw theirs, for
   * models whose crops were made from such boxes. Default `face`.
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
 * @throws {FaceXFormerError} `BAD_OPTION`; the factory also `NOT_FOUND` when the weights were not generated.
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
      if (disposed) throw new FaceXFormerError('DISPOSED', 'the detector was disposed: create another');
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

const squareBox = ({ left, top, right, bottom }: Candidate): Box => ({
  x: left,
  y: top,
  width: right - left,
  height: bottom - top,
});

/** Makes the box of a face. */
type ToBox = (face: Candidate) => Box;

function tallBox({ left, top, right, bottom }: Candidate): Box {
  const side = (right - left + bottom - top) / 2;
  const [width, height] = [side * TALL.width, side * TALL.height];
  const center = (top + bottom) / 2 - side * TALL.up;
  return { x: (left + right - width) / 2, y: center - height / 2, width, height };
}

const BOXES = { face: faceBox, square: squareBox, tall: tallBox } as const satisfies Readonly<
  Record<string, ToBox>
>;
