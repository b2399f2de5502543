import { loadavg } from 'node:os';
import { collectParameters, initialVector, namedTensors } from '@facexformer/autodiff';
import type { Runtime, Session } from '@facexformer/core';
import { exportOnnx } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import type { TrainingPlan } from '../../packages/train/src/whole/plan/plan.js';

/** A network against the base, at one batch size. */
export interface Latency {
  /** Median milliseconds of a run of the network, and of the base in the same turns. */
  readonly ms: number;
  readonly baseMs: number;
  /** Median over turns of the network's time over the base's. */
  readonly ratio: number;
  /** Load of the machine before. Above about 0.5, other processes share in the figures. */
  readonly load: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const round = (value: number): number => Number(value.toPrecision(4));

/** The inference network of a plan with fresh weights, which cost the same as trained ones. */
export function openInference(runtime: Runtime, plan: TrainingPlan, size: number): Promise<Session> {
  const { build = buildModel, tasks, vocabularies } = plan;
  const model = { ...plan.model, input: { height: size, width: size } };
  const declared = collectParameters((parameter) => {
    build(model, { tasks, vocabularies, parameter });
  });
  const { outputs } = build(model, { tasks, vocabularies });
  const { read } = namedTensors(initialVector(declared, 1), declared, 1);
  return runtime.open((target) => exportOnnx({ outputs, target, parameters: { read } }));
}

/** Times two sessions in turns, each first in every other turn. */
export async function compare(
  network: Session,
  base: Session,
  batch: number,
  size: number,
  turns: number,
): Promise<Latency> {
  const load = round(loadavg()[0]!);
  const dims = [batch, 3, size, size];
  const data = Float32Array.from({ length: batch * 3 * size * size }, (_, i) => Math.sin(i * 0.37));
  const time = async (session: Session): Promise<number> => {
    const started = performance.now();
    await session.run({ image: { dims, data } });
    return performance.now() - started;
  };
  const pairs: [number, number][] = [];
  for (let turn = -3; turn < turns; turn += 1) {
    const first = turn % 2 === 0 ? await time(network) : undefined;
    const baseMs = await time(base);
    const ms = first ?? (await time(network));
    if (turn >= 0) pairs.push([ms, baseMs]);
  }
  return {
    ms: round(median(pairs.map(([ms]) => ms))),
    baseMs: round(median(pairs.map(([, baseMs]) => baseMs))),
    ratio: round(median(pairs.map(([ms, baseMs]) => ms / baseMs))),
    load,
  };
}
