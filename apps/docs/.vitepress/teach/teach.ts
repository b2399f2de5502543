import { type Classification, classify, type Measured, type Plugin, plugin } from '@facexformer/core';
import { type TrainedTask, trainTask } from '@facexformer/train/frozen';
import type { TeachModel } from './open-model.ts';
import type { TaughtClass } from './use-classes.ts';

/** What is taught, and how. */
export interface Lesson {
  readonly name: string;
  readonly classes: readonly Pick<TaughtClass, 'label' | 'shots'>[];
  /** Learns from mirror images too. */
  readonly flip: boolean;
}

/** A task that has been taught. */
export interface Taught {
  readonly name: string;
  readonly labels: readonly string[];
  readonly plugin: Plugin<string, Classification>;
  readonly trained: TrainedTask;
  /** Share of photos that were right while they were held back. */
  readonly accuracy: Measured;
  readonly photos: number;
  readonly seconds: number;
}

/** Times that a part of the photos is held back. */
export const FOLDS = 4;
/** Photos of a step. */
const BATCH = 16;
/** Steps of a training with few photos, and the fewest and most epochs that they are spread over. */
const STEPS = 60;
const EPOCHS = { fewest: 8, most: 40 } as const;

/**
 * Teaches a task to the frozen model: {@link FOLDS} trainings that are measured on what they have not seen, and one on
 * all photos, whose plug-in is the result.
 * @param onProgress share of the work that is done, 0..1, and what is being done
 */
export async function teach(
  model: TeachModel,
  { name, classes, flip }: Lesson,
  signal: AbortSignal,
  onProgress: (share: number, what: string) => void,
): Promise<Taught> {
  const begun = performance.now();
  const labels = classes.map(({ label }) => label.trim());
  const task = classify(name, { id: `${name}@1`, labels });
  const photos = classes.flatMap(({ shots }, i) =>
    shots.map((shot) => ({
      image: shot.pixels,
      box: shot.box,
      label: labels[i],
      name: shot.name,
      key: `shot ${shot.id}`,
    })),
  );
  const epochs = Math.round((STEPS * BATCH) / photos.length);
  const trained = await trainTask({
    task,
    base: model.base,
    runtime: model.runtime,
    cache: model.cache,
    data: photos,
    flip,
    signal,
    folds: FOLDS,
    batch: BATCH,
    epochs: Math.min(EPOCHS.most, Math.max(EPOCHS.fewest, epochs)),
    provenance: {
      source: `taught in the browser from ${photos.length} photos`,
      notes: [`a sketch: measured on the same ${photos.length} photos, a quarter held back at a time`],
    },
    onProgress(line) {
      if (line.phase === 'features') {
        onProgress(
          (0.2 * line.done) / photos.length,
          `The model looks at photo ${line.done} of ${photos.length}.`,
        );
        return;
      }
      const done = (line.round * line.of + line.epoch + 1) / (line.rounds * line.of);
      const what =
        line.round < FOLDS
          ? `Round ${line.round + 1} of ${line.rounds}: learning with a quarter of the photos held back.`
          : `Round ${line.rounds} of ${line.rounds}: learning from all photos.`;
      onProgress(0.2 + 0.8 * done, what);
    },
  });
  return {
    name,
    labels,
    plugin: plugin(task, trained.checkpoint),
    trained,
    accuracy: trained.metrics.accuracy!,
    photos: photos.length,
    seconds: (performance.now() - begun) / 1000,
  };
}
