import type { Pixels } from '@facexformer/core';
import type { Window } from './windows.js';

/** The value that the network sees beyond the photo: black. */
const OUTSIDE = -1;

/**
 * Writes a window of the photo as [3, height, width] in -1..1 to `target` at `offset`. Each value comes from two by two
 * places of the photo: neighbours, weighted bilinearly, or where the photo is more than twice as fine, the middles of
 * the four quarters of what one input pixel covers.
 */
export function sampleWindow(photo: Pixels, window: Window, target: Float32Array, offset: number): void {
  const { data } = photo;
  const { width, height, scale } = window;
  const { low, high, weight, first, last } = taps(window.x, scale, width, photo.width, 3);
  const down = taps(window.y, scale, height, photo.height, 3 * photo.width);
  const plane = width * height;
  const covered = last - first === width && down.last - down.first === height;
  if (!covered) target.fill(OUTSIDE, offset, offset + 3 * plane);
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

/**
 * For each of `size` positions along an axis the places of two pixels, `unit` values apart from each other in the
 * photo, and the weight of the second; `first` to `last` lie in the photo.
 */
function taps(start: number, scale: number, size: number, length: number, unit: number) {
  const low = new Int32Array(size);
  const high = new Int32Array(size);
  const weight = new Float64Array(size);
  const place = (at: number): number => unit * Math.min(Math.max(Math.floor(at), 0), length - 1);
  let [first, last] = [size, 0];
  for (let i = 0; i < size; i += 1) {
    const edge = start + (i + 0.5) * scale;
    if (edge < 0 || edge > length) continue;
    if (scale > 2) {
      low[i] = place(edge - scale / 4);
      high[i] = place(edge + scale / 4);
      weight[i] = 0.5;
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
