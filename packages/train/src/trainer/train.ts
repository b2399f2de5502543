import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Checkpoint,
  type CheckpointInfo,
  type Runtime,
  type Signal,
  throwIfAborted,
} from '@facexformer/core';
import { random } from '../augment/random.js';
import type { FaceLabels } from '../data/record.js';
import { openTiles, type Tiles } from '../data/tiles.js';
import { type ParameterSlot, parameterVector, partsOf } from '../step/parameters.js';
import { LOSS_NAMES, planForward, planSlots, type StepPlan } from '../step/step.js';
import { balanceAttributes } from './balance.js';
import { type Batch, emptyBatch, fillRow } from './batch.js';
import { type OpenEngine, runtimeEngine } from './engine.js';
import { logTo, type StepLine, type ValidationLine } from './log.js';
import { startFromPriors } from './priors.js';
import { facesOfStep, type Rows, type SetRows } from './sampler.js';
import { learningRate, type Schedule } from './schedule.js';
import { openGraph } from './session.js';
import { checkpointState, initialState, loadState, saveState, type TrainingState } from './state.js';
import { validate } from './validate.js';
import { writeModel } from './write-model.js';

/** A training run; the same options on the same folder go on where it stopped. */
export interface TrainOptions {
  readonly plan: StepPlan;
  readonly runtime: Runtime;
  /** What takes the steps; by default `runtime` does. */
  readonly engine?: OpenEngine | undefined;
  /** Folder of prepared tiles. */
  readonly cache: string;
  /** Their sum is the plan's batch. */
  readonly sets: Rows;
  /** Folder of the run: `state.bin`, `log.jsonl`, `model.safetensors`. */
  readonly folder: string;
  /** Weights that a new run starts from instead of noise, written by a run with the same `balance`. */
  readonly from?: Checkpoint | undefined;
  readonly schedule: Schedule;
  /** Share of the schedule after which to stop, 1 by default: the rest may go on with another input size. */
  readonly stopAt?: number;
  /** How far pictures are augmented, 0..1; 1 by default. */
  readonly augment?: number;
  /** Share of the attributes' log odds that the written model and its validation leave out, 0 by default. */
  readonly balance?: number;
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
/** Batches whose targets tell the priors. */
const PRIOR_BATCHES = 40;

/**
 * Trains until the schedule ends; returns the path of the final checkpoint. A kill at any moment loses the steps since
 * the last saved state, nothing else.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when the folder holds a run of another model, `ABORTED`, `RUNTIME`.
 */
export async function train(options: TrainOptions): Promise<string> {
  const { plan, runtime, folder, schedule, stopAt = 1, augment = 1, onProgress, signal } = options;
  const { shape, seed, model, vocabularies } = plan;
  await mkdir(folder, { recursive: true });
  const slots = planSlots(plan);
  const statePath = join(folder, 'state.bin');
  const modelPath = join(folder, 'model.safetensors');
  const count = slots.reduce((sum, { length }) => sum + length, 0);
  const [sets, valSets] = [await openSets(options, 'train'), await openSets(options, 'val')];
  const start = existsSync(statePath)
    ? await loadState(statePath, count)
    : await firstState(options, slots, sets);
  const closeSets = (): void => {
    for (const { tiles } of [...sets, ...valSets]) tiles.close();
  };
  const past = schedule.progress(start.step, start.seconds) >= stopAt;
  if (past && stopAt < 1 && existsSync(modelPath)) {
    closeSets(); // the model is that of this end, or of what went on from it
    return modelPath;
  }
  const forward = await openGraph(runtime, planForward(plan, slots, partsOf(parameterVector(slots), slots)));
  const append = logTo(folder);
  const log = async (line: StepLine | ValidationLine): Promise<void> => {
    await append(line);
    onProgress?.(line);
  };
  const engine = await (options.engine ?? runtimeEngine(runtime))(plan, slots, start);
  await append({ event: 'start', step: start.step, parameters: count, size: shape.size });

  const begun = Date.now();
  let step = start.step;
  const seconds = (): number => start.seconds + (Date.now() - begun) / 1000;
  const save = async (): Promise<void> =>
    saveState(statePath, { ...(await engine.vectors()), step, seconds: seconds() });

  const measure = async (): Promise<void> => {
    const { average: raw } = await engine.vectors();
    const average = balanceAttributes(raw, slots, labelsOf(sets), options.balance ?? 0);
    const metrics = await validate(forward, average, valSets, shape, model.normalization, VALIDATION_FACES);
    await log({ event: 'validation', step, metrics });
    const info = { formatVersion: 1, model, vocabularies, provenance: options.provenance } as const;
    await writeModel(modelPath, info, average, slots, seed);
  };

  let [saved, validated] = [begun, begun];
  let batch = batchOf(plan, sets, step, augment);
  const recent = new Float64Array(LOSS_NAMES.length);
  let lastLine = { at: begun, step };
  try {
    for (;;) {
      const done = schedule.progress(step, seconds());
      if (done >= stopAt || signal?.aborted) break;
      const rate = learningRate(schedule, step, done);
      const running = engine.step(batch, step + 1, rate);
      batch = batchOf(plan, sets, step + 1, augment); // while the engine computes
      const { losses, norm } = await running;
      step += 1;
      if (!Number.isFinite(norm)) {
        await append({ event: 'skipped', step: step - 1, reason: 'the gradient is not finite' });
        continue;
      }
      losses.forEach((value, i) => {
        recent[i]! += value / LOG_EVERY;
      });
      if (step % LOG_EVERY === 0) {
        const images = (step - lastLine.step) * shape.batch;
        const remaining = done > 0 ? (seconds() * (1 - done)) / done : 0;
        await log({
          step,
          rate: Number(rate.toPrecision(3)),
          norm: Number(norm.toPrecision(3)),
          imagesPerSecond: Number((images / ((Date.now() - lastLine.at) / 1000)).toFixed(1)),
          etaMinutes: Number((remaining / 60).toFixed(1)),
          losses: Object.fromEntries(LOSS_NAMES.map((name, i) => [name, Number(recent[i]!.toFixed(4))])),
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
    closeSets();
  }
}

/** Where a new run starts: at the weights of `from`, or at noise that answers what is right on average. */
async function firstState(
  { plan, from, balance = 0 }: TrainOptions,
  slots: readonly ParameterSlot[],
  sets: readonly OpenSet[],
): Promise<TrainingState> {
  const state = from ? await checkpointState(from, slots) : initialState(slots, plan.seed);
  if (from) {
    state.parameters.set(balanceAttributes(state.parameters, slots, labelsOf(sets), -balance));
  } else {
    const batches = Array.from({ length: PRIOR_BATCHES }, (_, i) => batchOf(plan, sets, i));
    startFromPriors(state.parameters, slots, batches);
  }
  state.average.set(state.parameters);
  return state;
}

const labelsOf = (sets: readonly OpenSet[]): readonly FaceLabels[] =>
  sets.flatMap(({ tiles }) => tiles.labels);

interface OpenSet extends SetRows {
  readonly tiles: Tiles;
  readonly masks: boolean;
}

const openSets = ({ sets, cache }: TrainOptions, split: string): Promise<readonly OpenSet[]> =>
  Promise.all(
    sets.map(async ({ set, rows }, i) => ({
      tiles: await openTiles(cache, set, split),
      rows,
      masks: i === 0,
    })),
  );

/** The batch of a step, augmented as far as `strength` says, 0..1: depends on it, the seed and the step alone. */
export function batchOf(
  { shape, seed, model }: StepPlan,
  sets: readonly SetRows[],
  step: number,
  strength = 1,
): Batch {
  const batch = emptyBatch(shape);
  const faces = facesOfStep(sets, step, seed);
  // Sets that label hair show it; many others are cropped to the face.
  const lenders = faces.filter(({ labels }) => labels.attributes ?? labels.mask);
  faces.forEach((face, row) => {
    const lender = lenders[(row + 1) % lenders.length];
    fillRow(batch, row, face, shape, model.normalization, random(seed, step, row), strength, lender);
  });
  return batch;
}
