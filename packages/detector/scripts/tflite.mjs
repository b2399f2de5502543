/** Reads the constant tensors of a TensorFlow Lite file: the few tables of its FlatBuffers schema that hold them. */

// Field numbers of the schema (tensorflow/lite/schema/schema.fbs).
const MODEL = { subgraphs: 2, buffers: 4 };
const SUBGRAPH = { tensors: 0 };
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 };
const BUFFER = { data: 0 };
const TYPES = ['float32', 'float16'];

/**
 * @param {Uint8Array} bytes
 * @returns {Map<string, { type: string | undefined, shape: number[], data: Uint8Array }>} tensors that have data, by name
 */
export function readTflite(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u32 = (at) => view.getUint32(at, true);
  const follow = (at) => at + u32(at);
  /** Position of a field of the table, or 0 where the file leaves the default. */
  const field = (table, index) => {
    const layout = table - view.getInt32(table, true);
    const slot = 4 + 2 * index;
    const offset = slot < view.getUint16(layout, true) ? view.getUint16(layout + slot, true) : 0;
    return offset && table + offset;
  };
  const vector = (table, index) => {
    const at = field(table, index);
    return at ? { start: follow(at) + 4, length: u32(follow(at)) } : { start: 0, length: 0 };
  };
  const tables = (table, index) => {
    const { start, length } = vector(table, index);
    return Array.from({ length }, (_, i) => follow(start + 4 * i));
  };
  const content = (table, index) => {
    const { start, length } = vector(table, index);
    return bytes.subarray(start, start + length);
  };

  if (String.fromCharCode(...bytes.subarray(4, 8)) !== 'TFL3') throw new Error('not a TensorFlow Lite file');
  const model = follow(0);
  const buffers = tables(model, MODEL.buffers).map((table) => content(table, BUFFER.data));
  const [graph] = tables(model, MODEL.subgraphs);
  const tensors = new Map();
  for (const table of tables(graph, SUBGRAPH.tensors)) {
    const [type, buffer] = [field(table, TENSOR.type), field(table, TENSOR.buffer)];
    const data = buffers[buffer ? u32(buffer) : 0];
    if (!data?.length) continue;
    const { start, length } = vector(table, TENSOR.shape);
    tensors.set(new TextDecoder().decode(content(table, TENSOR.name)), {
      type: TYPES[type ? view.getInt8(type) : 0],
      shape: Array.from({ length }, (_, i) => view.getInt32(start + 4 * i, true)),
      data,
    });
  }
  return tensors;
}
