import type { Target } from '../../runtime.js';
import type { Attribute, Initializer, OnnxDtype, OnnxNode } from '../onnx/model-proto.js';
import type { Shape, Value } from '../value.js';

/** How precisely the linear layers compute. */
export type Precision = 'fp32' | 'int8';

/** What the lowering rules write to: nodes and initializers under fresh names. */
export interface Emitter {
  readonly target: Target;
  readonly precision: Precision;
  /** The ONNX name that holds a value, lowering it first if need be. */
  name(value: Value): string;
  /** Adds a node with one output and returns that output's name. */
  node(op: string, inputs: readonly string[], options?: NodeOptions): string;
  /** Adds a node with several outputs. */
  nodes(op: string, inputs: readonly string[], outputs: number, options?: NodeOptions): string[];
  int64(values: readonly number[]): string;
  tensor(dtype: OnnxDtype, dims: readonly number[], data: ArrayBufferView): string;
  /** Values of a weight that lowering must look into, for example to quantise it. */
  weight(value: Value): Float32Array | undefined;
  /** Keeps something computed once for a value, such as its quantised form. */
  once<T>(value: Value, what: string, make: () => T): T;
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
