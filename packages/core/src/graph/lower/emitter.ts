import type { Attribute, FilePlace, Initializer, OnnxDtype, OnnxNode } from '../onnx/model-proto.js';
import type { Target } from '../onnx/onnx-model.js';
import type { Shape, Value } from '../value.js';
import type { QuantizedWeight } from './quantize.js';

/** How precisely the linear layers compute. */
export type Precision = 'fp32' | 'int8';

/** What the lowering rules write to: nodes and initializers under fresh names. */
export interface Emitter {
  readonly target: Target;
  /** The ONNX name that holds a value, lowering it first if need be. */
  name(value: Value): string;
  /** Adds a node with one output and returns that output's name. */
  node(op: string, inputs: readonly string[], options?: NodeOptions): string;
  /** Adds a node with several outputs. */
  nodes(op: string, inputs: readonly string[], outputs: number, options?: NodeOptions): string[];
  int64(values: readonly number[]): string;
  tensor(dtype: OnnxDtype, dims: readonly number[], data: ArrayBufferView | FilePlace): string;
  /** A weight in int8, where the precision asks for it. */
  quantized(weight: Value): QuantizedWeight | undefined;
  /** Emits something once per value, such as its quantised form, and remembers the names. */
  once(value: Value, make: () => readonly string[]): readonly string[];
}

export interface NodeOptions {
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface Emitted {
  readonly nodes: OnnxNode[];
  readonly initializers: Initializer[];
}

/** A shape as the Reshape operator takes it: -1 stands for the one axis that holds the batch. */
export const reshapeTarget = (shape: Shape): number[] =>
  shape.map((dim) => (typeof dim === 'number' ? dim : -1));
