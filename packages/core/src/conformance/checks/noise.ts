import { sizeOf, type Tensor } from '../../base/tensor.js';

/** Pseudo-random numbers in -1..1, times `scale`; the same at every call. */
export function noise(dims: readonly number[], scale = 1, seed = 1): Tensor {
  let state = seed;
  const data = Float32Array.from({ length: sizeOf(dims) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * (state / 2 ** 31 - 1);
  });
  return { dims, data };
}
