import type { CheckpointInfo, Provenance, Task } from '@facexformer/core';
import { demand, having, listOf, OBJECT, TASK } from '@facexformer/core/arguments';
import { type Figures, type Headline, vocabularyOf } from '@facexformer/core/task';
import { bootstrap, type Interval } from '@facexformer/statistics';
import type { Outcome } from '../judging/evaluate.js';
import { figuresOf, judgedTasks } from '../judging/figures.js';
import type { Framing } from '../judging/framing.js';
import type { ErrorCurve } from '../pictures/curve.js';
import { audit, type Comparison } from '../statistics/audit.js';
import { type Calibration, calibrate, choicesOf } from '../statistics/calibration.js';
import { type Confusion, confusionOf } from '../statistics/confusion.js';

/** What was measured, and how. */
export interface Setting {
  readonly split: string;
  readonly model: CheckpointInfo;
  readonly tasks: readonly Task[];
  readonly device: string;
  readonly framing: Framing;
}

/** Everything that is known after an evaluation, as plain JSON. */
export interface Report extends Pick<Setting, 'split' | 'device' | 'framing'> {
  readonly model: Provenance & { readonly contentHash?: string };
  /** The figures that people are told, in their order. */
  readonly headlines: readonly Headline[];
  /** As the command prints them. */
  readonly figures: Figures;
  /** 95 % bootstrap intervals of the figures. */
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly audit: readonly Comparison[];
  /** By task, where a head chooses labels. */
  readonly calibration: Readonly<Record<string, Calibration>>;
  /** Of the heads that choose one of a few labels. */
  readonly confusion: Readonly<Record<string, Confusion>>;
  /** Cumulative error curves. */
  readonly curves: Readonly<Record<string, ErrorCurve>>;
}

const SETTING = having('{ split, model, tasks, device, framing }', { model: OBJECT, tasks: listOf(TASK) });

/** Intervals, bias audit, calibration and tables of what {@link evaluate} found. Takes seconds for thousands of faces. */
export function reportOf(outcomes: readonly Outcome[], setting: Setting): Report {
  const { split, model, tasks, device, framing } = demand(setting, SETTING, 'reportOf: setting');
  const { contentHash, provenance, vocabularies } = model;
  const judged = judgedTasks(outcomes, tasks);
  const chosen = judged
    .map(({ task, metrics, verdicts }) => ({ task, metrics, choices: choicesOf(verdicts) }))
    .filter(({ choices }) => choices.length > 0);
  return {
    split,
    model: { ...provenance, ...(contentHash !== undefined && { contentHash }) },
    device,
    framing,
    headlines: judged.flatMap(({ metrics }) => metrics.headlines),
    figures: figuresOf(outcomes, tasks),
    intervals: Object.assign(
      {},
      ...judged.map(({ metrics, verdicts }) => bootstrap(verdicts, (drawn) => metrics.figures(drawn))),
    ),
    audit: judged.flatMap(audit),
    calibration: Object.fromEntries(chosen.map(({ task, choices }) => [task.name, calibrate(choices)])),
    confusion: Object.fromEntries(
      chosen
        .filter(({ metrics }) => metrics.confusion)
        .map(({ task, choices }) => [
          task.name,
          confusionOf(vocabularyOf(task, vocabularies).labels, choices),
        ]),
    ),
    curves: Object.fromEntries(
      judged.flatMap(({ task, metrics: { curve }, verdicts }) => {
        if (!curve) return [];
        const errors = verdicts.map((verdict) => curve.error(verdict)).sort((a, b) => a - b);
        return [[task.name, { title: curve.title, limit: curve.limit, errors }]];
      }),
    ),
  };
}
