import {
  type Checkpoint,
  exportOnnx,
  FaceXFormerError,
  type Runtime,
  type Session,
  type Signal,
  throwIfAborted,
} from '@facexformer/core';
import { bySteps, corrections, learningRate, type ParameterSlot, random } from '@facexformer/train/graph';
import type { Views } from '../features/views.js';
import type { Epoch } from '../result.js';
import { type Item, loadBatch } from './batches.js';
import { type Evaluation, evaluate } from './evaluate.js';
import { createSampler } from './sampler.js';
import { forwardGraph, initialVector, stepGraph, type TaskPlan } from './step.js';

/** What {@link fit} works with. */
export interface FitOptions {
  readonly plan: TaskPlan;
  readonly slots: readonly ParameterSlot[];
  readonly runtime: Runtime;
  readonly base: Checkpoint;
  readonly views: Views;
  readonly targetDims: readonly number[];
  readonly train: readonly Item[];
  readonly val: readonly Item[];
  readonly epochs: number;
  readonly patience: number;
  readonly rate: number;
  readonly balance: boolean;
  readonly flip: boolean;
  readonly signal?: Signal | undefined;
  onEpoch(epoch: Epoch): void;
}

/** The best parameters, and how to measure them. */
export interface Fitted {
  readonly vector: Float32Array;
  readonly best: number;
  readonly epochs: readonly Epoch[];
  evaluate(items: readonly Item[]): Promise<Evaluation>;
  dispose(): Promise<void>;
}

/** State of the optimiser, a number per parameter each. */
type State = Readonly<Record<'parameters' | 'first' | 'second' | 'average', Float32Array>>;

/** Longest memory of the moving average of the parameters, in steps. */
const AVERAGE = 20;

/**
 * Trains until the epochs are over or the validation loss has not fallen for `patience` of them; the parameters of
 * the epoch with the lowest one are kept.
 * @throws {FaceXFormerError} `ABORTED`, `RUNTIME` when nothing finite comes out.
 */
export async function fit(options: FitOptions): Promise<Fitted> {
  const { plan, slots, train, val, epochs, patience } = options;
  const { raw, losses } = forwardGraph(plan, slots);
  const forward = await open(options, { raw, losses });
  let step: Session | undefined;
  try {
    step = await open(options, stepGraph(plan, slots));
    const sample = createSampler(
      train.map(({ stratum }) => stratum),
      options.balance,
      plan.seed,
    );
    const measure = (items: readonly Item[], vector: Float32Array): Promise<Evaluation> =>
      evaluate(forward, items, vector, { ...options, ...plan });
    let state = initialState(slots, plan.seed);
    const history: Epoch[] = [];
    let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, vector: state.average };
    for (let epoch = 0; epoch < epochs && epoch - best.epoch <= patience; epoch += 1) {
      const trained = await runEpoch(step, options, state, sample(epoch), epoch);
      state = trained.state;
      const { loss } = await measure(val, state.average);
      if (loss < best.loss) best = { loss, epoch, vector: state.average };
      const line = { epoch, trainLoss: trained.loss, valLoss: loss };
      history.push(line);
      options.onEpoch(line);
    }
    if (!Number.isFinite(best.loss)) {
      throw new FaceXFormerError(
        'RUNTIME',
        'training went wrong: no epoch had a finite loss; try a smaller rate',
      );
    }
    return {
      vector: best.vector,
      best: best.epoch,
      epochs: history,
      evaluate: (items) => measure(items, best.vector),
      dispose: () => forward.dispose(),
    };
  } catch (error) {
    await forward.dispose();
    throw error;
  } finally {
    await step?.dispose();
  }
}

const open = (
  { runtime, base, signal }: FitOptions,
  outputs: Parameters<typeof exportOnnx>[0]['outputs'],
): Promise<Session> =>
  runtime.open((target, { external }) => exportOnnx({ outputs, parameters: base, target, external }), {
    signal,
  });

function initialState(slots: readonly ParameterSlot[], seed: number): State {
  const parameters = initialVector(slots, seed);
  const zeros = (): Float32Array => new Float32Array(parameters.length);
  return { parameters, first: zeros(), second: zeros(), average: parameters.slice() };
}

async function runEpoch(
  session: Session,
  { plan, train, views, targetDims, epochs, rate, flip, signal }: FitOptions,
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
    const next = await session.run(
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
