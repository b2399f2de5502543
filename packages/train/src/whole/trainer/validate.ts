import type { Session, Tensor } from '@facexformer/core';
import { row } from '@facexformer/core/graph';
import type { Verdict } from '@facexformer/core/task';
import { CENTRED, viewOf } from '../augment/placement.js';
import { emptyBatch, fillRow, labelsIn } from '../batch/batch.js';
import type { Learner, StepPlan } from '../plan/plan.js';
import type { Face, Tiles } from '../tiles/tiles.js';

/**
 * Runs the network on the first `limit` faces of each set, as they would be seen at inference, and judges its answers
 * by the tasks' own metrics; labels of teachers judge nothing. It is for following a run: package `eval` measures on
 * whole photos.
 * @returns the tasks' headline figures by name, such as `age.mae`
 */
export async function validate(
  forward: Session,
  parameters: Float32Array,
  sets: readonly Tiles[],
  plan: StepPlan,
  limit: number,
): Promise<Readonly<Record<string, number>>> {
  const { learners, batch } = plan;
  const vector = { dims: [parameters.length], data: parameters };
  const verdicts = learners.map((): Verdict[] => []);
  for (const tiles of sets) {
    const dense = learners.filter(({ task }) => tiles.dense.includes(task.name));
    const perBatch = Math.min(batch, ...dense.map(({ rows }) => rows));
    const count = Math.min(tiles.count, limit);
    for (let start = 0; start < count; start += perBatch) {
      const faces = Array.from({ length: Math.min(perBatch, count - start) }, (_, i) =>
        tiles.read(start + i),
      );
      const feeds = emptyBatch(plan);
      faces.forEach((face, place) => {
        fillRow(feeds, place, face, plan);
      });
      const outputs = await forward.run({ image: feeds.image!, parameters: vector });
      faces.forEach((face, place) => {
        learners.forEach((learner, i) => {
          const raw = outputs[learner.task.name]!;
          const verdict = place < learner.rows ? judge(learner, face, row(raw, place), plan) : undefined;
          if (verdict) verdicts[i]!.push(verdict);
        });
      });
    }
  }
  const headlines = learners.flatMap(({ task: { metrics } }, i) => {
    const figures = metrics?.figures(verdicts[i]!) ?? {};
    return (metrics?.headlines ?? []).flatMap(({ figure }) =>
      figures[figure] === undefined ? [] : [[figure, figures[figure]] as const],
    );
  });
  return Object.fromEntries(headlines);
}

/** The verdict on one answer; undefined without a label of the set's own. */
function judge(learner: Learner, face: Face, raw: Tensor, { model }: StepPlan): Verdict | undefined {
  const { task, vocabulary } = learner;
  if ((face.weights[task.name] ?? 1) < 1) return undefined;
  const { width, height } = model.input;
  const { [task.name]: label } = labelsIn(viewOf(CENTRED, face.side, width), face, [learner]);
  if (label === undefined) return undefined;
  const result = task.decode(raw, { crop: { x: 0, y: 0, width, height }, vocabulary });
  return task.metrics?.judge({ result, raw, photo: { width, height }, vocabulary }, label);
}
