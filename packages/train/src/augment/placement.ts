import { TILE_MARGIN } from '../data/prepare.js';

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

/** From the network's view, -1..1, to shares of the tile. */
export function toTile(
  { centreX, centreY, half, angle, mirrored }: Placement,
  x: number,
  y: number,
): [number, number] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const qx = mirrored ? -x : x;
  return [centreX + half * (cos * qx - sin * y), centreY + half * (sin * qx + cos * y)];
}

/** From shares of the tile to the network's view, -1..1. */
export function toView(
  { centreX, centreY, half, angle, mirrored }: Placement,
  x: number,
  y: number,
): [number, number] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [dx, dy] = [(x - centreX) / half, (y - centreY) / half];
  const qx = cos * dx + sin * dy;
  return [mirrored ? -qx : qx, cos * dy - sin * dx];
}
