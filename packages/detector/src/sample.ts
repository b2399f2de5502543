import type { Pixels } from '@facexformer/core';
import type { Window } from './windows.js';

/** The value that the network sees beyond the photo: black. */
const OUTSIDE = -1;

/** Where the photo is more than so many times as fine as the input, neighbours no longer stand for an input pixel. */
const FINER = 2;

/**
 * Writes a window of the photo as [3, height, width] in -1..1 to `target` at `offset`. Each value comes from two by two
 * places of the photo: neighbours, weighted bilinearly, or where the photo is more than twice as fine, the middles of
 * the four quarters of what one input pixel covers.
 */
export function sampleWindow(photo: Pixels, window: Window, target: Float32Array, offset: number): void {
  const { width, height, scale } = window;
  const across = taps(window.x, scale, width, photo.width, 3);
  const down = taps(window.y, scale, height, photo.height, 3 * photo.width);
  const covered = across.last - across.first === width && down.last - down.first === height;
  if (!covered) target.fill(OUTSIDE, offset, offset + 3 * width * height);
  (scale > FINER ? meanOfFour : interpolate)(photo.data, across, down, target, offset);
}

/** The mean is a sum of whole numbers: on large photos it takes two thirds of the time of the weighted one. */
function meanOfFour(
  data: Pixels['data'],
  { low, high, first, last }: Taps,
  down: Taps,
  target: Float32Array,
  offset: number,
): void {
  const width = low.length;
  const plane = width * down.low.length;
  for (let y = down.first; y < down.last; y += 1) {
    const above = down.low[y]!;
    const below = down.high[y]!;
    let to = offset + y * width + first;
    for (let x = first; x < last; x += 1, to += 1) {
      const [a, b, c, d] = [above + low[x]!, above + high[x]!, below + low[x]!, below + high[x]!];
      target[to] = (data[a]! + data[b]! + data[c]! + data[d]!) / 510 - 1;
      target[to + plane] = (data[a + 1]! + data[b + 1]! + data[c + 1]! + data[d + 1]!) / 510 - 1;
      target[to + 2 * plane] = (data[a + 2]! + data[b + 2]! + data[c + 2]! + data[d + 2]!) / 510 - 1;
    }
  }
}

function interpolate(
  data: Pixels['data'],
  { low, high, weight, first, last }: Taps,
  down: Taps,
  target: Float32Array,
  offset: number,
): void {
  const width = low.length;
  const plane = width * down.low.length;
  for (let y = down.first; y < down.last; y += 1) {
    const above = down.low[y]!;
    const below = down.high[y]!;
    const lower = down.weight[y]! / 127.5;
    const upper = 1 / 127.5 - lower;
    let to = offset + y * width + first;
    for (let x = first; x < last; x += 1, to += 1) {
      const right = weight[x]!;
      const left = 1 - right;
      const [a, b, c, d] = [above + low[x]!, above + high[x]!, below + low[x]!, below + high[x]!];
      const [aa, bb, cc, dd] = [upper * left, upper * right, lower * left, lower * right];
      target[to] = aa * data[a]! + bb * data[b]! + cc * data[c]! + dd * data[d]! - 1;
      target[to + plane] = aa * data[a + 1]! + bb * data[b + 1]! + cc * data[c + 1]! + dd * data[d + 1]! - 1;
      target[to + 2 * plane] =
        aa * data[a + 2]! + bb * data[b + 2]! + cc * data[c + 2]! + dd * data[d + 2]! - 1;
    }
  }
}

/** Where an axis of the window is read from the photo. */
interface Taps {
  /** For each position the places of two pixels in the photo, and the weight of the second where they are neighbours. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float64Array;
  /** Positions from `first` up to `last` lie in the photo. */
  readonly first: number;
  readonly last: number;
}

/** The taps of `size` positions along an axis of `length` pixels that are `unit` values apart in the photo. */
function taps(start: number, scale: number, size: number, length: number, unit: number): Taps {
  const low = new Int32Array(size);
  const high = new Int32Array(size);
  const weight = new Float64Array(size);
  const place = (at: number): number => unit * Math.min(Math.max(Math.floor(at), 0), length - 1);
  let [first, last] = [size, 0];
  for (let i = 0; i < size; i += 1) {
    const edge = start + (i + 0.5) * scale;
    if (edge < 0 || edge > length) continue;
    if (scale > FINER) {
      low[i] = place(edge - scale / 4);
      high[i] = place(edge + scale / 4);
    } else {
      const at = Math.min(Math.max(edge - 0.5, 0), length - 1);
      low[i] = place(at);
      high[i] = place(at + 1);
      weight[i] = at - Math.floor(at);
    }
    first = Math.min(first, i);
    last = i + 1;
  }
  return { low, high, weight, first, last };
}
