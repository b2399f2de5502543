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

/** Strides that read `dims` as if stretched to `target`: 0 where an axis is repeated. */
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
  const outer = dims.slice(0, -1);
  const inner = dims.at(-1) ?? 1;
  const step = strides.at(-1) ?? 0;
  const position = new Array<number>(outer.length).fill(0);
  const lines = outer.reduce((product, dim) => product * dim, 1);
  let offset = 0;
  let index = 0;
  for (let line = 0; line < lines; line += 1) {
    for (let i = 0; i < inner; i += 1) visit(offset + i * step, index + i);
    index += inner;
    for (let axis = outer.length - 1; axis >= 0; axis -= 1) {
      offset += strides[axis]!;
      position[axis]! += 1;
      if (position[axis]! < outer[axis]!) break;
      offset -= strides[axis]! * outer[axis]!;
      position[axis] = 0;
    }
  }
}
