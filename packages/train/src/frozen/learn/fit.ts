import { initialVector } from '@facexformer/autodiff';
import { FaceXFormerError, throwIfAborted } from '@facexformer/core';
import { random } from '@facexformer/statistics';
import { bySteps, learningRate } from '../../engine/schedule.js';
import { createStepper, type Stepper, stepSettings } from '../../engine/stepper.js';
import { unmoved } from '../../engine/vectors.js';
import type { Training } from '../options.js';
import type { Epoch } from '../result.js';
import type { Engine } from './engine.js';
import { createEpochSampler } from './epoch-sampler.js';
import { type Item, loadBatch } from './items.js';

/** What {@link fit} learns from, and how. */
export interface FitOptions extends Pick<Training, 'epochs' | 'patience' | 'rate' | 'balance' | 'flip'> {
  readonly train: readonly Item[];
  /** Only measured on; may be empty where the last epoch is kept. */
  readonly val: readonly Item[];
  /** The epoch with the lowest validation loss, or all of them and the last. */
  readonly keep: 'best' | 'last';
  onEpoch(epoch: Epoch): void;
}

/** The parameters that are kept. */
export interface Fitted {
  readonly vector: Float32Array;
  /** Their epoch. */
  readonly best: number;
  readonly epochs: readonly Epoch[];
}

/** Longest memory of the moving average of the parameters, in steps. */
const AVERAGE = 20;

/**
 * Trains until the epochs are over or, where the best is kept, the validation loss has not fallen for `patience` of them.
 * @throws {FaceXFormerError} `ABORTED`, `RUNTIME` when nothing finite comes out.
 */
export async function fit(engine: Engine, options: FitOptions): Promise<Fitted> {
  const { plan, parameters, step } = engine;
  const { train, val, keep, epochs, patience } = options;
  const sample = createEpochSampler(
    train.map(({ stratum }) => stratum),
    options.balance,
    plan.seed,
  );
  const stepper = createStepper(step, unmoved(initialVector(parameters, plan.seed)));
  const history: Epoch[] = [];
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, vector: stepper.vectors().average };
  for (let epoch = 0; epoch < epochs && (keep === 'last' || epoch - best.epoch <= patience); epoch += 1) {
    const trainLoss = await runEpoch(engine, options, stepper, sample(epoch), epoch);
    const { average: vector } = stepper.vectors();
    const valLoss = val.length > 0 ? (await engine.measure(val, vector)).loss : Number.NaN;
    const loss = keep === 'last' ? trainLoss : valLoss;
    if (keep === 'last' || loss < best.loss) best = { loss, epoch, vector };
    const line = { epoch, trainLoss, valLoss };
    history.push(line);
    options.onEpoch(line);
  }
  if (!Number.isFinite(best.loss)) {
    throw new FaceXFormerError(
      'RUNTIME',
      'training went wrong: no epoch had a finite loss; try a smaller rate',
    );
  }
  return { vector: best.vector, best: best.epoch, epochs: history };
}

/** Takes the steps of an epoch; returns their mean loss. */
async function runEpoch(
  { plan, views, targetDims, signal }: Engine,
  { train, epochs, rate, flip }: FitOptions,
  stepper: Stepper,
  order: Uint32Array,
  epoch: number,
): Promise<number> {
  const { batch, layout, seed } = plan;
  const steps = Math.max(1, Math.ceil(order.length / batch));
  const schedule = { peak: rate, warmUpSteps: Math.min(10, steps), progress: bySteps(epochs * steps) };
  const draw = random(seed, 1, epoch);
  const weight = { dims: [batch], data: new Float32Array(batch).fill(1) };
  let sum = 0;
  for (let i = 0; i < steps; i += 1) {
    throwIfAborted(signal);
    const picks = Array.from({ length: batch }, (_, row) => ({
      item: train[order[(i * batch + row) % order.length]!]!,
      mirrored: flip && draw() < 0.5,
    }));
    const feeds = await loadBatch(picks, layout, views, targetDims);
    const done = epoch * steps + i;
    const settings = stepSettings(
      done + 1,
      learningRate(schedule, done, done / (epochs * steps)),
      Math.max(1 / AVERAGE, 1 / (done + 1)),
    );
    const { loss } = await stepper.step({ ...feeds, weight }, settings, { signal });
    sum += loss!.data[0]!;
  }
  return sum / steps;
}
