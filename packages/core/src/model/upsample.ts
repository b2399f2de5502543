import { constant, matMul, reshape } from '../graph/ops.js';
import type { Value } from '../graph/value.js';

/** [size, from] matrix of bilinear interpolation with half-pixel centres (align_corners = false). */
function bilinearMatrix(from: number, size: number): Value {
  const matrix = new Float32Array(size * from);
  for (let row = 0; row < size; row += 1) {
    const at = Math.max(((row + 0.5) * from) / size - 0.5, 0);
    const low = Math.min(Math.floor(at), from - 1);
    const high = Math.min(low + 1, from - 1);
    matrix[row * from + low]! += 1 - (at - low);
    matrix[row * from + high]! += at - low;
  }
  return constant([size, from], matrix);
}

/** Bilinear resize of tokens [B, h * w, C] -> [B, H * W, C], as one matrix product per axis. */
export function resizeTokens(
  tokens: Value,
  from: { readonly height: number; readonly width: number },
  to: { readonly height: number; readonly width: number },
): Value {
  if (from.height === to.height && from.width === to.width) return tokens;
  const [batch, , channels] = tokens.shape as [Value['shape'][number], number, number];
  const grid = reshape(tokens, [batch, from.height, from.width, channels]);
  const wide = matMul(bilinearMatrix(from.width, to.width), grid); // [B, h, W, C]
  const rows = reshape(wide, [batch, from.height, to.width * channels]);
  const tall = matMul(bilinearMatrix(from.height, to.height), rows); // [B, H, W * C]
  return reshape(tall, [batch, to.height * to.width, channels]);
}
