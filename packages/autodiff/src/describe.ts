import { topological, type Value } from '@facexformer/core/graph';

/** A graph in plain JSON, its constants in one vector beside it. */
export interface GraphDescription {
  /** In an order in which every node follows its inputs; `inputs` are indices of earlier nodes. */
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
  /** Node of each output. */
  readonly outputs: Readonly<Record<string, number>>;
  readonly constants: Float32Array;
}

/** Writes a graph down for an interpreter in another language. A constant's `data` becomes its start in `constants`. */
export function describeGraph(outputs: Readonly<Record<string, Value>>): GraphDescription {
  const order = topological(Object.values(outputs));
  const index = new Map(order.map((value, i) => [value, i]));
  const parts: Float32Array[] = [];
  let start = 0;
  const nodes = order.map((value) => {
    const inputs = value.inputs.map((x) => index.get(x)!);
    if (value.op === 'gather') return { ...value, inputs, indices: [...value.indices] };
    if (value.op !== 'constant') return { ...value, inputs };
    const node = { ...value, inputs, data: start };
    parts.push(value.data);
    start += value.data.length;
    return node;
  });
  const constants = new Float32Array(start);
  nodes
    .filter(({ op }) => op === 'constant')
    .forEach((node, i) => {
      constants.set(parts[i]!, (node as { data: number }).data);
    });
  return {
    nodes,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, index.get(value)!])),
    constants,
  };
}
