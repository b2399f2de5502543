import type { TensorEntry } from '../../formats/tensor-entry.js';
import { foldConstants } from '../evaluate/fold.js';
import { encodeModel, type Initializer, type OnnxDtype } from '../onnx/model-proto.js';
import type { OnnxModel, Target } from '../onnx/onnx-model.js';
import { checkParameters } from '../parameter-check.js';
import { fixedShape, graphError } from '../shape.js';
import { topological } from '../topological.js';
import type { Value } from '../value.js';
import type { Emitted, Emitter, Precision } from './emitter.js';
import type { ParameterSource } from './parameter-source.js';
import { type QuantizedWeight, quantizeWeights } from './quantize.js';
import { lower } from './rules.js';
import { filePlace, type StoredParameter, storedParameter, view } from './stored-parameter.js';

/** What is exported, and for which engine. */
export interface ExportOptions {
  /** The values to compute, under the names that the session will give them. */
  readonly outputs: Readonly<Record<string, Value>>;
  readonly parameters: ParameterSource;
  readonly target?: Target;
  /** By default as the weights are stored: int8 for those in eight bits where the target is a CPU, fp32 for all others. */
  readonly precision?: Precision | undefined;
  /** Refer to weights in the checkpoint's own file instead of copying them, where there is such a file. */
  readonly external?: boolean;
}

const STORED: Partial<Record<TensorEntry['dtype'], OnnxDtype>> = { F32: 'float32', F16: 'float16' };

/**
 * Writes a graph as ONNX: folds constants, lowers operations for the target, and serialises.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, `BAD_TENSOR` from the checkpoint; `GRAPH`.
 */
export async function exportOnnx(options: ExportOptions): Promise<OnnxModel> {
  const { parameters, target = 'portable', external = false } = options;
  const { precision = storedPrecision(parameters, target) } = options;
  if (parameters.tensors) checkParameters(Object.values(options.outputs), parameters.tensors);
  const int8 = precision === 'int8';
  const outputs = await foldConstants(options.outputs, (name) => parameters.read(name), int8);
  const order = topological(Object.values(outputs));
  const externalPath = external ? parameters.source?.path : undefined;
  const emitted: Emitted = { nodes: [], initializers: [] };
  const names = new Map<Value, string>();
  const used = usedDirectly(order, Object.values(outputs));
  const quantized = int8 ? await quantizeWeights(order, parameters, externalPath) : new Map();
  const emit = createEmitter(emitted, names, quantized, target);

  for (const value of used) {
    const stored = storedParameter(value);
    if (!stored || quantized.has(value)) continue;
    names.set(value, await addParameter(value, stored, parameters, externalPath, emitted));
  }
  const inputs = order.flatMap((value) => {
    if (value.op !== 'input') return [];
    names.set(value, value.name);
    return [{ name: value.name, shape: value.shape }];
  });
  for (const value of used) if (value.inputs.length > 0) emit.name(value); // in order: no deep recursion
  for (const [name, value] of Object.entries(outputs)) {
    emitted.nodes.push({ op: 'Identity', inputs: [emit.name(value)], outputs: [name] });
  }
  renameOutputs(emitted);
  dropUnused(emitted, Object.keys(options.outputs));
  const bytes = encodeModel({
    ...emitted,
    inputs,
    outputs: Object.entries(outputs).map(([name, { shape }]) => ({ name, shape })),
  });
  const usesFile = emitted.initializers.some(({ content }) => 'location' in content);
  const optimize = int8 || order.some(({ op }) => op === 'conv');
  return { bytes, optimize, ...(usesFile && externalPath && { externalFile: externalPath }) };
}

/** Other devices have no integer products, and would leave them to the CPU. */
const storedPrecision = ({ tensors = new Map() }: ParameterSource, target: Target): Precision =>
  target !== 'webgpu' && target !== 'cuda' && [...tensors.values()].some(({ int8 }) => int8)
    ? 'int8'
    : 'fp32';

/** What needs a name: outputs, and whatever an operation other than a view of a parameter reads. */
function usedDirectly(order: readonly Value[], outputs: readonly Value[]): readonly Value[] {
  const used = new Set(outputs);
  for (const value of order) if (!storedParameter(value)) for (const x of value.inputs) used.add(x);
  return order.filter((value) => used.has(value));
}

