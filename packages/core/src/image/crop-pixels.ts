import { type Box, gridToPhoto, type Point, type Size, type TurnedBox } from './geometry.js';
import type { Pixels } from './pixels.js';
import { bicubic, resizeBicubic } from './resize.js';

/**
 * A crop of a picture at another size. Not turned, it is that of {@link resizeBicubic}. A turned one is first brought
 * to its new scale by it, where that is smaller, and then sampled with the same cubic. Beyond the picture, the edge pixels
 * are repeated.
 * @throws {FaceXFormerError} `BAD_IMAGE` for inconsistent pixels, `BAD_OPTION` for a size or crop that cannot be.
 */
export function cropPixels(pixels: Pixels, size: Size, crop: TurnedBox): Pixels {
  if (!crop.roll) return resizeBicubic(pixels, size, crop);
  const grid = { columns: size.width, rows: size.height };
  const inPhoto = (x: number, y: number): Point => gridToPhoto({ x, y }, grid, crop);
  const scale = Math.max(1, crop.width / size.width, crop.height / size.height);
  const corners = [
    inPhoto(0, 0),
    inPhoto(size.width, 0),
    inPhoto(0, size.height),
    inPhoto(size.width, size.height),
  ];
  const region = around(corners, 3 * scale, pixels);
  const small = {
    width: Math.max(1, Math.round(region.width / scale)),
    height: Math.max(1, Math.round(region.height / scale)),
  };
  const part = resizeBicubic(pixels, small, region);
  const inPart = (x: number, y: number): Point => {
    const place = inPhoto(x, y);
    return {
      x: ((place.x + 0.5 - region.x) * small.width) / region.width - 0.5,
      y: ((place.y + 0.5 - region.y) * small.height) / region.height - 0.5,
    };
  };
  const [origin, right, below] = [inPart(0, 0), inPart(1, 0), inPart(0, 1)];
  return sample(part, size, origin, step(origin, right), step(origin, below));
}

const step = (from: Point, to: Point): Point => ({ x: to.x - from.x, y: to.y - from.y });

/** The whole-pixel rectangle about some places with a border, as far as it lies on the picture; at least a pixel of it. */
function around(places: readonly Point[], border: number, { width, height }: Size): Box {
  const span = (values: readonly number[], length: number) => {
    const low = Math.min(Math.max(0, Math.floor(Math.min(...values) - border)), length - 1);
    const high = Math.max(Math.min(length, Math.ceil(Math.max(...values) + border)), low + 1);
    return [low, high - low] as const;
  };
  const [x, across] = span(
    places.map((place) => place.x),
    width,
  );
  const [y, down] = span(
    places.map((place) => place.y),
    height,
  );
  return { x, y, width: across, height: down };
}

/** Samples a picture along a turned grid: pixel (i, j) of the result lies at `origin + i * right + j * below`. */
function sample(pixels: Pixels, { width, height }: Size, origin: Point, right: Point, below: Point): Pixels {
  const out = new Uint8ClampedArray(width * height * 3);
  const { data } = pixels;
  const columns = new Int32Array(4);
  const across = new Float64Array(4);
  let to = 0;
  for (let j = 0; j < height; j += 1) {
    for (let i = 0; i < width; i += 1, to += 3) {
      const x = origin.x + i * right.x + j * below.x;
      const y = origin.y + i * right.y + j * below.y;
      const [left, top] = [Math.floor(x), Math.floor(y)];
      for (let k = 0; k < 4; k += 1) {
        columns[k] = 3 * clamp(left - 1 + k, pixels.width - 1);
        across[k] = bicubic(x - left + 1 - k);
      }
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let l = 0; l < 4; l += 1) {
        const row = 3 * pixels.width * clamp(top - 1 + l, pixels.height - 1);
        const down = bicubic(y - top + 1 - l);
        for (let k = 0; k < 4; k += 1) {
          const weight = down * across[k]!;
          const from = row + columns[k]!;
          red += weight * data[from]!;
          green += weight * data[from + 1]!;
          blue += weight * data[from + 2]!;
        }
      }
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
    }
  }
  return { width, height, data: new Uint8Array(out.buffer) };
}

const clamp = (value: number, last: number): number => Math.min(Math.max(value, 0), last);
