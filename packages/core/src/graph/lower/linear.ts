import { ZERO_POINT } from '../../formats/tensor-entry.js';
import { fixed } from '../shape.js';
import type { Value } from '../value.js';
import { type Emitter, reshapeTarget } from './emitter.js';
import type { QuantizedWeight } from './quantize.js';

/** x [..., I], weight [O, I], bias [O]? as one matrix product over all rows. */
export function lowerLinear(value: Value & { readonly op: 'linear' }, emit: Emitter): string {
  const [x, weight, bias] = value.inputs as [Value, Value, Value?];
  const width = fixed('linear', weight.shape, 1);
  const quantized = emit.quantized(weight);
  if (quantized) return lowerInt8(x, weight, quantized, bias, emit);
  const flat =
    x.shape.length === 2 ? emit.name(x) : emit.node('Reshape', [emit.name(x), emit.int64([-1, width])]);
  const product = emit.node('Gemm', [flat, emit.name(weight), ...(bias ? [emit.name(bias)] : [])], {
    attributes: { transB: { int: 1 } },
  });
  if (x.shape.length === 2) return product;
  return emit.node('Reshape', [product, emit.int64(reshapeTarget(value.shape))]);
}

/** Weights per output channel, symmetric; activations per tensor, quantised as they come. */
function lowerInt8(
  x: Value,
  weight: Value,
  { data, scales }: QuantizedWeight,
  bias: Value | undefined,
  emit: Emitter,
): string {
  const [rounded, scale, zero] = emit.once(x, () =>
    emit.nodes('DynamicQuantizeLinear', [emit.name(x)], 3),
  ) as [string, string, string];
  const [columns, columnScales, columnZero] = emit.once(weight, () => [
    emit.tensor('uint8', [fixed('linear', weight.shape, 1), scales.length], data),
    emit.tensor('float32', [scales.length], scales),
    emit.tensor('uint8', [], Uint8Array.of(ZERO_POINT)),
  ]) as [string, string, string];
  const product = emit.node('MatMulInteger', [rounded, columns, zero, columnZero]);
  const real = emit.node('Cast', [product], { attributes: { to: { int: 1 } } });
  const scaled = emit.node('Mul', [real, emit.node('Mul', [scale, columnScales])]);
  return bias ? emit.node('Add', [scaled, emit.name(bias)]) : scaled;
}
