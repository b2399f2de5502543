import { ZERO_POINT } from '../../formats/tensor-entry.js';
import { constantsOf } from '../evaluate/fold.js';
import type { FilePlace } from '../onnx/model-proto.js';
import { fixed, fixedShape } from '../shape.js';
import { topological } from '../topological.js';
import type { Value } from '../value.js';
import type { ParameterSource } from './parameter-source.js';
import { filePlace, type StoredParameter, storedParameter, view } from './stored-parameter.js';

/**
 * A weight [rows, width] in eight bits, one symmetric scale per row. Unsigned, since the product of unsigned and signed
 * bytes saturates at 16 bits on processors with AVX2 but without VNNI.
 */
export interface QuantizedWeight {
  /** Transposed, [width, rows], as the integer product wants it; 128 stands for zero. */
  readonly data: Uint8Array | FilePlace;
  readonly scales: Float32Array;
}

/** Narrower layers stay in fp32: quantising the input would cost more than the product saves. */
const MIN_WIDTH = 64;

/** Whether a linear layer is wide enough to gain from int8. */
const isQuantizable = ({ inputs }: Value & { readonly op: 'linear' }): boolean =>
  fixed('linear', inputs[1]!.shape, 0) >= MIN_WIDTH && fixed('linear', inputs[1]!.shape, 1) >= MIN_WIDTH;

/** Rounds a weight [rows, width] to eight bits, row by row. */
export function quantizeRows(
  weight: Float32Array,
  rows: number,
  width: number,
): QuantizedWeight & { readonly data: Uint8Array } {
  const data = new Uint8Array(rows * width);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let top = 0;
    for (let i = row * width; i < (row + 1) * width; i += 1) top = Math.max(top, Math.abs(weight[i]!));
    const scale = Math.fround(top / 127) || 1;
    scales[row] = scale;
    for (let i = 0; i < width; i += 1) {
      data[i * rows + row] = ZERO_POINT + Math.round(weight[row * width + i]! / scale);
    }
  }
  return { data, scales };
}

/**
 * The weights of all wide linear layers in int8: as they are stored, where they are stored so, and else rounded, one at a
 * time, without keeping the fp32 values.
 * @param externalPath the file that the model may refer to
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` for damaged scales.
 */
export async function quantizeWeights(
  order: readonly Value[],
  parameters: ParameterSource,
  externalPath: string | undefined,
): Promise<ReadonlyMap<Value, QuantizedWeight>> {
  const quantized = new Map<Value, QuantizedWeight>();
  for (const value of order) {
    const weight = value.inputs[1];
    if (value.op !== 'linear' || !isQuantizable(value) || !weight || quantized.has(weight)) continue;
    const [rows, width] = fixedShape('export', weight.shape) as [number, number];
    const stored = storedParameter(weight);
    const kept = weight.op === 'parameter' && (await storedInt8(weight, parameters, externalPath));
    if (kept) quantized.set(weight, kept);
    else if (stored) {
      quantized.set(weight, quantizeRows(view(stored, await parameters.read(stored.name)), rows, width));
    } else if (weight.op === 'constant') quantized.set(weight, quantizeRows(weight.data, rows, width));
  }
  return quantized;
}

/** A weight that the checkpoint holds in eight bits, whole or as one of its parts; undefined for others. */
async function storedInt8(
  { name, range }: StoredParameter,
  { tensors, source }: ParameterSource,
  externalPath: string | undefined,
): Promise<QuantizedWeight | undefined> {
  const entry = tensors?.get(name);
  if (!entry?.int8 || !source) return undefined;
  const rows = entry.shape[0]! / entry.int8.parts;
  const { start, end } = range ?? { start: 0, end: entry.shape[0]! };
  if (end - start !== rows || start % rows !== 0) return undefined;
  const { readScales } = await import('../../formats/int8.js'); // pages without such weights do not load it
  const scales = await readScales(source, name, entry.int8.scales);
  const place = { offset: entry.offset + start * entry.shape[1]!, byteLength: rows * entry.shape[1]! };
  const data = externalPath
    ? filePlace(externalPath, place)
    : await source.read(place.offset, place.byteLength);
  return { data, scales: scales.subarray(start, end) };
}

/**
 * The weights that a graph in int8 rounds as they are stored, and uses in no other way, with the number of equal parts
 * of their outputs that it multiplies with one by one.
 */
export function int8Parameters(outputs: Readonly<Record<string, Value>>): ReadonlyMap<string, number> {
  const order = topological(Object.values(outputs));
  const constants = constantsOf(order, true);
  const parts = new Map<string, number>();
  const others = new Set<string>();
  for (const value of order) {
    for (const [index, x] of value.inputs.entries()) {
      if (x.op !== 'parameter') continue;
      const isWide = value.op === 'linear' && index === 1 && !constants.has(value) && isQuantizable(value);
      const count = isWide ? partsOf(x) : undefined;
      if (count === undefined || (parts.get(x.name) ?? count) !== count) others.add(x.name);
      else parts.set(x.name, count);
    }
  }
  return new Map([...parts].filter(([name]) => !others.has(name)));
}

/** How many parts like this one a parameter has; undefined where it is not one of equal ones. */
function partsOf({ range }: StoredParameter): number | undefined {
  if (!range) return 1;
  const rows = range.end - range.start;
  const count = range.stored[0]! / rows;
  return Number.isInteger(count) && range.start % rows === 0 ? count : undefined;
}
