import { parameterVector, partsOf } from '@facexformer/autodiff';
import type { Session, Tensor } from '@facexformer/core';
import { openGraph } from '../../packages/train/src/engine/open-graph.js';
import type { Rows } from '../../packages/train/src/whole/batch/set-sampler.js';
import { planParameters, type TrainingPlan } from '../../packages/train/src/whole/plan/plan.js';
import { planForward } from '../../packages/train/src/whole/plan/step.js';
import { closeSets, planFor } from '../../packages/train/src/whole/trainer/open-sets.js';
import { validate } from '../../packages/train/src/whole/trainer/validate.js';
import { openSets } from './data.js';
import type { Settings } from './settings.js';
import type { Variant } from './variant.js';

/** Validation metrics of the tasks that a variant has. */
export async function measure(
  variant: Variant,
  plan: TrainingPlan,
  vector: Float32Array,
  rows: Rows,
  { runtime, cache, faces }: Settings,
): Promise<Readonly<Record<string, number>>> {
  const parameters = planParameters(plan);
  const sets = await openSets(cache, rows, 'val');
  const steps = planFor(plan, sets);
  const parts = partsOf(parameterVector(parameters), parameters);
  const forward = await openGraph(runtime, planForward(steps, parameters, parts));
  const measured = sets.filter((set) => set.rows > 0).map(({ tiles }) => tiles);
  try {
    return await validate(inBaseForm(forward, variant), vector, measured, steps, faces);
  } finally {
    await forward.dispose();
    closeSets(sets);
  }
}

/** The session with every output in the form in which the base gives it. */
const inBaseForm = (session: Session, { forms = {} }: Variant): Session => ({
  ...session,
  async run(feeds) {
    const outputs = await session.run(feeds);
    const changed = Object.entries(forms).map(([task, { decode }]): [string, Tensor] => {
      const { dims, data } = outputs[task]!;
      const [rows = 0, width = 0] = dims;
      const values = Array.from({ length: rows }, (_, row) =>
        decode(data.subarray(row * width, (row + 1) * width)),
      );
      return [task, { dims: [rows, values[0]!.length], data: Float32Array.from(values.flat()) }];
    });
    return { ...outputs, ...Object.fromEntries(changed) };
  },
});
