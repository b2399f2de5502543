import type { Session, Tensor } from '@facexformer/core';
import { type ParameterSlot, parameterVector, partsOf } from '../../packages/train/src/step/parameters.js';
import { planForward, type StepPlan } from '../../packages/train/src/step/step.js';
import type { Rows } from '../../packages/train/src/trainer/sampler.js';
import { openGraph } from '../../packages/train/src/trainer/session.js';
import { validate } from '../../packages/train/src/trainer/validate.js';
import { type OpenSet, openSets } from './data.js';
import type { Settings } from './settings.js';
import type { Variant } from './variant.js';

/** Validation metrics of the tasks that a variant has. */
export async function measure(
  variant: Variant,
  plan: StepPlan,
  slots: readonly ParameterSlot[],
  parameters: Float32Array,
  rows: Rows,
  { runtime, cache, faces }: Settings,
): Promise<Readonly<Record<string, number>>> {
  const forward = await openGraph(runtime, planForward(plan, slots, partsOf(parameterVector(slots), slots)));
  const sets: readonly OpenSet[] = await openSets(cache, rows, 'val');
  try {
    const all = await validate(
      inBaseForm(forward, variant),
      parameters,
      sets.filter((set) => set.rows > 0),
      plan.shape,
      plan.model.normalization,
      faces,
    );
    const names = new Set(plan.tasks.map(({ name }) => name));
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name.split('.')[0]!)));
  } finally {
    await forward.dispose();
    for (const { tiles } of sets) tiles.close();
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
