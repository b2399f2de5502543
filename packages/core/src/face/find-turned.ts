import { intersectionOverUnion, type Size, type TurnedBox } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import type { RunOptions } from '../runtime/runtime.js';
import type { Detection, Detector } from './detector.js';
import { detectIn } from './turned-view.js';

/** The directions that are searched beside the upright one, and those between, where no face is sure in the others. */
const DIRECTIONS = [
  [90, 180, 270],
  [45, 135, 225, 315],
];

/** A face is sure from here on. */
const SURE = 0.72;

/** Longer side of a turned photo, in pixels. */
const LONGEST = 1024;

/** A tilted face is looked at again in a square of so many times its size, shown with so many pixels. */
const AGAIN = { around: 3, pixels: 256 };

/** Least intersection over union of one face found twice. */
const SAME = 0.3;

/** Which faces are looked at again, upright, and whether the photo is searched in other directions. */
interface TurnOptions extends RunOptions {
  readonly isTilted: (face: Detection) => boolean;
  readonly rotations: boolean | undefined;
}

/** The faces of a photo in which those that were found may be tilted, or others may lie in other directions. */
export async function findTurned(
  detector: Pick<Detector, 'detect'>,
  pixels: Pixels,
  found: readonly Detection[],
  { isTilted, rotations, signal }: TurnOptions,
): Promise<readonly Detection[]> {
  const seen = new Map(found.map((face) => [face, surety(face, 0)]));
  for (const [turn, directions] of rotations ? DIRECTIONS.entries() : []) {
    if (turn > 0 && Math.max(...seen.values()) > SURE) break;
    for (const roll of directions) {
      const { view, size } = wholePhoto(pixels, roll);
      for (const face of await detectIn(detector, pixels, view, size, { signal })) {
        seen.set(face, surety(face, roll));
      }
    }
  }
  const faces: Detection[] = [];
  for (const face of rotations ? distinct(seen) : found) {
    faces.push(isTilted(face) ? await lookAgain(detector, pixels, face, { signal }) : face);
  }
  return rotations ? distinct(new Map(faces.map((face) => [face, face.score]))) : faces;
}

/** The score of a face, less where it was tilted in the direction that was searched: its roll is then a guess. */
const surety = ({ score, roll = 0 }: Detection, direction: number): number =>
  score * Math.cos(((roll - direction) * Math.PI) / 180);

/** The face as it is found when it stands upright; as it was, where it is not found again. */
async function lookAgain(
  detector: Pick<Detector, 'detect'>,
  pixels: Pixels,
  face: Detection,
  run: RunOptions,
): Promise<Detection> {
  const { x, y, width, height } = face.box;
  const side = AGAIN.around * Math.max(width, height);
  const view: TurnedBox = {
    x: x + (width - side) / 2,
    y: y + (height - side) / 2,
    width: side,
    height: side,
    roll: face.roll ?? 0,
  };
  const size = { width: AGAIN.pixels, height: AGAIN.pixels };
  const seen = await detectIn(detector, pixels, view, size, run);
  return seen.find(({ box }) => intersectionOverUnion(box, face.box) > SAME) ?? face;
}

/** Surest first, and of those that overlap the surest. */
function distinct(faces: ReadonlyMap<Detection, number>): readonly Detection[] {
  const kept: Detection[] = [];
  for (const [face] of [...faces].sort(([, a], [, b]) => b - a)) {
    if (kept.every(({ box }) => intersectionOverUnion(box, face.box) <= SAME)) kept.push(face);
  }
  return kept;
}

/** The whole photo, turned. */
function wholePhoto(
  { width, height }: Size,
  roll: number,
): { readonly view: TurnedBox; readonly size: Size } {
  const [cos, sin] = [Math.cos((roll * Math.PI) / 180), Math.sin((roll * Math.PI) / 180)].map(Math.abs) as [
    number,
    number,
  ];
  const [across, down] = [width * cos + height * sin, width * sin + height * cos];
  const view = { x: (width - across) / 2, y: (height - down) / 2, width: across, height: down, roll };
  const scale = Math.min(1, LONGEST / Math.max(across, down));
  const size = {
    width: Math.max(1, Math.round(across * scale)),
    height: Math.max(1, Math.round(down * scale)),
  };
  return { view, size };
}
