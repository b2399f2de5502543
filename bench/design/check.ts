import { deepStrictEqual } from 'node:assert/strict';
import { buildModel } from '@facexformer/core';
import { describeGraph } from '../../packages/train/src/step/describe.js';
import { networkOf } from './network.js';
import { basePlan } from './plan.js';
import { anglesOf, nearestRotation, rotationOf } from './rotation.js';
import type { Settings } from './settings.js';

/** Stops unless the composed network with nothing left out is core's, and rotations come back as they went. */
export function checkComposition(settings: Settings): void {
  const { model, tasks, vocabularies } = basePlan(settings, settings.rows, 1);
  const [core, ours] = [buildModel, networkOf({})].map((build) => {
    const names: string[] = [];
    const { nodes } = describeGraph(build(model, { tasks, vocabularies, batch: 2 }).outputs);
    for (const node of nodes) if (node.op === 'parameter') names.push(String(node.name));
    return { operations: nodes.map(({ op, shape }) => ({ op, shape })), names };
  });
  deepStrictEqual(new Set(ours!.names), new Set(core!.names));
  const sorted = (list: readonly object[]): readonly string[] => list.map((x) => JSON.stringify(x)).sort();
  deepStrictEqual(sorted(ours!.operations), sorted(core!.operations));

  const angles = [0.3, -0.7, 0.2];
  const stretched = rotationOf(angles).map((value) => 1.7 * value);
  anglesOf(nearestRotation(stretched)).forEach((angle, i) => {
    if (Math.abs(angle - angles[i]!) > 1e-6) throw new Error(`angle ${i} came back as ${angle}`);
  });
}
