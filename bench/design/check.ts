import { deepStrictEqual } from 'node:assert/strict';
import { describeGraph } from '@facexformer/autodiff';
import { constant, evaluator } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { networkOf } from './network.js';
import { basePlan } from './plan.js';
import { anglesOf, chordalLoss, nearestRotation, rotationOf } from './rotation.js';
import type { Settings } from './settings.js';

/** Stops unless the composed network with nothing left out is core's, and rotations come back as they went. */
export function checkComposition(settings: Settings): void {
  const { model, tasks, vocabularies } = basePlan(settings, 1);
  const [core, ours] = [buildModel, networkOf({})].map((build) => {
    const names: string[] = [];
    const { nodes } = describeGraph(build(model, { tasks, vocabularies, batch: 2 }).outputs);
    for (const node of nodes) if (node.op === 'parameter') names.push(String(node.name));
    return { operations: nodes.map(({ op, shape }) => ({ op, shape })), names };
  });
  deepStrictEqual(new Set(ours!.names), new Set(core!.names));
  const sorted = (list: readonly object[]): readonly string[] => list.map((x) => JSON.stringify(x)).sort();
  deepStrictEqual(sorted(ours!.operations), sorted(core!.operations));
  checkRotations([0.3, -0.7, 0.2], [-0.1, 0.4, 0.6]);
}

/** The nearest rotation undoes scale, and the chordal loss is sin(angle / 2) of the angle between two rotations. */
function checkRotations(angles: readonly number[], others: readonly number[]): void {
  const rotation = rotationOf(angles);
  const back = anglesOf(nearestRotation(rotation.map((value) => 1.7 * value)));
  const loss = chordalLoss(constant([1, 9], rotation), constant([1, 3], others));
  const trace = rotationOf(others).reduce((sum, value, i) => sum + value * rotation[i]!, 0);
  const pairs = [
    ...back.map((angle, i) => [angle, angles[i]!]),
    [evaluator({})(loss).data[0]!, Math.sqrt((3 - trace) / 4)],
  ] as const;
  for (const [found, expected] of pairs) {
    if (!(Math.abs(found! - expected!) < 1e-5)) throw new Error(`expected ${expected}, not ${found}`);
  }
}
