import { fixed } from '../shape.js';
import type { Value } from '../value.js';
import { type Emitter, reshapeTarget } from './emitter.js';
import { quantizeRows } from './quantize.js';

/** Narrower layers stay in fp32: quantising the input would cost more than the product saves. */
const INT8_MIN_WIDTH = 64;

/** x [..., I], weight [O, I], bias [O]? as one matrix product over all rows. */
export function lowerLinear(value: Value & { readonly op: 'linear' }, emit: Emitter): string {
  const [x, weight, bias] = value.inputs as [Value, Value, Value?];
  const width = fixed('linear', weight.shape, 1);
  const out = fixed('linear', weight.shape, 0);
  const values = emit.precision === 'int8' && width >= INT8_MIN_WIDTH && out >= INT8_MIN_WIDTH;
  const stored = values ? emit.weight(weight) : undefined;
  if (stored) return lowerInt8(x, weight, stored, bias, emit);
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
  stored: Float32Array,
  bias: Value | undefined,
  emit: Emitter,
): string {
  const [out, width] = [fixed('linear', weight.shape, 0), fixed('linear', weight.shape, 1)];
  const [quantized, scale, zero] = emit.once(x, 'int8', () =>
    emit.nodes('DynamicQuantizeLinear', [emit.name(x)], 3),
  ) as [string, string, string];
  const [columns, scales] = emit.once(weight, 'int8', () => {
    const { data, scales } = quantizeRows(stored, out, width);
    return [emit.tensor('int8', [width, out], data), emit.tensor('float32', [out], scales)];
  }) as [string, string];
  const product = emit.node('MatMulInteger', [quantized, columns, zero]);
  const real = emit.node('Cast', [product], { attributes: { to: { int: 1 } } });
  const scaled = emit.node('Mul', [real, emit.node('Mul', [scale, scales])]);
  return bias ? emit.node('Add', [scaled, emit.name(bias)]) : scaled;
}
