import type { Rows } from '../../packages/train/src/whole/batch/set-sampler.js';
import type { TrainingPlan } from '../../packages/train/src/whole/plan/plan.js';

/** Another form of a task's raw output. */
export interface Form {
  /** One target as the base's raw output -> what this output should say. */
  readonly encode: (target: Float32Array) => readonly number[];
  /** One raw output -> as the base says it, so that it is measured in the same way. */
  readonly decode: (raw: Float32Array) => readonly number[];
}

/** One network or diet that is compared with the base. */
export interface Variant {
  /** Stable: names the file of its results. */
  readonly name: string;
  /** The table that it belongs to; the base is in all of them. */
  readonly experiment: Experiment;
  /** What differs from the base, for people. */
  readonly says: string;
  /** The plan of this variant from that of the base. */
  readonly change?: (plan: TrainingPlan) => TrainingPlan;
  /** Family in `families.ts` whose member of the base's latency is the backbone. */
  readonly family?: string;
  /** Factor of the weight of a teacher's labels in training, 1 by default. */
  readonly teacher?: number;
  /** Rows of each set in a batch, from those of the base. */
  readonly rows?: (rows: Rows) => Rows;
  /** Forms of raw outputs, by task, that differ from the base's. */
  readonly forms?: Readonly<Record<string, Form>>;
}

/** The tables. */
export type Experiment = 'base' | 'backbone' | 'tokens' | 'parts' | 'synergy' | 'teacher';
