import type { CheckpointInfo, Provenance } from '@facexformer/core';
import { audit, type Comparison } from '../audit.js';
import type { Outcome } from '../evaluate.js';
import { figuresOf, judgedTasks } from '../figures.js';
import type { Figures } from '../judges/judge.js';
import type { Framing } from '../predictor.js';
import { bootstrap, type Interval } from '../statistics/bootstrap.js';
import { type Calibration, calibrate } from '../statistics/calibrate.js';
import { choicesOf } from '../statistics/calibration.js';
import { type Confusion, confusionOf } from '../statistics/confusion.js';

/** What was measured, and how. */
export interface Setting {
  readonly split: string;
  readonly model: CheckpointInfo;
  readonly device: string;
  readonly framing: Framing;
}

/** Everything that is known after an evaluation, as plain JSON. */
export interface Report {
  readonly split: string;
  readonly model: Provenance & { readonly contentHash?: string };
  readonly device: string;
  readonly framing: Framing;
  /** As the command prints them. */
  readonly figures: Figures;
  /** 95 % bootstrap intervals of the figures. */
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly audit: readonly Comparison[];
  readonly calibration: Readonly<Record<string, Calibration>>;
  /** Of the heads that choose one of a few labels. */
  readonly confusion: Readonly<Record<string, Confusion>>;
  /** Normalised errors of all faces, ascending: the cumulative curve. */
  readonly landmarkErrors: readonly number[];
}

const CONFUSION_TASKS = ['gender', 'race', 'expression'];

/** Intervals, bias audit, calibration and tables of what {@link evaluate} found. Takes seconds for thousands of faces. */
export function reportOf(outcomes: readonly Outcome[], { split, model, device, framing }: Setting): Report {
  const judged = judgedTasks(outcomes);
  const chosen = judged.flatMap(({ judge: { task }, verdicts }) => {
    const choices = choicesOf(verdicts);
    return choices.length > 0 ? [{ task, choices }] : [];
  });
  const landmarks = judged.find(({ judge }) => judge.task === 'landmarks');
  const { contentHash, provenance, vocabularies } = model;
  return {
    split,
    model: { ...provenance, ...(contentHash !== undefined && { contentHash }) },
    device,
    framing,
    figures: figuresOf(outcomes),
    intervals: Object.assign({}, ...judged.map(({ judge, verdicts }) => bootstrap(verdicts, judge.figures))),
    audit: judged.flatMap(audit),
    calibration: Object.fromEntries(chosen.map(({ task, choices }) => [task, calibrate(choices)])),
    confusion: Object.fromEntries(
      chosen.flatMap(({ task, choices }) => {
        const labels = vocabularies[task]?.labels;
        return labels && CONFUSION_TASKS.includes(task) ? [[task, confusionOf(labels, choices)]] : [];
      }),
    ),
    landmarkErrors: (landmarks?.verdicts ?? []).map(({ sums }) => sums[1]!).sort((a, b) => a - b),
  };
}
