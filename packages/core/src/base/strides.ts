/** Row-major strides of a shape, in elements. */
export function stridesOf(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length);
  let step = 1;
  for (let axis = dims.length - 1; axis >= 0; axis -= 1) {
    strides[axis] = step;
    step *= dims[axis]!;
  }
  return strides;
}

/** Strides that read `dims` broadcast to `target`: 0 where an axis is repeated. */
export function broadcastStrides(dims: readonly number[], target: readonly number[]): number[] {
  const own = stridesOf(dims);
  const missing = target.length - dims.length;
  return target.map((_, axis) => (axis < missing || dims[axis - missing] === 1 ? 0 : own[axis - missing]!));
}

/** Calls `visit` with the source offset of every element of `dims`, in row-major order. */
export function forEachOffset(
  dims: readonly number[],
  strides: readonly number[],
  visit: (offset: number, index: number) => void,
): void {
  forEachLine(dims, strides, (offset, step, start, length) => {
    for (let i = 0; i < length; i += 1) visit(offset + i * step, start + i);
  });
}

/** The same, line by line: `length` elements from `offset` in the source, `step` apart, and from `start` in the result. */
export function forEachLine(
  dims: readonly number[],
  strides: readonly number[],
  visit: (offset: number, step: number, start: number, length: number) => void,
): void {
  const axes = mergedAxes(dims, strides);
  const { size: length, stride: step } = axes.pop() ?? { size: 1, stride: 0 };
  const position = new Array<number>(axes.length).fill(0);
  const lines = length === 0 ? 0 : axes.reduce((product, { size }) => product * size, 1);
  let offset = 0;
  for (let line = 0; line < lines; line += 1) {
    visit(offset, step, line * length, length);
    for (let i = axes.length - 1; i >= 0; i -= 1) {
      const { size, stride } = axes[i]!;
      offset += stride;
      position[i]! += 1;
      if (position[i]! < size) break;
      offset -= stride * size;
      position[i] = 0;
    }
  }
}

/** Merges neighbouring axes that a single stride covers: the fewer axes, the longer the lines. */
function mergedAxes(dims: readonly number[], strides: readonly number[]): { size: number; stride: number }[] {
  const axes: { size: number; stride: number }[] = [];
  dims.forEach((size, axis) => {
    const stride = strides[axis]!;
    const last = axes.at(-1);
    if (last && last.stride === stride * size) {
      last.size *= size;
      last.stride = stride;
    } else axes.push({ size, stride });
  });
  return axes;
}
