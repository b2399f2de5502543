import { sizeOf, type Tensor } from '../../base/tensor.js';

interface Window {
  readonly stride: number;
  readonly padding: readonly [number, number, number, number];
}

/** Direct convolution in double precision: x [B, I, H, W], weight [O, I / groups, kh, kw]. */
export function evaluateConv(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  { stride, padding: [top, left], groups }: Window & { readonly groups: number },
  dims: readonly number[],
): Tensor {
  const [batch, out, height, width] = dims as [number, number, number, number];
  const [, channels, h, w] = x.dims as [number, number, number, number];
  const [, perGroup, kh, kw] = weight.dims as [number, number, number, number];
  const data = new Float32Array(sizeOf(dims));
  let index = 0;
  for (let b = 0; b < batch; b += 1) {
    for (let o = 0; o < out; o += 1) {
      const firstChannel = Math.floor(o / (out / groups)) * perGroup;
      for (let y = 0; y < height; y += 1) {
        for (let u = 0; u < width; u += 1) {
          let sum = bias?.data[o] ?? 0;
          for (let c = 0; c < perGroup; c += 1) {
            for (let i = 0; i < kh; i += 1) {
              const sy = y * stride - top + i;
              if (sy < 0 || sy >= h) continue;
              for (let j = 0; j < kw; j += 1) {
                const sx = u * stride - left + j;
                if (sx < 0 || sx >= w) continue;
                const source = ((b * channels + firstChannel + c) * h + sy) * w + sx;
                sum += x.data[source]! * weight.data[((o * perGroup + c) * kh + i) * kw + j]!;
              }
            }
          }
          data[index] = sum;
          index += 1;
        }
      }
    }
  }
  return { dims, data };
}

/** x [B, C, H, W], no padding. */
export function evaluateMaxPool(x: Tensor, kernel: number, stride: number, dims: readonly number[]): Tensor {
  const [, , height, width] = dims as [number, number, number, number];
  const [, , h, w] = x.dims as [number, number, number, number];
  const data = new Float32Array(sizeOf(dims));
  data.forEach((_, index) => {
    const u = index % width;
    const y = Math.floor(index / width) % height;
    const plane = Math.floor(index / (width * height));
    let top = -Infinity;
    for (let i = 0; i < kernel; i += 1) {
      for (let j = 0; j < kernel; j += 1) {
        top = Math.max(top, x.data[(plane * h + y * stride + i) * w + u * stride + j]!);
      }
    }
    data[index] = top;
  });
  return { dims, data };
}

/** x [B, C, h, w] to `factor` times the height and width, bilinear, the edges repeated. */
export function evaluateUpsample(x: Tensor, factor: number, dims: readonly number[]): Tensor {
  const [, , height, width] = dims as [number, number, number, number];
  const [, , h, w] = x.dims as [number, number, number, number];
  const data = new Float32Array(sizeOf(dims));
  data.forEach((_, index) => {
    const u = Math.max(((index % width) + 0.5) / factor - 0.5, 0);
    const y = Math.max(((Math.floor(index / width) % height) + 0.5) / factor - 0.5, 0);
    const plane = Math.floor(index / (width * height));
    const [left, top] = [Math.floor(u), Math.floor(y)];
    const [right, bottom] = [Math.min(left + 1, w - 1), Math.min(top + 1, h - 1)];
    const at = (row: number, column: number): number => x.data[(plane * h + row) * w + column]!;
    const above = at(top, left) + (at(top, right) - at(top, left)) * (u - left);
    const below = at(bottom, left) + (at(bottom, right) - at(bottom, left)) * (u - left);
    data[index] = above + (below - above) * (y - top);
  });
  return { dims, data };
}
