import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Checkpoint,
  type CheckpointInfo,
  FaceXFormerError,
  type Runtime,
  type Session,
  saveCheckpoint,
} from '@facexformer/core';
import { random } from '../augment/random.js';
import { openTiles } from '../data/tiles.js';
import { namedTensors, type ParameterSlot } from '../step/parameters.js';
import { corrections, LOSS_NAMES, planForward, planSlots, type StepPlan, stepGraph } from '../step/step.js';
import { type Batch, emptyBatch, fillRow } from './batch.js';
import { startFromPriors } from './priors.js';
import { facesOfStep } from './sampler.js';
import { learningRate, type Schedule } from './schedule.js';
import { openGraph } from './session.js';
import { initialState, loadState, saveState, type TrainingState } from './state.js';
import { validate } from './validate.js';

/** A training run; the same options on the same folder go on where it stopped. */
export interface TrainOptions {
  readonly plan: StepPlan;
  readonly runtime: Runtime;
  /** Folder of prepared tiles. */
  readonly cache: string;
  /** Sets and their rows in each batch; their sum is the plan's batch, sets with masks first. */
  readonly sets: readonly { readonly set: string; readonly rows: number }[];
  /** Folder of the run: `state.bin`, `log.jsonl`, `model.safetensors`. */
  readonly folder: string;
  readonly schedule: Schedule;
  /** Share of the schedule after which to stop, 1 by default: the rest may go on with another input size. */
  readonly stopAt?: number;
  /** Seconds between saved states and between validations. */
  readonly saveEvery: number;
  readonly validateEvery: number;
  readonly provenance: CheckpointInfo['provenance'];
}

/** Steps between lines of the log. */
const LOG_EVERY = 10;
/** Faces of each set in a validation. */
const VALIDATION_FACES = 480;

