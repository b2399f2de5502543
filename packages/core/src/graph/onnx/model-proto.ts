import type { Shape } from '../value.js';
import { bytes, float, int, join, type Message, message, string } from './protobuf.js';

export type OnnxDtype = 'float32' | 'float16' | 'int64' | 'int32' | 'int8' | 'uint8';
const DTYPE_CODE: Record<OnnxDtype, number> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  float16: 10,
};

/** An attribute by its kind: whole numbers and fractions are different types in ONNX. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly string: string };

export interface OnnxNode {
  readonly op: string;
  readonly domain?: string;
  /** Empty string: an optional input left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** A place in the file of weights beside the model. */
export interface FilePlace {
  /** Name of the file. */
  readonly location: string;
  readonly offset: number;
  readonly byteLength: number;
}

/** A constant tensor: bytes inside the file, or a place in the file beside it. */
export interface Initializer {
  readonly name: string;
  readonly dtype: OnnxDtype;
  readonly dims: readonly number[];
  readonly content: { readonly bytes: Uint8Array } | FilePlace;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly { readonly name: string; readonly shape: Shape }[];
  readonly outputs: readonly { readonly name: string; readonly shape: Shape }[];
}

const OPSET = 20;
const IR_VERSION = 9;

/** Serialises a graph as an ONNX ModelProto (onnx.proto3 field numbers). */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  const body = [
    ...graph.nodes.map((node) => message(1, encodeNode(node))),
    string(2, 'facexformer'),
    ...graph.initializers.map((initializer) => message(5, encodeInitializer(initializer))),
    ...graph.inputs.map(({ name, shape }) => message(11, encodeValueInfo(name, shape))),
    ...graph.outputs.map(({ name, shape }) => message(12, encodeValueInfo(name, shape))),
  ];
  const domains = new Set(graph.nodes.map((node) => node.domain ?? ''));
  const opsets = [...domains].map((domain) =>
    message(8, string(1, domain), int(2, domain === '' ? OPSET : 1)),
  );
  return join([int(1, IR_VERSION), string(2, 'facexformer'), message(7, body.flat()), ...opsets].flat());
}

function encodeNode({ op, domain, inputs, outputs, attributes = {} }: OnnxNode): Message {
  return [
    ...inputs.map((name) => string(1, name)),
    ...outputs.map((name) => string(2, name)),
    string(4, op),
    ...Object.entries(attributes).map(([name, attribute]) => message(5, encodeAttribute(name, attribute))),
    ...(domain ? [string(7, domain)] : []),
  ].flat();
}

function encodeAttribute(name: string, attribute: Attribute): Message {
  const [kind, value] =
    'int' in attribute
      ? [2, int(3, attribute.int)]
      : 'ints' in attribute
        ? [7, attribute.ints.flatMap((item) => int(8, item))]
        : 'float' in attribute
          ? [1, float(2, attribute.float)]
          : [3, string(4, attribute.string)];
  return [string(1, name), value, int(20, kind)].flat();
}

function encodeInitializer({ name, dtype, dims, content }: Initializer): Message {
  const head = [...dims.map((dim) => int(1, dim)), int(2, DTYPE_CODE[dtype]), string(8, name)];
  if ('bytes' in content) return [...head, bytes(9, content.bytes)].flat();
  const entry = (entryKey: string, value: string | number): Message =>
    message(13, string(1, entryKey), string(2, String(value)));
  return [
    ...head,
    entry('location', content.location),
    entry('offset', content.offset),
    entry('length', content.byteLength),
    int(14, 1), // data_location: EXTERNAL
  ].flat();
}

function encodeValueInfo(name: string, shape: Shape): Message {
  const dims = shape.map((dim) => {
    if (typeof dim === 'number') return message(1, int(1, dim));
    return message(1, string(2, dim.batch === 1 ? 'batch' : `${dim.batch}*batch`));
  });
  return [string(1, name), message(2, message(1, int(1, DTYPE_CODE.float32), message(2, ...dims)))].flat();
}