async function addParameter(
  value: Value,
  stored: StoredParameter,
  parameters: ParameterSource,
  externalPath: string | undefined,
  emitted: Emitted,
): Promise<string> {
  const { name, range } = stored;
  const label = `p${emitted.initializers.length}:${name}`;
  const dims = fixedShape('export', value.shape);
  const entry = parameters.tensors?.get(name);
  const dtype = entry && STORED[entry.dtype];
  const rows = range ? range.stored[0]! : 1;
  const [start, end] = range ? [range.start, range.end] : [0, 1];
  if (entry && dtype && externalPath && entry.offset !== undefined) {
    const rowBytes = entry.byteLength / rows;
    const content = filePlace(externalPath, {
      offset: entry.offset + start * rowBytes,
      byteLength: (end - start) * rowBytes,
    });
    return widened({ name: label, dtype, dims, content }, emitted);
  }
  const values = view(stored, await parameters.read(name));
  return widened({ name: label, dtype: 'float32', dims, content: { bytes: bytesOf(values) } }, emitted);
}

/** Adds an initializer; half precision is cast to float once, when the session loads. */
function widened(initializer: Initializer, { nodes, initializers }: Emitted): string {
  initializers.push(initializer);
  if (initializer.dtype === 'float32') return initializer.name;
  const name = `${initializer.name}:f32`;
  nodes.push({ op: 'Cast', inputs: [initializer.name], outputs: [name], attributes: { to: { int: 1 } } });
  return name;
}

const bytesOf = (data: ArrayBufferView): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

function createEmitter(
  emitted: Emitted,
  names: Map<Value, string>,
  quantized: ReadonlyMap<Value, QuantizedWeight>,
  target: Target,
): Emitter {
  const kept = new Map<Value, readonly string[]>();
  const shared = new Map<string, string>();
  let counter = 0;
  const fresh = (): string => {
    counter += 1;
    return `v${counter}`;
  };
  const emit: Emitter = {
    target,
    quantized: (weight) => quantized.get(weight),
    name(value) {
      let name = names.get(value);
      if (name === undefined) {
        name = value.op === 'constant' ? constantName(value) : lower(value, emit);
        names.set(value, name);
      }
      return name;
    },
    node(op, inputs, nodeOptions) {
      return emit.nodes(op, inputs, 1, nodeOptions)[0]!;
    },
    nodes(op, inputs, count, nodeOptions = {}) {
      const outputs = Array.from({ length: count }, fresh);
      emitted.nodes.push({ op, inputs, outputs, ...nodeOptions });
      return outputs;
    },
    int64(values) {
      const label = `i:${values}`;
      const known = values.length <= 8 ? shared.get(label) : undefined;
      const name = known ?? emit.tensor('int64', [values.length], BigInt64Array.from(values, BigInt));
      shared.set(label, name);
      return name;
    },
    tensor(dtype, dims, data) {
      const name = fresh();
      const content = ArrayBuffer.isView(data) ? { bytes: bytesOf(data) } : data;
      emitted.initializers.push({ name, dtype, dims, content });
      return name;
    },
    once(value, makeNames) {
      const known = kept.get(value) ?? makeNames();
      kept.set(value, known);
      return known;
    },
  };
  const constantName = (value: Value & { readonly op: 'constant' }): string =>
    emit.tensor('float32', fixedShape('export', value.shape), value.data);
  return emit;
}

/** Lowering looks through some values, such as reshapes in a row: nodes and tensors that nobody reads go. */
function dropUnused({ nodes, initializers }: Emitted, outputs: readonly string[]): void {
  const read = new Set(outputs);
  const kept = nodes
    .toReversed()
    .filter((node) => {
      const needed = node.outputs.some((name) => read.has(name));
      if (needed) for (const name of node.inputs) read.add(name);
      return needed;
    })
    .toReversed();
  nodes.splice(0, nodes.length, ...kept);
  initializers.splice(0, initializers.length, ...initializers.filter(({ name }) => read.has(name)));
}

/** Gives each output its public name at the node that makes it, where that is possible without an Identity. */
function renameOutputs({ nodes }: Emitted): void {
  const renamed = new Map<string, string>();
  const made = new Set(nodes.flatMap((node) => node.outputs));
  const keep = nodes.filter((node) => {
    const [from] = node.inputs;
    if (node.op !== 'Identity' || from === undefined || !made.has(from) || renamed.has(from)) return true;
    renamed.set(from, node.outputs[0]!);
    return false;
  });
  const rename = (name: string): string => renamed.get(name) ?? name;
  nodes.length = 0;
  for (const node of keep) {
    nodes.push({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) });
  }
  if (new Set(nodes.flatMap((node) => node.outputs)).size !== nodes.flatMap((node) => node.outputs).length) {
    throw graphError('export', 'two nodes write the same output');
  }
}