/** Trains until the schedule ends; returns the path of the final checkpoint. */
export async function train(options: TrainOptions): Promise<string> {
  const { plan, runtime, cache, folder, schedule, saveEvery, validateEvery, stopAt = 1 } = options;
  const { shape, seed } = plan;
  const { normalization } = plan.model;
  await mkdir(folder, { recursive: true });
  const slots = planSlots(plan);
  const statePath = join(folder, 'state.bin');
  const count = slots.reduce((sum, { length }) => sum + length, 0);
  let state = existsSync(statePath) ? await loadState(statePath, count) : initialState(slots, seed);
  const load = (split: string) =>
    Promise.all(
      options.sets.map(async ({ set, rows }, i) => ({
        tiles: await openTiles(cache, set, split),
        rows,
        masks: i === 0,
      })),
    );
  const [sets, valSets] = [await load('train'), await load('val')];
  const step = await openGraph(runtime, stepGraph(plan, slots));
  const forward = await openGraph(runtime, planForward(plan, slots).outputs);
  const log = (line: object): Promise<void> =>
    appendFile(join(folder, 'log.jsonl'), `${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
  if (state.step === 0) {
    const batches = Array.from({ length: PRIOR_BATCHES }, (_, i) => batchOf(options, sets, i));
    startFromPriors(state.parameters, slots, batches);
    state.average.set(state.parameters);
  }
  await log({ event: 'start', step: state.step, parameters: count });

  const measure = async (): Promise<void> => {
    const metrics = await validate(forward, state.average, valSets, shape, normalization, VALIDATION_FACES);
    await log({ event: 'validation', step: state.step, metrics });
    await writeModel(options, slots, state.average);
  };

  const begun = { at: Date.now(), seconds: state.seconds, step: state.step };
  let [saved, validated] = [Date.now(), Date.now()];
  const recent = new Float64Array(LOSS_NAMES.length);
  let batch = batchOf(options, sets, state.step);
  let lastLogged = { at: Date.now(), step: state.step };
  for (;;) {
    const seconds = begun.seconds + (Date.now() - begun.at) / 1000;
    const done = schedule.progress(state.step, seconds);
    if (done >= stopAt) break;
    const rate = learningRate(schedule, state.step, done);
    const running = runStep(step, batch, state, rate, seconds);
    batch = batchOf(options, sets, state.step + 1); // while the engine computes
    const next = await running;
    if (next) {
      state = next.state;
      next.losses.forEach((value, i) => {
        recent[i]! += value / LOG_EVERY;
      });
      if (state.step % LOG_EVERY === 0) {
        const speed = ((state.step - lastLogged.step) * shape.batch) / ((Date.now() - lastLogged.at) / 1000);
        lastLogged = { at: Date.now(), step: state.step };
        const losses = Object.fromEntries(LOSS_NAMES.map((name, i) => [name, Number(recent[i]!.toFixed(4))]));
        const spent = done > 0 ? (seconds * (1 - done)) / done : 0;
        await log({
          step: state.step,
          rate: Number(rate.toPrecision(3)),
          norm: Number(next.norm.toPrecision(3)),
          imagesPerSecond: Number(speed.toFixed(1)),
          etaMinutes: Number((spent / 60).toFixed(1)),
          losses,
        });
        recent.fill(0);
      }
    } else {
      await log({ event: 'skipped', step: state.step, reason: 'the gradient is not finite' });
      state = { ...state, step: state.step + 1 };
    }
    if (Date.now() - saved > saveEvery * 1000) {
      await saveState(statePath, state);
      saved = Date.now();
    }
    if (Date.now() - validated > validateEvery * 1000) {
      await measure();
      validated = Date.now();
    }
  }
  await saveState(statePath, state);
  await measure();
  await log({ event: 'end', step: state.step });
  await Promise.all([step.dispose(), forward.dispose()]);
  for (const { tiles } of [...sets, ...valSets]) tiles.close();
  return join(folder, 'model.safetensors');
}

/** Decay of the moving average at a step: short at first, so that the random start is forgotten. */
const averageShare = (step: number): number => Math.max(1 / 500, 1 / (step / 5 + 10));

/** Batches whose targets tell the priors. */
const PRIOR_BATCHES = 40;

/** The augmented batch of a step. */
function batchOf({ plan }: TrainOptions, sets: Parameters<typeof facesOfStep>[0], step: number): Batch {
  const { shape, seed, model } = plan;
  const batch = emptyBatch(shape);
  facesOfStep(sets, step, seed).forEach((face, row) => {
    fillRow(batch, row, face, shape, model.normalization, random(seed, step, row));
  });
  return batch;
}

async function runStep(
  session: Session,
  batch: Batch,
  state: TrainingState,
  rate: number,
  seconds: number,
): Promise<
  { readonly state: TrainingState; readonly losses: Float32Array; readonly norm: number } | undefined
> {
  const step = state.step + 1;
  const vector = (data: Float32Array) => ({ dims: [data.length], data });
  const outputs = await session.run({
    ...batch,
    parameters: vector(state.parameters),
    first: vector(state.first),
    second: vector(state.second),
    average: vector(state.average),
    settings: vector(Float32Array.of(rate, ...corrections(step), averageShare(step))),
  });
  const norm = outputs.norm!.data[0]!;
  if (!Number.isFinite(norm)) return undefined;
  return {
    norm,
    losses: outputs.losses!.data,
    state: {
      step,
      seconds,
      parameters: outputs.nextParameters!.data,
      first: outputs.nextFirst!.data,
      second: outputs.nextSecond!.data,
      average: outputs.nextAverage!.data,
    },
  };
}

/** Writes the model as a checkpoint in half precision, atomically. */
async function writeModel(
  { plan, folder, provenance }: TrainOptions,
  slots: readonly ParameterSlot[],
  vector: Float32Array,
): Promise<void> {
  if (!vector.every(Number.isFinite))
    throw new FaceXFormerError('RUNTIME', 'the weights are no longer finite');
  const { model, vocabularies, seed } = plan;
  const info: Checkpoint['info'] = { formatVersion: 1, model, vocabularies, provenance };
  const path = join(folder, 'model.safetensors');
  const file = await open(`${path}.tmp`, 'w');
  for await (const chunk of saveCheckpoint(info, namedTensors(vector, slots, model, seed), 'F16')) {
    await file.write(chunk);
  }
  await file.close();
  await rename(`${path}.tmp`, path);
}
