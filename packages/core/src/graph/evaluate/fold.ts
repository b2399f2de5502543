import { constant } from '../ops.js';
import { elements, fixed, fixedShape } from '../shape.js';
import { topological } from '../topological.js';
import type { Value } from '../value.js';
import { evaluator } from './evaluate.js';

/** A parameter as stored, perhaps seen in another shape: needs no evaluation, only an address. */
const isStored = (value: Value): boolean =>
  value.op === 'constant' ||
  value.op === 'parameter' ||
  (value.op === 'reshape' && value.inputs[0]!.op === 'parameter');

/** Multiplications, or function values, above which constants are left to the engine: it folds them in no time. */
const LARGEST_WORK = 1e6;

/** What folds as well in the engine, and here would cost time or bloat the file: large work, stretching sums. */
function isLeftToEngine(value: Value): boolean {
  const { count } = elements(value.shape);
  if (value.op === 'unary') return count > LARGEST_WORK;
  if (value.op === 'binary') return value.inputs.every((x) => elements(x.shape).count < count);
  if (value.op !== 'matMul' && value.op !== 'linear') return false;
  const depth = value.op === 'matMul' && value.transposeA ? -2 : -1;
  return count * fixed('fold', value.inputs[0]!.shape, depth) > LARGEST_WORK;
}

/** What of a graph depends on no input; `all` as in {@link foldConstants}. */
export function constantsOf(order: readonly Value[], all: boolean): ReadonlySet<Value> {
  const constants = new Set<Value>();
  for (const value of order) {
    if (!all && isLeftToEngine(value)) continue;
    const leaf = value.op === 'constant' || value.op === 'parameter';
    if (leaf || (value.op !== 'input' && value.inputs.every((x) => constants.has(x)))) constants.add(value);
  }
  return constants;
}

/**
 * Replaces every largest subgraph that depends on no input by a constant. `read` gives the values of the
 * parameters that this needs; parameters used as they are stay parameters. `all` also folds what is otherwise left to the engine.
 */
export async function foldConstants(
  outputs: Readonly<Record<string, Value>>,
  read: (name: string) => Promise<Float32Array>,
  all = true,
): Promise<Readonly<Record<string, Value>>> {
  const order = topological(Object.values(outputs));
  const constantValues = constantsOf(order, all);
  const roots = new Set(Object.values(outputs).filter((value) => constantValues.has(value)));
  for (const value of order) {
    if (!constantValues.has(value)) {
      for (const x of value.inputs) if (constantValues.has(x)) roots.add(x);
    }
  }
  const folded = [...roots].filter((value) => !isStored(value));
  const parameters = new Map<string, Float32Array>();
  for (const value of topological(folded)) {
    if (value.op === 'parameter' && !parameters.has(value.name))
      parameters.set(value.name, await read(value.name));
  }
  const evaluate = evaluator({ parameters });
  const replaced = new Map<Value, Value>(
    folded.map((value) => [value, constant(fixedShape('fold', value.shape), evaluate(value).data)]),
  );
  for (const value of order) {
    if (constantValues.has(value)) continue;
    const inputs = value.inputs.map((x) => replaced.get(x) ?? x);
    if (inputs.some((x, i) => x !== value.inputs[i])) replaced.set(value, { ...value, inputs });
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, replaced.get(value) ?? value]),
  );
}
