import { decomposeAttention } from '../decompose.js';
import { graphError, sameShape } from '../shape.js';
import type { BinaryFunction, ReduceFunction, UnaryFunction, Value } from '../value.js';
import { type Emitter, reshapeTarget } from './emitter.js';
import { lowerLinear } from './linear.js';

const UNARY: Record<UnaryFunction, string> = {
  abs: 'Abs',
  cos: 'Cos',
  erf: 'Erf',
  exp: 'Exp',
  gelu: 'Gelu',
  log: 'Log',
  neg: 'Neg',
  reciprocal: 'Reciprocal',
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  sin: 'Sin',
  sqrt: 'Sqrt',
  tanh: 'Tanh',
};

const BINARY: Record<Exclude<BinaryFunction, 'greater'>, string> = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  max: 'Max',
  min: 'Min',
};

const REDUCE: Record<ReduceFunction, string> = { sum: 'ReduceSum', mean: 'ReduceMean', max: 'ReduceMax' };

const FLOAT = { to: { int: 1 } } as const;

/** Writes the ONNX nodes of one value whose inputs can be named, and returns the name of its output. */
export function lower(value: Value, emit: Emitter): string {
  const inputs = (): string[] => value.inputs.map((x) => emit.name(x));
  switch (value.op) {
    case 'input':
    case 'parameter':
    case 'constant':
      throw graphError('lower', `${value.op} is named by the exporter`);
    case 'unary':
      return emit.node(UNARY[value.fn], inputs());
    case 'binary':
      return value.fn === 'greater'
        ? emit.node('Cast', [emit.node('Greater', inputs())], { attributes: FLOAT })
        : emit.node(BINARY[value.fn], inputs());
    case 'matMul':
      return lowerMatMul(value, emit);
    case 'linear':
      return lowerLinear(value, emit);
    case 'layerNorm':
      return lowerLayerNorm(value, emit);
    case 'softmax':
      return emit.node('Softmax', inputs(), { attributes: { axis: { int: -1 } } });
    case 'attention':
      return emit.name(decomposeAttention(value));
    case 'reshape': {
      const inner = beforeReshapes(value);
      if (sameShape(inner.shape, value.shape)) return emit.name(inner);
      return emit.node('Reshape', [emit.name(inner), emit.int64(reshapeTarget(value.shape))]);
    }
    case 'expand':
      return emit.node('Expand', [...inputs(), emit.int64(reshapeTarget(value.shape))]);
    case 'transpose':
      return emit.node('Transpose', inputs(), { attributes: { perm: { ints: value.permutation } } });
    case 'concat':
      return emit.node('Concat', inputs(), { attributes: { axis: { int: value.axis } } });
    case 'slice': {
      const range = [[value.start], [value.end], [value.axis]].map((part) => emit.int64(part));
      return emit.node('Slice', [...inputs(), ...range]);
    }
    case 'pad':
      return emit.node('Pad', [...inputs(), emit.int64([...value.before, ...value.after])]);
    case 'gather': {
      const indices = emit.int64([...value.indices]);
      return emit.node('Gather', [...inputs(), indices], { attributes: { axis: { int: value.axis } } });
    }
    case 'reduce':
      return emit.node(REDUCE[value.fn], [...inputs(), emit.int64(value.axes)], {
        attributes: { keepdims: { int: Number(value.keepDims) } },
      });
    case 'conv':
      return emit.node('Conv', inputs(), {
        attributes: {
          group: { int: value.groups },
          strides: { ints: [value.stride, value.stride] },
          pads: { ints: value.padding },
        },
      });
    case 'maxPool':
      return emit.node('MaxPool', inputs(), {
        attributes: {
          kernel_shape: { ints: [value.kernel, value.kernel] },
          strides: { ints: [value.stride, value.stride] },
        },
      });
    case 'upsample': {
      const scales = emit.tensor('float32', [4], Float32Array.of(1, 1, value.factor, value.factor));
      return emit.node('Resize', [...inputs(), '', scales], {
        attributes: { mode: { string: 'linear' }, coordinate_transformation_mode: { string: 'half_pixel' } },
      });
    }
    default:
      return value satisfies never;
  }
}

function lowerLayerNorm(value: Value & { readonly op: 'layerNorm' }, emit: Emitter): string {
  const [x, scale, bias] = value.inputs as [Value, Value, Value];
  const epsilon = { float: value.epsilon };
  const sum = x.op === 'binary' && x.fn === 'add' && x.inputs.every(({ shape }) => sameShape(shape, x.shape));
  if (sum && emit.target === 'cpu') {
    const inputs = [...x.inputs, scale, bias].map((input) => emit.name(input));
    return emit.node('SkipLayerNormalization', inputs, { domain: 'com.microsoft', attributes: { epsilon } });
  }
  const inputs = value.inputs.map((input) => emit.name(input));
  return emit.node('LayerNormalization', inputs, { attributes: { axis: { int: -1 }, epsilon } });
}

/** Of reshapes in a row only the last counts. */
function beforeReshapes(value: Value): Value {
  let inner = value;
  for (;;) {
    if (inner.op === 'reshape') inner = inner.inputs[0]!;
    else if (inner.op === 'attention') inner = decomposeAttention(inner);
    else return inner;
  }
}

function lowerMatMul(value: Value & { readonly op: 'matMul' }, emit: Emitter): string {
  const { transposeA, transposeB } = value;
  const [a, b] = value.inputs as [Value, Value];
  if (!transposeA && !transposeB) return emit.node('MatMul', [emit.name(a), emit.name(b)]);
  if (a.shape.length === 2 && b.shape.length === 2) {
    return emit.node('Gemm', [emit.name(a), emit.name(b)], {
      attributes: { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } },
    });
  }
  if (emit.target === 'cpu' || emit.target === 'cuda') {
    return emit.node('FusedMatMul', [emit.name(a), emit.name(b)], {
      domain: 'com.microsoft',
      attributes: { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } },
    });
  }
  return emit.node('MatMul', [swapLast(a, transposeA, emit), swapLast(b, transposeB, emit)]);
}

function swapLast(x: Value, swap: boolean, emit: Emitter): string {
  if (!swap) return emit.name(x);
  const axes = x.shape.map((_, axis) => axis);
  const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return emit.node('Transpose', [emit.name(x)], { attributes: { perm: { ints: perm } } });
}
