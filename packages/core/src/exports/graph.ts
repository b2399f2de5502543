/** The symbolic tensor graph: its operations, their reference execution, and export to ONNX. */

export { expectShape, row, sizeOf, stack, tensor } from '../base/tensor.js';
export { decomposeAttention } from '../graph/decompose.js';
export { type Bindings, evaluator } from '../graph/evaluate/evaluate.js';
export { type ExportOptions, exportOnnx } from '../graph/lower/export.js';
export type { ParameterSource } from '../graph/lower/parameter-source.js';
export { int8Parameters } from '../graph/lower/quantize.js';
export type { OnnxModel, Target } from '../graph/onnx/onnx-model.js';
export * from '../graph/ops.js';
export { type Initial, type ParameterFactory, scaled } from '../graph/parameters.js';
export { topological } from '../graph/topological.js';
export type {
  BinaryFunction,
  Dim,
  Operation,
  ParameterRange,
  ReduceFunction,
  Shape,
  UnaryFunction,
  Value,
} from '../graph/value.js';
export { BATCH } from '../graph/value.js';
