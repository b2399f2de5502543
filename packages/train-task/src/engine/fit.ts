import { FaceXFormerError, throwIfAborted } from '@facexformer/core';
import { bySteps, corrections, learningRate, type ParameterSlot, random } from '@facexformer/train/graph';
import type { Epoch } from '../result.js';
import { type Item, loadBatch } from './batches.js';
import type { Engine } from './engine.js';
import { createSampler } from './sampler.js';
import { initialVector } from './step.js';

/** What {@link fit} learns from, and how. */
export interface FitOptions {
  readonly train: readonly Item[];
  /** Only measured on; may be empty where the last epoch is kept. */
  readonly val: readonly Item[];
  /** The epoch with the lowest validation loss, or all of them and the last. */
  readonly keep: 'best' | 'last';
  readonly epochs: number;
  readonly patience: number;
  readonly rate: number;
  readonly balance: boolean;
  readonly flip: boolean;
  onEpoch(epoch: Epoch): void;
}

/** The parameters that are kept. */
export interface Fitted {
  readonly vector: Float32Array;
  /** Their epoch. */
  readonly best: number;
  readonly epochs: readonly Epoch[];
}

/** State of the optimiser, a number per parameter each. */
type State = Readonly<Record<'parameters' | 'first' | 'second' | 'average', Float32Array>>;

/** Longest memory of the moving average of the parameters, in steps. */
const AVERAGE = 20;

/**
 * Trains until the epochs are over or, where the best is kept, the validation loss has not fallen for `patience` of them.
 * @throws {FaceXFormerError} `ABORTED`, `RUNTIME` when nothing finite comes out.
 */
export async function fit(engine: Engine, options: FitOptions): Promise<Fitted> {
  const { plan, slots } = engine;
  const { train, val, keep, epochs, patience } = options;
  const sample = createSampler(
    train.map(({ stratum }) => stratum),
    options.balance,
    plan.seed,
  );
  let state = initialState(slots, plan.seed);
  const history: Epoch[] = [];
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, vector: state.average };
  for (let epoch = 0; epoch < epochs && (keep === 'last' || epoch - best.epoch <= patience); epoch += 1) {
    const trained = await runEpoch(engine, options, state, sample(epoch), epoch);
    state = trained.state;
    const valLoss = val.length > 0 ? (await engine.measure(val, state.average)).loss : Number.NaN;
    const loss = keep === 'last' ? trained.loss : valLoss;
    if (keep === 'last' || loss < best.loss) best = { loss, epoch, vector: state.average };
    const line = { epoch, trainLoss: trained.loss, valLoss };
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

function initialState(slots: readonly ParameterSlot[], seed: number): State {
  const parameters = initialVector(slots, seed);
  const zeros = (): Float32Array => new Float32Array(parameters.length);
  return { parameters, first: zeros(), second: zeros(), average: parameters.slice() };
}

async function runEpoch(
  { plan, views, targetDims, step, signal }: Engine,
  { train, epochs, rate, flip }: FitOptions,
  start: State,
  order: Uint32Array,
  epoch: number,
): Promise<{ readonly state: State; readonly loss: number }> {
  const { batch, layout, seed } = plan;
  const steps = Math.max(1, Math.ceil(order.length / batch));
  const schedule = { peak: rate, warmUpSteps: Math.min(10, steps), progress: bySteps(epochs * steps) };
  const draw = random(seed, 1, epoch);
  let state = start;
  let sum = 0;
  for (let i = 0; i < steps; i += 1) {
    throwIfAborted(signal);
    const picks = Array.from({ length: batch }, (_, row) => ({
      item: train[order[(i * batch + row) % order.length]!]!,
      mirrored: flip && draw() < 0.5,
    }));
    const feeds = await loadBatch(picks, layout, views, targetDims);
    const done = epoch * steps + i;
    const settings = [
      learningRate(schedule, done, done / (epochs * steps)),
      ...corrections(done + 1),
      Math.max(1 / AVERAGE, 1 / (done + 1)),
    ];
    const vector = (data: Float32Array) => ({ dims: [data.length], data });
    const next = await step.run(
      {
        ...feeds,
        weight: vector(new Float32Array(batch).fill(1)),
        parameters: vector(state.parameters),
        first: vector(state.first),
        second: vector(state.second),
        average: vector(state.average),
        settings: vector(Float32Array.from(settings)),
      },
      { signal },
    );
    sum += next.loss!.data[0]!;
    if (!Number.isFinite(next.norm!.data[0]!)) continue; // the step would spoil everything
    state = {
      parameters: next.nextParameters!.data,
      first: next.nextFirst!.data,
      second: next.nextSecond!.data,
      average: next.nextAverage!.data,
    };
  }
  return { state, loss: sum / steps };
}
