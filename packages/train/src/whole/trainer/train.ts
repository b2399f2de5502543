import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parameterVector, partsOf } from '@facexformer/autodiff';
import {
  type CheckpointInfo,
  FaceXFormerError,
  type Runtime,
  type Signal,
  throwIfAborted,
} from '@facexformer/core';
import { appendLines, lockFile } from '@facexformer/files';
import { openGraph } from '../../engine/open-graph.js';
import { learningRate, type Schedule } from '../../engine/schedule.js';
import { createBatches } from '../batch/batches.js';
import type { Rows } from '../batch/set-sampler.js';
import { planParameters, type TrainingPlan } from '../plan/plan.js';
import { lossNames, planForward } from '../plan/step.js';
import { type Balance, balanceLogits } from './balance.js';
import { type Beginning, firstState } from './first-state.js';
import type { StepLine, ValidationLine } from './log.js';
import { closeSets, facesIn, openSets, planFor } from './open-sets.js';
import { saveModel } from './save-model.js';
import { loadState, saveState } from './state.js';
import { type OpenEngine, runtimeEngine } from './step-engine.js';
import { validate } from './validate.js';

/** A training run; the same options on the same folder go on where it stopped. */
export interface TrainOptions extends Beginning {
  readonly plan: TrainingPlan;
  readonly runtime: Runtime;
  /** What takes the steps; by default `runtime` does. */
  readonly engine?: OpenEngine | undefined;
  /** Folder of prepared tiles, reused by later runs. */
  readonly cache: string;
  /** Faces of each set in a step. */
  readonly sets: Rows;
  /** Folder of the run: `state.bin`, `log.jsonl`, `model.safetensors`, and `<task>.safetensors` of each
   * plug-in; a run that was stopped or killed goes on. */
  readonly folder: string;
  readonly schedule: Schedule;
  /** Share of the schedule after which to stop, 1 by default: the rest may go on with another input size. */
  readonly stopAt?: number;
  /** How far pictures are augmented, 0..1; 1 by default. */
  readonly augment?: number;
  /** What of the labels' log odds the written model and its validation leave out; nothing by default. */
  readonly balance?: Balance;
  /** Seconds between saved states and between validations. */
  readonly saveEvery: number;
  readonly validateEvery: number;
  readonly provenance: CheckpointInfo['provenance'];
  /** Called with what also goes to `log.jsonl`. */
  readonly onProgress?: (line: StepLine | ValidationLine) => void;
  /** Stops after the step that is running; the state is saved first. */
  readonly signal?: Signal | undefined;
}

/** Steps between lines of the log. */
const LOG_EVERY = 10;
/** Faces of each set in a validation. */
const VALIDATION_FACES = 480;

/**
 * Trains until the schedule ends; returns the path of the final checkpoint. A kill at any moment loses the steps since
 * the last saved state, nothing else.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when the folder holds a run of another model, `LOCKED` while it is
 *   running in another process, `WRITE_FAILED`, `ABORTED`, `RUNTIME`.
 */
export async function train(options: TrainOptions): Promise<string> {
  const { runtime, folder, schedule, stopAt = 1, augment = 1, balance = {}, onProgress, signal } = options;
  const statePath = join(folder, 'state.bin');
  await using _run = await lockFile(statePath);
  const modelPath = join(folder, 'model.safetensors');
  const parameters = planParameters(options.plan);
  const sets = await openSets(options, 'train');
  const valSets = await openSets(options, 'val');
  const plan = planFor(options.plan, sets);
  const start = existsSync(statePath)
    ? await loadState(statePath, parameters.length)
    : await firstState(options, plan, parameters, sets);
  const closeAll = (): void => closeSets([...sets, ...valSets]);
  const past = schedule.progress(start.step, start.seconds) >= stopAt;
  if (past && stopAt < 1 && existsSync(modelPath)) {
    closeAll(); // the model is that of this end, or of what went on from it
    return modelPath;
  }
  const forward = await openGraph(
    runtime,
    planForward(plan, parameters, partsOf(parameterVector(parameters), parameters)),
  );
  await using lines = await appendLines(join(folder, 'log.jsonl'));
  const append = (line: object): Promise<void> => lines.append({ time: new Date().toISOString(), ...line });
  const log = async (line: StepLine | ValidationLine): Promise<void> => {
    await append(line);
    onProgress?.(line);
  };
  const engine = await (options.engine ?? runtimeEngine(runtime))(plan, parameters, start);
  const { length: count } = parameters;
  await append({ event: 'start', step: start.step, parameters: count, size: plan.model.input.width });

  const begun = Date.now();
  let step = start.step;
  const seconds = (): number => start.seconds + (Date.now() - begun) / 1000;
  const save = async (): Promise<void> =>
    saveState(statePath, { ...(await engine.vectors()), step, seconds: seconds() });

  const measure = async (): Promise<void> => {
    const { average: raw } = await engine.vectors();
    const average = balanceLogits(raw, parameters, plan, facesIn(sets), balance);
    const tiles = valSets.map((set) => set.tiles);
    const metrics = await validate(forward, average, tiles, plan, VALIDATION_FACES);
    await log({ event: 'validation', step, metrics });
    if (!average.every(Number.isFinite)) {
      throw new FaceXFormerError(
        'RUNTIME',
        `the weights are no longer finite at step ${step}: train anew with a lower "optimizer.peak" or more "optimizer.warmUpSteps"`,
      );
    }
    await saveModel(modelPath, average, parameters, plan, options.provenance);
  };

  let [saved, validated] = [begun, begun];
  const batchOf = createBatches(plan, sets, augment);
  let batch = batchOf(step);
  const names = lossNames(plan);
  const recent = new Float64Array(names.length);
  let lastLine = { at: begun, step };
  try {
    for (;;) {
      const done = schedule.progress(step, seconds());
      if (done >= stopAt || signal?.aborted) break;
      const rate = learningRate(schedule, step, done);
      const { taken, result } = engine.step(batch, step + 1, rate);
      await Promise.race([taken, result]);
      batch = batchOf(step + 1); // while the engine computes
      const { losses, norm } = await result;
      step += 1;
      if (!Number.isFinite(norm)) {
        await append({ event: 'skipped', step: step - 1, reason: 'the gradient is not finite' });
        continue;
      }
      losses.forEach((value, i) => {
        recent[i]! += value / LOG_EVERY;
      });
      if (step % LOG_EVERY === 0) {
        const images = (step - lastLine.step) * plan.batch;
        const remaining = done > 0 ? (seconds() * (1 - done)) / done : 0;
        await log({
          step,
          rate: Number(rate.toPrecision(3)),
          norm: Number(norm.toPrecision(3)),
          imagesPerSecond: Number((images / ((Date.now() - lastLine.at) / 1000)).toFixed(1)),
          etaMinutes: Number((remaining / 60).toFixed(1)),
          losses: Object.fromEntries(names.map((name, i) => [name, Number(recent[i]!.toFixed(4))])),
        });
        lastLine = { at: Date.now(), step };
        recent.fill(0);
      }
      if (Date.now() - saved > options.saveEvery * 1000) {
        await save();
        saved = Date.now();
      }
      if (Date.now() - validated > options.validateEvery * 1000) {
        await measure();
        validated = Date.now();
      }
    }
    await save();
    throwIfAborted(signal);
    await measure();
    await append({ event: 'end', step });
    return modelPath;
  } finally {
    await Promise.all([engine.dispose(), forward.dispose()]);
    closeAll();
  }
}
