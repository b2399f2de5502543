import type { Window } from './pyramid.js';

/** From this size in the network's input on, a face is proposed reliably. */
const SMALLEST = 20;

/** How much finer one level of tiles is than the one before, at most. */
const REFINEMENT = 2.5;

/** The level of the smallest faces costs the most; it is never finer than this many tiles along the longer side. */
const MOST_TILES = 48;

/**
 * The windows to search: first the whole photo, then ever smaller ones until faces of `smallestFace` photo pixels are
 * large enough for the network. Neighbours overlap by the largest face that the level before may have missed.
 * @param size side of the network's input
 */
export function planTiles(
  photo: { readonly width: number; readonly height: number },
  size: number,
  smallestFace: number,
): Window[] {
  const whole = Math.max(photo.width, photo.height);
  const finest = Math.max((smallestFace * size) / SMALLEST, whole / MOST_TILES);
  const levels = Math.max(0, Math.ceil(Math.log(whole / finest) / Math.log(REFINEMENT)));
  const ratio = (whole / finest) ** (1 / Math.max(levels, 1));
  const tiles: Window[] = [];
  for (let level = 0; level <= levels; level++) {
    const side = level === 0 ? whole : whole / ratio ** level;
    const overlap = (side * SMALLEST * ratio) / size;
    for (const y of starts(photo.height, side, overlap)) {
      for (const x of starts(photo.width, side, overlap)) tiles.push({ x, y, side });
    }
  }
  return tiles;
}

/** Evenly spread positions of windows that cover an axis; a single window is centred. */
function starts(length: number, side: number, overlap: number): number[] {
  if (side >= length) return [(length - side) / 2];
  const count = Math.max(2, Math.ceil((length - overlap) / (side - overlap)));
  return Array.from({ length: count }, (_, i) => (i * (length - side)) / (count - 1));
}
