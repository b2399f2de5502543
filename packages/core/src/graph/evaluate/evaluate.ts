import type { Tensor } from '../../base/tensor.js';
import { decomposeAttention } from '../decompose.js';
import { graphError, showShape } from '../shape.js';
import type { Dim, Value } from '../value.js';
import { evaluateConv, evaluateMaxPool, evaluateUpsample } from './conv.js';
import {
  evaluateBinary,
  evaluateLayerNorm,
  evaluateReduce,
  evaluateSoftmax,
  evaluateUnary,
} from './elementwise.js';
import { evaluateLinear, evaluateMatMul } from './matmul.js';
import {
  evaluateConcat,
  evaluateExpand,
  evaluateGather,
  evaluatePad,
  evaluateSlice,
  evaluateTranspose,
} from './movement.js';

/** Where an evaluation finds its leaves. */
export interface Bindings {
  readonly inputs?: Readonly<Record<string, Tensor>>;
  /** Stored values of a parameter, all rows. */
  readonly parameters?: ReadonlyMap<string, Float32Array>;
  readonly batch?: number;
}

/**
 * Reference execution in plain TypeScript, slow and in double precision inside each operation: it folds
 * constants at export, and engines are checked by it.
 */
export function evaluator(bindings: Bindings): (value: Value) => Tensor {
  const done = new Map<Value, Tensor>();
  const run = (value: Value): Tensor => {
    let result = done.get(value);
    if (!result) {
      result = compute(value, bindings, run);
      done.set(value, result);
    }
    return result;
  };
  return run;
}

function compute(value: Value, bindings: Bindings, run: (value: Value) => Tensor): Tensor {
  const dims = value.shape.map((dim) => sizeFor(dim, bindings.batch));
  const arg = (index: number): Tensor => run(value.inputs[index]!);
  const optional = (index: number): Tensor | undefined => (value.inputs[index] ? arg(index) : undefined);
  switch (value.op) {
    case 'input': {
      const feed = bindings.inputs?.[value.name];
      if (!feed) throw graphError('evaluate', `no feed for input "${value.name}" ${showShape(value.shape)}`);
      return feed;
    }
    case 'parameter': {
      const stored = bindings.parameters?.get(value.name);
      if (!stored) throw graphError('evaluate', `no values for parameter "${value.name}"`);
      if (!value.range) return { dims, data: stored };
      const rowSize = stored.length / value.range.stored[0]!;
      return { dims, data: stored.subarray(value.range.start * rowSize, value.range.end * rowSize) };
    }
    case 'constant':
      return { dims, data: value.data };
    case 'unary':
      return evaluateUnary(value.fn, arg(0));
    case 'binary':
      return evaluateBinary(value.fn, arg(0), arg(1), dims);
    case 'matMul':
      return evaluateMatMul(arg(0), arg(1), value.transposeA, value.transposeB, dims);
    case 'linear':
      return evaluateLinear(arg(0), arg(1), optional(2), dims);
    case 'layerNorm':
      return evaluateLayerNorm(arg(0), arg(1), arg(2), value.epsilon);
    case 'softmax':
      return evaluateSoftmax(arg(0));
    case 'attention':
      return run(decomposeAttention(value));
    case 'reshape':
      return { dims, data: arg(0).data };
    case 'expand':
      return evaluateExpand(arg(0), dims);
    case 'transpose':
      return evaluateTranspose(arg(0), value.permutation);
    case 'concat':
      return evaluateConcat(value.inputs.map(run), value.axis, dims);
    case 'slice':
      return evaluateSlice(arg(0), value.axis, value.start, value.end);
    case 'pad':
      return evaluatePad(arg(0), value.before, dims);
    case 'gather':
      return evaluateGather(arg(0), value.axis, value.indices);
    case 'reduce':
      return evaluateReduce(value.fn, arg(0), value.axes, dims);
    case 'conv':
      return evaluateConv(arg(0), arg(1), optional(2), value, dims);
    case 'maxPool':
      return evaluateMaxPool(arg(0), value.kernel, value.stride, dims);
    case 'upsample':
      return evaluateUpsample(arg(0), value.factor, dims);
    default:
      return value satisfies never;
  }
}

function sizeFor(dim: Dim, batch: number | undefined): number {
  if (typeof dim === 'number') return dim;
  if (batch === undefined) throw graphError('evaluate', 'the graph has an open batch and none was given');
  return dim.batch * batch;
}
