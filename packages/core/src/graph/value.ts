/**
 * The symbolic graph: plain immutable data. A value *is* the operation that makes it; nothing is computed here.
 * Shapes are checked when a value is built (`ops.ts`), ONNX is written from it (`onnx/`), and package `train`
 * differentiates it.
 */

import { having, LIST } from '../base/arguments.js';

/** A dimension: a number, or a multiple of the batch size, which stays open until the graph runs. */
export type Dim = number | { readonly batch: number };
/** Dimensions of a value, outermost first. */
export type Shape = readonly Dim[];

/** The batch size itself. */
export const BATCH: Dim = { batch: 1 };

/** Functions of one value, element by element. */
export type UnaryFunction =
  | 'abs'
  | 'cos'
  | 'exp'
  | 'gelu' // exact, by erf
  | 'log'
  | 'neg'
  | 'reciprocal'
  | 'relu'
  | 'sigmoid'
  | 'sin'
  | 'sqrt'
  | 'tanh'
  | 'erf';
/** Functions of two values that broadcast. */
export type BinaryFunction = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min' | 'greater';
/** What a reduction makes of the axes that it removes. */
export type ReduceFunction = 'sum' | 'mean' | 'max';

/** What a value computes from its inputs. `greater` yields 0 or 1 as float. */
export type Operation =
  | { readonly op: 'input'; readonly name: string }
  | { readonly op: 'parameter'; readonly name: string; readonly range?: ParameterRange }
  | { readonly op: 'constant'; readonly data: Float32Array }
  | { readonly op: 'unary'; readonly fn: UnaryFunction }
  | { readonly op: 'binary'; readonly fn: BinaryFunction }
  /** [..., M, K] x [..., K, N]; leading axes broadcast; each side may be transposed on its last two axes. */
  | { readonly op: 'matMul'; readonly transposeA: boolean; readonly transposeB: boolean }
  /** inputs x [..., I], weight [O, I], bias [O]? -> [..., O] */
  | { readonly op: 'linear' }
  /** inputs x, scale [C], bias [C]; over the last axis, biased variance */
  | { readonly op: 'layerNorm'; readonly epsilon: number }
  /** over the last axis */
  | { readonly op: 'softmax' }
  /** inputs q [..., N, C], k [..., M, C], v [..., M, C], bias [..., heads, N, M]? -> [..., N, C] */
  | { readonly op: 'attention'; readonly heads: number; readonly scale: number }
  | { readonly op: 'reshape' }
  /** repeats axes of size 1 up to the shape */
  | { readonly op: 'expand' }
  | { readonly op: 'transpose'; readonly permutation: readonly number[] }
  | { readonly op: 'concat'; readonly axis: number }
  | { readonly op: 'slice'; readonly axis: number; readonly start: number; readonly end: number }
  /** zeros before and after each axis */
  | { readonly op: 'pad'; readonly before: readonly number[]; readonly after: readonly number[] }
  | { readonly op: 'gather'; readonly axis: number; readonly indices: Int32Array }
  | {
      readonly op: 'reduce';
      readonly fn: ReduceFunction;
      readonly axes: readonly number[];
      readonly keepDims: boolean;
    }
  /** inputs x [B, I, H, W], weight [O, I / groups, kh, kw], bias [O]?; padding is [top, left, bottom, right] */
  | {
      readonly op: 'conv';
      readonly stride: number;
      readonly padding: readonly [number, number, number, number];
      readonly groups: number;
    }
  | { readonly op: 'maxPool'; readonly kernel: number; readonly stride: number }
  /** bilinear, pixel centres at half: [B, C, H, W] -> [B, C, factor H, factor W] */
  | { readonly op: 'upsample'; readonly factor: number };

/** Rows `start` to `end` of a stored parameter: a view, never a copy. */
export interface ParameterRange {
  readonly start: number;
  readonly end: number;
  /** Shape of the stored parameter. */
  readonly stored: readonly number[];
}

/** A float32 tensor of the graph. */
export type Value = Operation & {
  readonly inputs: readonly Value[];
  readonly shape: Shape;
};

/** Check of an argument. */
export const VALUE = having('a value of the graph', { shape: LIST, inputs: LIST });
