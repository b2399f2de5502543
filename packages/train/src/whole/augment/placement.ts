import type { ViewTransform } from '@facexformer/core/image';
import { TILE_MARGIN } from '../tiles/tile.js';

/** Which part of a tile the network sees, in shares of the tile. */
export interface Placement {
  readonly centreX: number;
  readonly centreY: number;
  /** Half the side. */
  readonly half: number;
  /** Radians by which the content turns counterclockwise. */
  readonly angle: number;
  readonly mirrored: boolean;
}

/** The face in its frame, as at inference. */
export const CENTRED: Placement = {
  centreX: 0.5,
  centreY: 0.5,
  half: 0.5 / TILE_MARGIN,
  angle: 0,
  mirrored: false,
};

/** A random turn, size, shift and mirroring; `strength` scales all but the mirroring. */
export function randomPlacement(draw: () => number, strength: number): Placement {
  const around = (): number => strength * (draw() + draw() - 1); // triangular, -1..1 at full strength
  return {
    centreX: 0.5 + 0.09 * around(),
    centreY: 0.5 + 0.09 * around(),
    half: CENTRED.half * Math.exp(0.22 * around()),
    angle: draw() < 0.2 ? 0 : 0.45 * around(),
    mirrored: draw() < 0.5,
  };
}

/** From pixels of a tile of `side` pixels to those of the network's view of `size` pixels. */
export function viewOf(
  { centreX, centreY, half, angle, mirrored }: Placement,
  side: number,
  size: number,
): ViewTransform {
  const scale = size / (2 * half * side);
  const sign = mirrored ? -1 : 1;
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const [x, y] = [centreX * side - 0.5, centreY * side - 0.5]; // seen in the middle of the view
  const middle = (size - 1) / 2;
  return {
    photo: { width: side, height: side },
    view: { width: size, height: size },
    matrix: [
      sign * cos,
      -sin,
      sign * sin,
      cos,
      middle - sign * (cos * x + sin * y),
      middle + sin * x - cos * y,
    ],
    mirrored,
    rotation: (-angle * 180) / Math.PI,
  };
}
