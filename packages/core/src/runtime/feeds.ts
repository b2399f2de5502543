import { FaceXFormerError } from '../base/errors.js';
import { isFloat32, sizeOf, type Tensor } from '../base/tensor.js';

/** What onnxruntime says of an input; an open dimension has a name, or '' when it has none. */
export type InputMetadata =
  | { readonly name: string; readonly isTensor: false }
  | { readonly name: string; readonly isTensor: true; readonly shape: readonly (number | string)[] };

/**
 * Checks names, shapes and lengths of the inputs of a run; symbolic dimensions must agree with each other.
 * @throws {FaceXFormerError} `BAD_TENSOR` naming the input.
 */
export function checkFeeds(feeds: Readonly<Record<string, Tensor>>, inputs: readonly InputMetadata[]): void {
  const names = inputs.map(({ name }) => name);
  for (const name of Object.keys(feeds)) {
    if (!names.includes(name))
      throw bad(name, `is not an input of this model, which has ${names.join(', ')}`);
  }
  const open = new Map<string, number>();
  for (const input of inputs) {
    const feed = Object.hasOwn(feeds, input.name) ? feeds[input.name] : undefined;
    if (feed === undefined) throw bad(input.name, 'is missing');
    if (input.isTensor) checkFeed(input.name, feed, input.shape, open);
  }
}

function checkFeed(
  name: string,
  { dims, data }: Tensor,
  shape: readonly (number | string)[],
  open: Map<string, number>,
): void {
  const fits =
    dims.length === shape.length &&
    shape.every((expected, axis) => {
      const dim = dims[axis]!;
      if (!Number.isInteger(dim) || dim < 1) return false;
      if (typeof expected === 'number') return dim === expected;
      if (expected === '') return true;
      if (!open.has(expected)) open.set(expected, dim);
      return open.get(expected) === dim;
    });
  if (!fits) {
    const known = shape.map((dim) => (typeof dim === 'string' ? (open.get(dim) ?? dim) : dim));
    throw bad(name, `has shape [${dims}], expected [${known}]`);
  }
  if (!isFloat32(data) || data.length !== sizeOf(dims)) {
    throw bad(name, `of shape [${dims}] needs ${sizeOf(dims)} float32 values, got ${data?.length}`);
  }
}

const bad = (name: string, what: string): FaceXFormerError =>
  new FaceXFormerError('BAD_TENSOR', `input "${name}" ${what}`, { details: { input: name } });
