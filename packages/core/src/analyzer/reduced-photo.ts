import { demand } from '../base/arguments.js';
import type { Face, RawOutputs } from '../face/face.js';
import { type Box, SIZE, type Size, type TurnedBox } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import type { DecodedPhoto } from '../runtime/runtime.js';

/** What the rest of a photo's way needs. */
interface Rest {
  /** What the network is shown of each face; fewer pixels are not enough. */
  readonly input: Size;
  /** Decodes the photo with all its pixels. */
  whole(): Promise<Pixels>;
  /** Takes these faces through the network. */
  run(pixels: Pixels, faces: readonly Face[]): Promise<readonly RawOutputs[]>;
}

/** What a pipeline says of such a photo. */
interface ReducedOutcome {
  readonly size: Size;
  readonly pixels: undefined;
  readonly faces: readonly Face[];
  readonly raw: readonly RawOutputs[];
}

/**
 * The rest of the way of a photo that was decoded smaller, once its faces are found in that. Where it has fewer pixels of a
 * face than the network is shown, the photo is decoded whole after all.
 */
export async function finishReduced(
  photo: DecodedPhoto,
  found: readonly Face[],
  { input, whole, run }: Rest,
): Promise<ReducedOutcome> {
  const size = demand(photo.reducedFrom, SIZE, 'what the runtime calls "reducedFrom"', 'RUNTIME')!;
  const [across, down] = [size.width / photo.width, size.height / photo.height];
  const faces = found.map((face) => enlarged(face, across, down));
  const isEnough = found.every(({ crop }) => crop.width >= input.width && crop.height >= input.height);
  const raw = isEnough ? await run(photo, found) : await run(await whole(), faces);
  return { size, pixels: undefined, faces, raw };
}

/** A face in pixels of the photo. */
function enlarged(face: Face, across: number, down: number): Face {
  const { box, crop, keypoints } = face;
  return {
    ...face,
    box: scaled(box, across, down),
    crop: wholePixels({ ...crop, ...scaled(crop, across, down) }),
    ...(keypoints && {
      keypoints: keypoints.map(({ x, y }) => ({ x: (x + 0.5) * across - 0.5, y: (y + 0.5) * down - 0.5 })),
    }),
  };
}

const scaled = ({ x, y, width, height }: Box, across: number, down: number): Box => ({
  x: x * across,
  y: y * down,
  width: width * across,
  height: height * down,
});

const wholePixels = ({ x, y, width, height, ...turned }: TurnedBox): TurnedBox => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
  ...turned,
});
