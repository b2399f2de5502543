import { FaceXFormerError } from '@facexformer/core';
import { mean, type Row } from '../metrics/row.js';
import type { Epoch } from '../result.js';
import type { Engine } from './engine.js';
import { type FitOptions, type Fitted, fit } from './fit.js';
import type { Item } from './items.js';

/** What {@link crossValidate} found out. */
export interface CrossValidated extends Fitted {
  /** Each photo's answer by the training that had not seen it. */
  readonly rows: readonly Row[];
}

/**
 * Trains once for each fold without it, and measures on it; then once on all photos, whose parameters are returned
 * with the mean curve of the folds. Nothing is chosen by what is measured on, so every training runs all its epochs.
 * @throws {FaceXFormerError} `BAD_OPTION` for a class with fewer photos than folds, `ABORTED`, `RUNTIME`.
 */
export async function crossValidate(
  engine: Engine,
  items: readonly Item[],
  folds: number,
  options: Omit<FitOptions, 'train' | 'val' | 'keep' | 'onEpoch'> & {
    onEpoch(epoch: Epoch, round: number): void;
  },
): Promise<CrossValidated> {
  const fold = assignFolds(
    items.map(({ stratum }) => stratum),
    folds,
  );
  const run = (round: number): Promise<Fitted> =>
    fit(engine, {
      ...options,
      train: items.filter((_, i) => fold[i] !== round),
      val: items.filter((_, i) => fold[i] === round),
      keep: 'last',
      onEpoch: (epoch) => options.onEpoch(epoch, round),
    });
  const rows: Row[] = [];
  const curves: (readonly Epoch[])[] = [];
  for (let round = 0; round < folds; round += 1) {
    const { vector, epochs } = await run(round);
    curves.push(epochs);
    const held = items.filter((_, i) => fold[i] === round);
    rows.push(...(await engine.measure(held, vector)).rows);
  }
  const fitted = await run(folds); // no photo is in that fold: all are trained on
  const epochs = fitted.epochs.map(({ epoch }) => ({
    epoch,
    trainLoss: mean(curves.map((curve) => curve[epoch]!.trainLoss)),
    valLoss: mean(curves.map((curve) => curve[epoch]!.valLoss)),
  }));
  return { ...fitted, epochs, rows };
}

/**
 * The fold of each photo: every class in as many stretches of neighbours as there are folds, so that pictures taken
 * right after each other, which are alike, are mostly held back together.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function assignFolds(strata: readonly number[], folds: number): readonly number[] {
  const result = strata.map(() => 0);
  for (const stratum of new Set(strata)) {
    const members = strata.flatMap((value, i) => (value === stratum ? [i] : []));
    if (members.length < folds) {
      throw new FaceXFormerError(
        'BAD_OPTION',
        `there are too few photos: a class has ${members.length}, and ${folds} folds need ${folds} of each`,
        { details: { folds, photos: members.length } },
      );
    }
    members.forEach((member, rank) => {
      result[member] = Math.floor((rank * folds) / members.length);
    });
  }
  return result;
}
