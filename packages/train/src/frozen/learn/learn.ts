import { FaceXFormerError } from '@facexformer/core';
import type { Split } from '../example.js';
import type { Row } from '../metrics/row.js';
import type { Training } from '../options.js';
import type { Epoch } from '../result.js';
import { crossValidate } from './cross-validate.js';
import type { Engine } from './engine.js';
import { type Fitted, fit } from './fit.js';
import type { Item } from './items.js';
import { splitPhotos } from './split.js';

/** Parameters, and answers for photos that they were not trained on. */
export interface Learnt extends Fitted {
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<Split, number>>;
}

/** Told the epoch, and which training it is of how many. */
export type OnEpoch = (epoch: Epoch, round: number, rounds: number) => void;

/**
 * Learns by splits or by folds, as the options say.
 * @throws {FaceXFormerError} `BAD_OPTION` for too few photos, `ABORTED`, `RUNTIME`.
 */
export async function learn(
  engine: Engine,
  items: readonly Item[],
  skipped: number,
  training: Training,
  onEpoch: OnEpoch,
): Promise<Learnt> {
  const { folds } = training;
  if (folds > 0) {
    if (items.length === 0) throw tooFew(`none, ${skipped} skipped`);
    const learnt = await crossValidate(engine, items, folds, {
      ...training,
      onEpoch: (epoch, round) => onEpoch(epoch, round, folds + 1),
    });
    return { ...learnt, counts: { train: items.length, val: 0, test: items.length } };
  }
  const splits = splitPhotos(
    items.map(({ stratum }) => stratum),
    items.map(({ sample }) => sample.split),
    training.splits,
    training.seed,
  );
  const of = (split: Split): readonly Item[] => items.filter((_, i) => splits[i] === split);
  const [train, val, test] = [of('train'), of('val'), of('test')];
  const counts = { train: train.length, val: val.length, test: test.length };
  const short = (['train', 'val', 'test'] as const).find((split) => counts[split] === 0);
  if (short) {
    const list = Object.entries(counts).map(([split, count]) => `${count} ${split}`);
    throw tooFew(`${list.join(', ')}, ${skipped} skipped; "${short}" needs at least one`);
  }
  const fitted = await fit(engine, {
    ...training,
    train,
    val,
    keep: 'best',
    onEpoch: (epoch) => onEpoch(epoch, 0, 1),
  });
  return { ...fitted, rows: (await engine.measure(test, fitted.vector)).rows, counts };
}

const tooFew = (what: string): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', `there are too few photos: ${what}`);
